"""How the community looks: the brand's colour and corners, shown before they are kept; light or dark, own styles."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.community import actions, queries
from forum.community.actions import LookDraft
from forum.community.look import CORNERS, MOST_STYLE_LENGTH, Look, checked_style
from forum.core.colour import is_hex
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid, NotFound
from forum.http import assets, stylesheet, viewer
from forum.http.render import flash
from forum.http.viewer import actor
from forum.web.admin.frame import admin_page, back, bp
from forum.web.differences import differences
from forum.web.forms.admin import LookForm


def _form_page(form: LookForm, shown: Look, status: int = 200, theirs: Mapping[str, Any] | None = None) -> Response:
    """`theirs` is the look and the style sheet that somebody else saved while this form was open."""
    require(actor(), "community.change")
    # Without the own styles: whatever they hide, here they can be taken back.
    plain = assets.of_look(replace(viewer.community().look, style_mark=""))
    return admin_page(
        "admin/look.html",
        "look",
        status,
        form=form,
        shown=shown,
        theirs=theirs,
        changes=differences(theirs["style"], form.style.data or "") if theirs else [],
        limit=MOST_STYLE_LENGTH,
        plain_style=plain["app.css"],
    )


@bp.get("/look")
def look() -> AnyResponse:
    kept = viewer.community().look
    data = {"brand_colour": kept.brand_colour, "corners": kept.corners, "theme": kept.theme}
    return _form_page(LookForm(formdata=None, data={**data, "style": queries.own_style(), "seen": kept.mark}), kept)


@bp.post("/look")
def change_look() -> AnyResponse:
    form = LookForm()
    shown = viewer.community().look
    try:
        colour, corners = (form.brand_colour.data or "").lower(), form.corners.data or ""
        if not is_hex(colour):
            raise Invalid("colour-unreadable", "brand_colour")
        if corners in CORNERS:
            shown = Look(colour, corners, shown.theme)
        if "show" in request.form:
            return _form_page(form, shown)
        style = checked_style(form.style.data or "")
        draft = LookDraft(colour, corners, form.theme.data or "", style, form.seen.data or "")
        with transaction(actor()) as staff:
            changed = actions.change_look(staff, draft)
    except Conflict as error:
        form.refuse(Invalid(error.code))
        form.seen.data = error.parameters["look"].mark
        return _form_page(form, shown, 409, error.parameters)
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, shown, 400)
    flash(_("The look is changed.") if changed else _("Nothing is different."))
    return back("look")


@bp.get("/look/preview.css")
def preview() -> AnyResponse:
    require(actor(), "community.change")
    return sheet_of_preview()


def sheet_of_preview() -> Response:
    """The colours of the brand in the address, for what stands inside `.preview` alone. Raises NotFound."""
    colour, corners = request.args.get("colour", ""), request.args.get("corners", "")
    if not is_hex(colour) or corners not in CORNERS:
        raise NotFound
    return Response(stylesheet.tokens(Look(colour, corners, "auto"), ".preview"), mimetype="text/css")
