"""What stands around the pages: header links and foot, shown before they are kept."""

from collections.abc import Sequence

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.community import actions
from forum.community.frame import FOOT_LENGTH, LINK_LISTS, MOST_LINKS, Frame, Link, checked_frame
from forum.community.words import ADDRESS_LENGTH, LABEL_LENGTH
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.core.locale import languages, name_of
from forum.http import viewer
from forum.http.brand import ShownFrame, shown_frame
from forum.http.forms import by_language
from forum.http.render import flash
from forum.http.viewer import actor
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.admin import FrameForm


def _frame_page(form: FrameForm, shown: Frame, status: int = 200, theirs: Frame | None = None) -> Response:
    """`theirs` is what somebody else saved while this form was open."""
    require(actor(), "community.change")
    language = actor().language
    return admin_page(
        "admin/header_foot.html",
        "frame",
        status,
        form=form,
        shown=shown_frame(shown, language),
        others=_others(shown, theirs) if theirs else [],
        lists=[(name, [f"{name}_{index}" for index in range(MOST_LINKS)]) for name in LINK_LISTS],
        limits={"label": LABEL_LENGTH, "address": ADDRESS_LENGTH, "foot": FOOT_LENGTH},
    )


def _others(mine: Frame, theirs: Frame) -> Sequence[tuple[str, str, ShownFrame]]:
    """(language, its name, what its readers see now) for each whose readers would see something else."""
    return [
        (one, name_of(one, actor().language), shown_frame(theirs, one))
        for one in languages()
        if shown_frame(theirs, one) != shown_frame(mine, one)
    ]


@bp.get("/frame")
def frame() -> AnyResponse:
    kept = viewer.community().frame
    data = by_language("foot_text", kept.foot_text)
    for name, links in zip(LINK_LISTS, (kept.header_links, kept.foot_links), strict=True):
        for index, link in enumerate(links):
            data |= by_language(f"{name}_{index}_label", link.label) | {f"{name}_{index}_address": link.address}
    return _frame_page(FrameForm(formdata=None, data={**data, "seen": kept.mark}), kept)


@bp.post("/frame")
def change_frame() -> AnyResponse:
    form = FrameForm()
    shown = viewer.community().frame
    try:
        shown = checked_frame(_frame_in(form))
        if "show" in request.form:
            return _frame_page(form, shown)
        with transaction(actor()) as staff:
            changed = actions.change_frame(staff, shown, form.seen.data or "")
    except Conflict as error:
        form.refuse(Invalid(error.code))
        theirs = error.parameters["frame"]
        form.seen.data = theirs.mark
        return _frame_page(form, shown, 409, theirs)
    except Invalid as error:
        form.refuse(error)
        return _frame_page(form, shown, 400)
    flash(_("Header and footer are changed.") if changed else _("Nothing is different."))
    return back("frame")


def _frame_in(form: FrameForm) -> Frame:
    def links(name: str) -> tuple[Link, ...]:
        at = [f"{name}_{index}" for index in range(MOST_LINKS)]
        return tuple(Link(form.words(f"{one}_label"), form[f"{one}_address"].data or "") for one in at)

    return Frame(links("header_links"), form.words("foot_text"), links("foot_links"))
