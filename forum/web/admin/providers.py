"""OpenID providers: adding, changing, trying, removing; and whether there is another way in."""

from dataclasses import fields
from typing import Any

from flask import Response, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.core.outside import Deadline
from forum.core.settings import installed
from forum.http import viewer
from forum.http.limits import limited
from forum.http.reasons import sentence
from forum.http.render import flash
from forum.http.viewer import actor
from forum.oidc import actions, protocol, queries
from forum.oidc.actions import ProviderDraft
from forum.oidc.queries import ProviderRow
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.admin import ProviderForm
from forum.web.provider_troubles import in_words
from forum.web.proving import recently_proved

_EXAMPLE_KEY = "company"


def _addresses(key: str) -> tuple[str, str]:
    """What is to be entered at the provider with this key: where it sends browsers back, and tells of signing out."""
    here = f"{installed().base_url}/login/with/{key}"
    return f"{here}/back", f"{here}/logout"


def _list_page(form: ProviderForm, status: int = 200) -> Response:
    rows = queries.providers(actor())
    return admin_page(
        "admin/providers.html",
        "providers",
        status,
        form=form,
        rows=rows,
        counts=queries.identity_counts(actor()),
        example=_EXAMPLE_KEY,
        addresses=_addresses(_EXAMPLE_KEY),
        is_only=viewer.community().is_sso_only,
        may_be_only=queries.began_at_provider(session["_user_id"]),
    )


def _provider_page(provider: ProviderRow, form: ProviderForm, status: int = 200) -> Response:
    return admin_page(
        "admin/provider.html",
        "providers",
        status,
        form=form,
        provider=provider,
        has_secret=bool(provider.secret),
        is_door=provider.is_on and provider.is_open_to_all and not viewer.community().registration.takes_newcomers,
        trouble=in_words(provider, provider.trouble) if provider.trouble else "",
        addresses=_addresses(provider.key),
        is_only=viewer.community().is_sso_only,
    )


def _draft_of(form: ProviderForm) -> ProviderDraft:
    """What the form says; a field that was left out is empty."""
    given: dict[str, Any] = {}
    for one in fields(ProviderDraft):
        value = form[one.name].data
        given[one.name] = "" if value is None else value
    return ProviderDraft(**given)


def _data_of(provider: ProviderRow) -> dict[str, Any]:
    """What was set up, as the form has it."""
    same = ("key", "name", "issuer", "client_id", "scopes", "creates", "is_on")
    claims = ("username_claim", "name_claim", "groups_claim", "roles_claim")
    return {
        **{name: getattr(provider, name) for name in (*same, *claims)},
        "groups": "\n".join(f"{value} = {name}" for value, name in queries.group_names(provider)),
        "roles": "\n".join(f"{value} = {role}" for value, role in provider.role_map),
        "second_step": " ".join(provider.second_step),
    }


def _empty_form() -> ProviderForm:
    usual = {one.name: one.default for one in fields(ProviderDraft) if isinstance(one.default, str | bool)}
    return ProviderForm(formdata=None, data=usual)


@bp.get("/providers")
def providers() -> AnyResponse:
    return _list_page(_empty_form())


@bp.post("/providers")
@recently_proved
def add_provider() -> AnyResponse:
    form = ProviderForm()
    try:
        with transaction(actor()) as staff:
            provider_id = actions.add_provider(staff, _draft_of(form))
    except Invalid as error:
        form.refuse(error)
        return _list_page(form, 400)
    except Conflict as error:
        form.refuse(Invalid(error.code, **error.parameters))
        return _list_page(form, 409)
    flash(_("The provider is there. Try whether it answers."))
    return back("provider", provider_id=provider_id)


@bp.get("/providers/<int:provider_id>")
def provider(provider_id: int) -> AnyResponse:
    found = queries.provider(actor(), provider_id)
    return _provider_page(found, ProviderForm(formdata=None, data=_data_of(found)))


@bp.post("/providers/<int:provider_id>")
@recently_proved
def change_provider(provider_id: int) -> AnyResponse:
    form, found = ProviderForm(), queries.provider(actor(), provider_id)
    form.key.data = found.key
    try:
        with transaction(actor()) as staff:
            changed = actions.change_provider(staff, provider_id, _draft_of(form))
    except Invalid as error:
        form.refuse(error)
        return _provider_page(found, form, 400)
    except Conflict as error:
        form.refuse(Invalid(error.code, **error.parameters))
        return _provider_page(found, form, 409)
    protocol.forget()
    flash(_("The provider is changed.") if changed else _("Nothing is different."))
    return back("provider", provider_id=provider_id)


@bp.post("/providers/<int:provider_id>/remove")
@recently_proved
def remove_provider(provider_id: int) -> AnyResponse:
    try:
        with transaction(actor()) as staff:
            actions.remove_provider(staff, provider_id)
    except Conflict as error:
        flash(sentence(error), "bad")
        return back("provider", provider_id=provider_id)
    flash(_("The provider is removed: nobody signs in that way any more."))
    return back("providers")


@bp.post("/providers/<int:provider_id>/try")
@limited("provider-try", "30 per 10 minutes")
def try_provider(provider_id: int) -> AnyResponse:
    """Asks the provider what it says of itself, so that a mistake shows before somebody signs in."""
    found = queries.provider(actor(), provider_id)
    protocol.forget()
    trouble, is_lasting = None, True
    try:
        protocol.check(found, Deadline.within(protocol.SECONDS))
    except Invalid as error:
        trouble = str(error.parameters.get("what", error.code))
        is_lasting = actions.is_trouble(error.code, trouble)
        flash(in_words(found, trouble), "bad")
    else:
        flash(_("%(name)s answers, its keys can be read, and it takes client ID and secret.", name=found.name))
    if is_lasting and trouble != found.trouble:
        with transaction(actor()):
            actions.note_trouble(found, trouble)
    return back("provider", provider_id=provider_id)


@bp.post("/providers/only", defaults={"is_on": True})
@bp.post("/providers/only/off", defaults={"is_on": False})
@recently_proved
def only_providers(is_on: bool) -> AnyResponse:
    require(actor(), "provider.manage")
    try:
        with transaction(actor()) as staff:
            changed = actions.only_providers(staff, is_on=is_on, token=session["_user_id"])
    except Conflict as error:
        flash(sentence(error), "bad")
    else:
        flash(_("It is changed, from now on.") if changed else _("Nothing is different."))
    return back("providers")
