"""Voting for an idea and taking the vote back; buttons of the list, of the idea's page and of what is similar."""

from flask import jsonify, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.http.limits import limited
from forum.http.render import flash, wants_json
from forum.http.viewer import actor, signed_in
from forum.ideas import actions, queries
from forum.ideas.queries import IdeaRow
from forum.web.forms.ideas import VoteForm
from forum.web.ideas import show
from forum.web.ideas.frame import bp, said_of_staff
from forum.web.sign_in import safe_next


def _answer(idea: IdeaRow, state: str | None) -> Response:
    """The new figures for a script; else back to where the button stood."""
    now = queries.get_idea(actor(), idea.id)
    if wants_json():
        return jsonify(state=state, votes=now.vote_count, staff=said_of_staff(now.staff_vote_count))
    return redirect(safe_next(request.form.get("next")) if request.form.get("next") else now.address, 303)


@bp.post("/ideas/<int:idea_id>/vote")
@signed_in
@limited("vote", "60 per minute; 600 per hour")
def vote(idea_id: int) -> Response:
    """Votes, or says more about a vote that stands; a plain button leaves what was said as it is."""
    importance, reason = request.form.get("importance"), request.form.get("reason")
    try:
        with transaction(actor()) as member:
            idea = queries.get_idea(member, idea_id, lock=True)
            state = actions.vote(member, idea, importance=importance, reason=reason)
    except Invalid as error:
        if wants_json():
            raise
        form = VoteForm()
        form.refuse(error)
        return show.with_vote_form(idea_id, form, 400)
    if not wants_json():
        if state == "waiting":
            flash(_("Your vote is stored. It counts as soon as your e-mail address is confirmed."), "warn")
        elif reason is not None:
            flash(_("Thank you. The team sees why this matters to you."))
    return _answer(idea, state)


@bp.post("/ideas/<int:idea_id>/withdraw")
@signed_in
@limited("vote", "60 per minute; 600 per hour")
def withdraw(idea_id: int) -> Response:
    with transaction(actor()) as member:
        idea = queries.get_idea(member, idea_id, lock=True)
        actions.withdraw(member, idea)
    return _answer(idea, None)
