"""The second screen: the brand's colour, shown before it is kept, and the logo."""

from dataclasses import replace

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.community import actions, logo, queries
from forum.community.actions import LookDraft
from forum.community.look import CORNERS, Look
from forum.core.colour import is_hex
from forum.core.errors import Conflict, Invalid
from forum.http import viewer
from forum.http.uploads import take_pictures
from forum.web.admin.look import sheet_of_preview
from forum.web.forms.setup import BrandForm
from forum.web.setup.frame import bp, is_skipped, onwards, passing, screen_page

take_pictures(bp, "choose_look")


def _form_page(form: BrandForm, shown: Look, status: int = 200) -> Response:
    return screen_page("look", status, form=form, shown=shown)


@bp.get("/look")
def look() -> AnyResponse:
    kept = viewer.community().look
    data = {"brand_colour": kept.brand_colour, "corners": kept.corners}
    return _form_page(BrandForm(formdata=None, data=data), kept)


@bp.post("/look")
def choose_look() -> AnyResponse:
    if is_skipped("look"):
        return onwards("look")
    form, here = BrandForm(), viewer.community()
    kept = shown = here.look
    try:
        colour, corners = (form.brand_colour.data or "").lower(), form.corners.data or ""
        if not is_hex(colour):
            raise Invalid("colour-unreadable", "brand_colour")
        if corners in CORNERS:
            shown = replace(kept, brand_colour=colour, corners=corners)
        if "show" in request.form:
            return _form_page(form, shown)
        file = bytes(form.light.data.read()) if form.light.data else b""
        chosen = logo.prepared(file, in_tabs=True, present=here.logo) if file else None
        with passing("look") as actor:
            actions.change_look(actor, LookDraft(colour, corners, kept.theme, queries.own_style(), kept.mark))
            if chosen is not None:
                actions.change_logo(actor, chosen, here.logo.mark if here.logo else "")
    except Conflict:
        form.form_errors.append(
            _("Somebody else has changed the look meanwhile. Save again to put yours in its place.")
        )
        return _form_page(form, shown, 409)
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, shown, error.status)
    return onwards("look")


@bp.get("/preview.css")
def preview() -> AnyResponse:
    return sheet_of_preview()
