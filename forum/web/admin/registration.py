"""Who may join."""

from collections.abc import Mapping

from flask import Response
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.community import actions
from forum.community.registration import (
    APPROVAL,
    CLOSED,
    DOMAINS,
    INVITATION,
    OPEN,
    QUESTION_LENGTH,
    Registration,
    checked_registration,
)
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.http import viewer
from forum.http.forms import by_language
from forum.http.render import flash
from forum.http.viewer import actor
from forum.oidc import queries as providers
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.admin import RegistrationForm
from forum.web.proving import recently_proved


def modes() -> Mapping[str, str]:
    """Who may join, in a few words, by mode."""
    return {
        OPEN: _("open to everybody"),
        APPROVAL: _("with the team’s approval"),
        DOMAINS: _("by e-mail domain"),
        INVITATION: _("by invitation only"),
        CLOSED: _("closed"),
    }


def _form_page(form: RegistrationForm, status: int = 200, theirs: Registration | None = None) -> Response:
    """`theirs` is what somebody else chose while this form was open."""
    require(actor(), "community.change")
    others = form.otherwise(_data_of(theirs)) if theirs else []
    return admin_page(
        "admin/registration.html",
        "registration",
        status,
        form=form,
        languages=viewer.community().languages,
        others=others,
        limit=QUESTION_LENGTH,
        doors=[door for door in providers.doors() if door.is_open_to_all],
    )


def _data_of(kept: Registration) -> dict[str, object]:
    """The choice as the form has it."""
    lists = {name: "\n".join(getattr(kept, name)) for name in ("domains", "denied", "allowed")}
    return {"mode": kept.mode, **lists, **by_language("question", kept.question)}


def _keep_unseen(form: RegistrationForm) -> None:
    """Of a language that the community doesn't offer, the question isn't shown, and stays."""
    here = viewer.community()
    kept = by_language("question", here.registration.question)
    for language, field in form.fields_of("question"):
        if language not in here.languages:
            field.data = kept[field.name]


@bp.get("/registration")
def registration() -> AnyResponse:
    kept = viewer.community().registration
    return _form_page(RegistrationForm(formdata=None, data={**_data_of(kept), "seen": kept.mark}))


@bp.post("/registration")
@recently_proved
def change_registration() -> AnyResponse:
    form = RegistrationForm()
    _keep_unseen(form)
    try:
        lists = {name: form[name].data or "" for name in ("domains", "denied", "allowed")}
        wanted = checked_registration(form.mode.data or "", form.words("question"), **lists)
        with transaction(actor()) as staff:
            changed = actions.change_registration(staff, wanted, form.seen.data or "")
    except Conflict as error:
        theirs = error.parameters["registration"]
        form.refuse(Invalid(error.code))
        form.seen.data = theirs.mark
        return _form_page(form, 409, theirs)
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, 400)
    flash(_("The registration is changed.") if changed else _("Nothing is different."))
    return back("registration")
