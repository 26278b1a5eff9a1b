"""What the team notes about a member, and where a member is signed in."""

from flask import Response
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.community.marks import mark_of
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.core.logging import security
from forum.http.limits import network
from forum.http.render import flash
from forum.http.viewer import actor
from forum.members import actions, queries
from forum.members.actions import NOTE_LENGTH
from forum.web.admin.frame import admin_page, back, bp
from forum.web.admin.member import member_page
from forum.web.forms.admin import NoteForm
from forum.web.proving import recently_proved


@bp.post("/members/<int:member_id>/notes")
def write_note(member_id: int) -> AnyResponse:
    form = NoteForm()
    try:
        with transaction(actor()) as staff:
            actions.write_note(staff, queries.account(staff, member_id), form.body.data or "")
    except Invalid as error:
        form.refuse(error)
        return member_page(member_id, 400, note_form=form)
    flash(_("The note is kept."))
    return back("member", member_id=member_id, _anchor="notes")


def _note_page(member_id: int, note_id: int, form: NoteForm, status: int = 200, *, theirs: str = "") -> Response:
    account = queries.account(actor(), member_id)
    return admin_page(
        "admin/note.html",
        "members",
        status,
        account=account,
        note_id=note_id,
        form=form,
        theirs=theirs,
        limit=NOTE_LENGTH,
    )


@bp.get("/members/<int:member_id>/notes/<int:note_id>")
def note(member_id: int, note_id: int) -> AnyResponse:
    found = queries.get_note(actor(), member_id, note_id)
    form = NoteForm(formdata=None, data={"body": found.body, "seen": mark_of(found.body)})
    return _note_page(member_id, note_id, form)


@bp.post("/members/<int:member_id>/notes/<int:note_id>")
def change_note(member_id: int, note_id: int) -> AnyResponse:
    form = NoteForm()
    try:
        with transaction(actor()) as staff:
            found = queries.get_note(staff, member_id, note_id, lock=True)
            actions.change_note(staff, found, form.body.data or "", form.seen.data or "")
    except Invalid as error:
        form.refuse(error)
        return _note_page(member_id, note_id, form, 400)
    except Conflict as error:
        form.refuse(Invalid(error.code))
        theirs = error.parameters["body"]
        form.seen.data = mark_of(theirs)
        return _note_page(member_id, note_id, form, 409, theirs=theirs)
    flash(_("The note is changed."))
    return back("member", member_id=member_id, _anchor="notes")


@bp.post("/members/<int:member_id>/notes/<int:note_id>/delete")
def delete_note(member_id: int, note_id: int) -> AnyResponse:
    with transaction(actor()) as staff:
        actions.delete_note(staff, queries.get_note(staff, member_id, note_id, lock=True))
    flash(_("The note is deleted."))
    return back("member", member_id=member_id, _anchor="notes")


@bp.post("/members/<int:member_id>/sign-out", defaults={"sign_in_id": None})
@bp.post("/members/<int:member_id>/sessions/<int:sign_in_id>/sign-out")
@recently_proved
def sign_out_member(member_id: int, sign_in_id: int | None) -> AnyResponse:
    with transaction(actor()) as staff:
        actions.sign_out_member(staff, queries.account(staff, member_id), sign_in_id)
    what = "all" if sign_in_id is None else "one"
    security("sessions-ended", member_id, network(), what=what, by=str(actor().id))
    flash(_("The member is signed out everywhere.") if sign_in_id is None else _("The device is signed out."))
    return back("member", member_id=member_id, _anchor="sessions")
