"""By which providers a member signs in: the list, linking, which takes a press of a button here, and unlinking."""

from flask import Blueprint, redirect, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.core.errors import Conflict
from forum.core.logging import security
from forum.http.limits import limited, network
from forum.http.reasons import sentence
from forum.http.render import flash, page
from forum.http.viewer import actor, signed_in
from forum.oidc import actions, queries
from forum.web import provider_trips
from forum.web.forms.members import EmptyForm
from forum.web.proving import recently_proved
from forum.web.sign_in import safe_next

bp = Blueprint("settings_providers", __name__, url_prefix="/settings/providers")


@bp.get("")
@signed_in
def show() -> AnyResponse:
    identities = queries.identities_of(actor())
    known = {one.provider_key for one in identities}
    others = [door for door in queries.doors() if door.key not in known]
    return page("settings/providers.html", identities=identities, others=others, may_unlink=queries.may_unlink(actor()))


@bp.get("/link")
@signed_in
def ask() -> AnyResponse:
    """Asks whether whom the provider vouches for is the one who is signed in here: a page that somebody else opens in
    this browser links nothing."""
    waiting = provider_trips.waiting()
    if waiting is None:
        return redirect(url_for("settings_providers.show"), 303)
    provider = queries.open_provider(waiting.key)
    return page("settings/provider_link.html", form=EmptyForm(formdata=None), provider=provider, person=waiting.person)


@bp.post("/link")
@signed_in
@recently_proved
@limited("provider-link", "20 per hour")
def link() -> AnyResponse:
    waiting = provider_trips.waiting()
    if waiting is None:
        flash(_("That took a little long. Please begin once more."), "warn")
        return redirect(url_for("settings_providers.show"), 303)
    provider = queries.open_provider(waiting.key)
    provider_trips.forget_waiting()
    try:
        with transaction(actor()) as member:
            actions.link(member, provider, waiting.person)
    except Conflict as error:
        security("provider-refused", actor().id, network(), what=error.code, provider=provider.key)
        flash(sentence(error), "bad")
        return redirect(url_for("settings_providers.show"), 303)
    security("identity-linked", actor().id, network(), provider=provider.key)
    flash(_("From now on you can sign in with %(name)s.", name=provider.name))
    return redirect(safe_next(waiting.next) if waiting.next != "/" else url_for("settings_providers.show"), 303)


@bp.post("/link/cancel")
@signed_in
def cancel() -> AnyResponse:
    provider_trips.forget_waiting()
    return redirect(url_for("settings_providers.show"), 303)


@bp.post("/<int:identity_id>/unlink")
@signed_in
@recently_proved
def unlink(identity_id: int) -> AnyResponse:
    try:
        with transaction(actor()) as member:
            actions.unlink(member, identity_id, session["_user_id"])
    except Conflict as error:
        flash(sentence(error), "bad")
    else:
        security("identity-unlinked", actor().id, network())
        flash(_("You no longer sign in that way."))
    return redirect(url_for("settings_providers.show"), 303)
