"""The welcome on the front page, shown before it is kept."""

from dataclasses import asdict
from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.community import actions
from forum.community.welcome import GUESTS, TITLE_LENGTH, WELCOME_LENGTH, Welcome, checked_welcome
from forum.community.words import ADDRESS_LENGTH, LABEL_LENGTH
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.http import viewer
from forum.http.brand import shown_welcome
from forum.http.forms import by_language
from forum.http.render import flash
from forum.http.viewer import actor
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.admin import WelcomeForm


def _welcome_page(
    form: WelcomeForm,
    shown: Welcome | None,
    status: int = 200,
    theirs: Welcome | None = None,
    *,
    has_changed: bool = False,
) -> Response:
    """`theirs` is what somebody else saved while this form was open (`has_changed`); None where they took it away."""
    require(actor(), "community.change")
    return admin_page(
        "admin/welcome.html",
        "welcome",
        status,
        form=form,
        shown=shown_welcome(shown, actor().language) if shown else None,
        has_changed=has_changed,
        others=form.otherwise(_data_of(theirs)) if theirs else [],
        limits={"title": TITLE_LENGTH, "text": WELCOME_LENGTH, "button": LABEL_LENGTH, "address": ADDRESS_LENGTH},
    )


def _data_of(kept: Welcome) -> dict[str, Any]:
    """The welcome as the form has it."""
    data: dict[str, Any] = {"audience": kept.audience, "address": kept.address}
    for name, words in asdict(kept).items():
        data |= by_language(name, words) if isinstance(words, dict) else {}
    return data


@bp.get("/welcome")
def welcome() -> AnyResponse:
    kept = viewer.community().welcome
    data = {**_data_of(kept), "seen": kept.mark} if kept else {"audience": GUESTS, "seen": ""}
    return _welcome_page(WelcomeForm(formdata=None, data=data), kept)


@bp.post("/welcome")
def change_welcome() -> AnyResponse:
    form = WelcomeForm()
    shown = viewer.community().welcome
    words = {name: form.words(name) for name in ("title", "text", "button")}
    try:
        shown = checked_welcome(Welcome(form.audience.data or "", **words, address=form.address.data or ""))
        if "show" in request.form:
            return _welcome_page(form, shown)
        with transaction(actor()) as staff:
            changed = actions.change_welcome(staff, shown, form.seen.data or "")
    except Conflict as error:
        form.refuse(Invalid(error.code))
        theirs = error.parameters["welcome"]
        form.seen.data = theirs.mark if theirs else ""
        return _welcome_page(form, shown, 409, theirs, has_changed=True)
    except Invalid as error:
        form.refuse(error)
        return _welcome_page(form, shown, 400)
    flash(_("The welcome is changed.") if changed else _("Nothing is different."))
    return back("welcome")
