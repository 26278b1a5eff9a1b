"""What the product team says of an idea: status, official answer, owner, target month, area, private notes."""

from flask import redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.access import require
from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.http.render import flash
from forum.http.viewer import actor, community, signed_in
from forum.ideas import actions, queries
from forum.ideas.queries import IdeaRow
from forum.members import queries as members
from forum.text import as_markup
from forum.threads import actions as threads
from forum.threads.actions import Written
from forum.web.forms.ideas import NoteForm, SteerIdeaForm
from forum.web.ideas.frame import bp, ideas_page
from forum.web.threads import number_of


@bp.get("/ideas/<int:idea_id>/steer")
@signed_in
def steer(idea_id: int) -> Response:
    idea = queries.get_idea(actor(), idea_id)
    require(actor(), "idea.steer", idea)
    form = SteerIdeaForm(
        formdata=None,
        data={
            "status": idea.status.slug,
            "answer": idea.answer_body,
            "owner": idea.owner.username if idea.owner else "",
            "target": idea.target_month or "",
            "area": idea.area.slug if idea.area else "",
            "seen_change_id": idea.status_change_id,
        },
    )
    return _steer_page(idea_id, form)


def _steer_page(
    idea_id: int,
    form: SteerIdeaForm,
    status: int = 200,
    *,
    note_form: NoteForm | None = None,
    has_changed: bool = False,
) -> Response:
    """The form; with `has_changed`, beside what somebody else has set meanwhile."""
    found = queries.idea_page(actor(), idea_id)
    idea = found.idea
    areas = queries.areas(actor(), community().stamp)
    form.offer(queries.statuses(actor(), community().stamp), areas, may_be_none=idea.area is None)
    return ideas_page(
        "ideas/steer.html",
        status,
        idea=idea,
        form=form,
        has_areas=bool(areas),
        note_form=note_form or NoteForm(formdata=None),
        notes=found.notes,
        reasons=queries.reasons(actor(), idea, community().stamp),
        theirs=found.history[-1] if has_changed and found.history else None,
        their_answer=as_markup(idea.answer_html),
    )


@bp.post("/ideas/<int:idea_id>/steer")
@signed_in
def do_steer(idea_id: int) -> Response:
    """Saves all of the form at once, or nothing; what is as before changes nothing."""
    form = SteerIdeaForm()
    idea = queries.get_idea(actor(), idea_id)
    require(actor(), "idea.steer", idea)
    try:
        answer = _new_answer(idea, form.answer.data or "")
        with transaction(actor()) as member:
            _steer(member, queries.get_idea(member, idea_id, lock=True), form, answer)
    except Invalid as error:
        form.refuse(error)
        return _steer_page(idea_id, form, 400)
    except Conflict as error:
        if error.code != "idea-changed":
            raise
        form.refuse(Invalid(error.code))
        form.seen_change_id.data = str(queries.get_idea(actor(), idea_id).status_change_id)
        return _steer_page(idea_id, form, 409, has_changed=True)
    flash(_("Saved."))
    return redirect(idea.address, 303)


def _new_answer(idea: IdeaRow, typed: str) -> Written | None:
    """The answer where another one was typed than stands; an emptied field leaves it as it is."""
    if not typed.strip() or typed.replace("\r\n", "\n").strip() == idea.answer_body.strip():
        return None
    return threads.write(actor(), typed)


def _steer(member: Actor, idea: IdeaRow, form: SteerIdeaForm, answer: Written | None) -> None:
    status = next((one for one in queries.statuses(member) if one.slug == form.status.data), None)
    if status is None:
        raise Invalid("unknown-choice", "status")
    actions.set_status(
        member,
        idea,
        status,
        answer,
        is_small_step=bool(form.is_small_step.data),
        seen_change_id=number_of(form.seen_change_id.data),
    )
    actions.set_owner(member, idea, _owner(form.owner.data or ""))
    actions.set_target(member, idea, (form.target.data or "").strip() or None)
    if form.area.data:
        actions.set_area(member, idea, queries.get_area(member, form.area.data))


def _owner(typed: str) -> int | None:
    """The id of who shall look after an idea. Raises Invalid for a name that nobody has."""
    name = typed.strip().removeprefix("@")
    if not name:
        return None
    account = members.find_account(name)
    if account is None:
        raise Invalid("no-such-member", "owner")
    return account.id


@bp.post("/ideas/<int:idea_id>/note")
@signed_in
def note(idea_id: int) -> Response:
    form = NoteForm()
    try:
        with transaction(actor()) as member:
            actions.add_note(member, queries.get_idea(member, idea_id, lock=True), form.note.data or "")
    except Invalid as error:
        form.refuse(Invalid(error.code, "note", **error.parameters))
        idea = queries.get_idea(actor(), idea_id)
        again = SteerIdeaForm(formdata=None, data={"status": idea.status.slug, "answer": idea.answer_body})
        return _steer_page(idea_id, again, 400, note_form=form)
    return redirect(f"/ideas/{idea_id}/steer#notes", 303)
