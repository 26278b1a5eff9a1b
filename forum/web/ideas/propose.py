"""Proposing an idea, and what is there already that says the same."""

from collections.abc import Sequence

from flask import redirect, request
from werkzeug.wrappers import Response

from forum.core.database import transaction
from forum.core.errors import Conflict, Denied, Invalid
from forum.http.limits import limited
from forum.http.render import page
from forum.http.viewer import actor, community, signed_in
from forum.ideas import actions, queries
from forum.search.queries import SimilarRow, similar_to
from forum.threads import actions as threads
from forum.web import intents
from forum.web.forms.ideas import IdeaForm
from forum.web.forms.threads import new_submission
from forum.web.ideas.frame import Ballot, bp, ideas_page, takes_part
from forum.web.publishing import begun_at, chosen, kept, place_of_draft
from forum.web.threads import number_of

PLACE = "idea"
"""Where drafts of ideas are kept."""
SHORTEST_TITLE = 10
"""From how many characters on a title is looked up."""
MOST_CHARACTERS = 300
Alike = Sequence[tuple[SimilarRow, Ballot | None]]


# ---------------------------------------------------------------- what there is already


def alike(title: str, body: str = "") -> Alike:
    """Ideas and threads that say something similar, the most similar first; ideas with the reader's vote."""
    if len(title.strip()) < SHORTEST_TITLE:
        return []
    rows = similar_to(actor(), title, body, limit=5)
    mine = queries.own_votes(actor(), [row.id for row in rows if row.kind == "idea"])
    may_vote = takes_part(actor())
    return [
        (
            row,
            Ballot(
                id=row.id,
                title=row.title,
                language=row.language,
                count=row.vote_count,
                staff_count=0,
                mine=mine.get(row.id),
                is_open=may_vote and not row.is_settled,
            )
            if row.kind == "idea"
            else None,
        )
        for row in rows
    ]


@bp.get("/ideas/similar")
@signed_in
def similar() -> Response:
    """What is there already, as a list that the script of the form puts below the title."""
    return page("ideas/_similar.html", found=alike(request.args.get("title", "")[:MOST_CHARACTERS]))


# ---------------------------------------------------------------- proposing


@bp.get("/ideas/new")
@signed_in
def propose() -> Response:
    place, begun = begun_at(actor(), PLACE, number_of(request.args.get("draft")))
    asked = {"area": request.args.get("area", ""), "title": request.args.get("title", "")[:200]}
    return _form_page(IdeaForm(formdata=None, data={**asked, **begun, "submission": new_submission()}), place)


def _form_page(form: IdeaForm, place: str, status: int = 200, *, found: Alike | None = None) -> Response:
    areas = queries.areas_to_propose_in(actor(), community().stamp)
    form.offer(areas)
    return ideas_page(
        "ideas/new.html",
        status,
        form=form,
        areas=areas,
        place_of_draft=place,
        found=found,
    )


@bp.post("/ideas/new")
@signed_in
@limited("post", "20 per minute; 200 per hour")
def do_propose() -> Response:
    form, place = IdeaForm(), place_of_draft(PLACE)
    if "look" in request.form:
        return _look(form, place)
    try:
        chosen(queries.areas_to_propose_in(actor(), community().stamp), form.area.data, "area")
        draft = actions.draft_of_idea(
            actor(),
            form.title.data or "",
            form.body.data or "",
            form.tags.data or "",
            (form.submission.data or "")[:40] or None,
        )
        with transaction(actor()) as member:
            offered = queries.areas_to_propose_in(member)  # as its grants are now
            area = chosen(offered, form.area.data, "area")
            posted = actions.propose(member, area, draft)
            threads.discard_at(member, place)
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, place, 400)
    except Conflict as error:
        form.submission.data = new_submission()
        form.refuse(Invalid(error.code))
        return _form_page(form, place, 409)
    except Denied as error:
        return kept(actor(), error, place, request.form)
    return redirect(intents.place_of(posted), 303)


def _look(form: IdeaForm, place: str) -> Response:
    """The step between for those without script: the same form with what is there already. What was typed is kept as a
    draft, so that nothing is lost by following a link or by voting."""
    title, body = form.title.data or "", form.body.data or ""
    fields = {name: request.form[name] for name in ("area", "tags") if request.form.get(name)}
    with transaction(actor()) as member:
        if title.strip() or body.strip():
            threads.save_draft(member, place, title=title, body=body, fields=fields)
    if len(title.strip()) < SHORTEST_TITLE:
        form.refuse(Invalid("too-short", "title", limit=SHORTEST_TITLE))
        return _form_page(form, place, 400)
    return _form_page(form, place, found=alike(title, body))
