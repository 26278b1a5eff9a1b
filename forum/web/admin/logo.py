"""The company's logo: uploading it, another one for dark ground, taking it away."""

from dataclasses import replace

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.community import actions
from forum.community.logo import Logo, LogoDraft, prepared
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.http import viewer
from forum.http.brand import shown_logo
from forum.http.render import flash
from forum.http.uploads import take_pictures
from forum.http.viewer import actor
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.admin import LogoForm

take_pictures(bp, "change_logo", count=2)


def _form_page(form: LogoForm, status: int = 200, theirs: Logo | None = None) -> Response:
    """`theirs` is the logo that somebody else saved while this form was open."""
    require(actor(), "community.change")
    kept = theirs or viewer.community().logo
    return admin_page("admin/logo.html", "logo", status, form=form, logo=shown_logo(kept) if kept else None)


@bp.get("/logo")
def logo() -> AnyResponse:
    kept = viewer.community().logo
    data = {"in_tabs": kept.in_tabs, "seen": kept.mark} if kept else {}
    return _form_page(LogoForm(formdata=None, data=data))


@bp.post("/logo")
def change_logo() -> AnyResponse:
    require(actor(), "community.change")
    form = LogoForm()
    try:
        draft = _draft(form, viewer.community().logo)
        with transaction(actor()) as staff:
            changed = actions.change_logo(staff, draft, form.seen.data or "")
    except Conflict as error:
        present = error.parameters["logo"]
        form.form_errors.append(
            _("Somebody changed the logo while you were here; it is shown below. Choose yours again to put it there.")
        )
        form.seen.data = present.mark if present else ""
        return _form_page(form, 409, present)
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, error.status)
    if form.in_tabs.data and draft and not draft.logo.sign:
        flash(_("The logo is kept. It is too long for the browser's tabs, so the sign stays there."), "warn")
    else:
        flash(_("The logo is changed.") if changed else _("Nothing is different."))
    return back("logo")


def _draft(form: LogoForm, present: Logo | None) -> LogoDraft | None:
    removed = request.form.get("remove")
    if removed == "all":
        return None
    if removed == "dark" and present:
        return LogoDraft(replace(present, dark=""))
    light, dark = (bytes(field.data.read()) if field.data else b"" for field in (form.light, form.dark))
    return prepared(light, dark, in_tabs=bool(form.in_tabs.data), present=present)
