"""Merging ideas that say the same, undoing that, and making an idea of a member's post."""

import re

from flask import redirect
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from forum.access import require
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid, NotFound
from forum.http.forms import options
from forum.http.render import flash
from forum.http.viewer import actor, community, signed_in
from forum.ideas import actions, queries
from forum.ideas.queries import IdeaListRow, IdeaRow
from forum.search.queries import similar_to
from forum.text import excerpt
from forum.threads import queries as threads
from forum.threads.queries import PostRow
from forum.web import intents
from forum.web.forms.ideas import MakeIdeaForm, MergeForm
from forum.web.ideas.frame import ballots, bp, ideas_page

_NAMED = re.compile(r"(?:.*/ideas/)?#?([0-9]{1,18})(?:[/?#].*)?")
CANDIDATES = 8


# ---------------------------------------------------------------- merging


@bp.get("/ideas/<int:idea_id>/merge")
@signed_in
def merge(idea_id: int) -> Response:
    idea = queries.get_idea(actor(), idea_id)
    require(actor(), "idea.merge", idea)
    return _merge_page(idea, MergeForm(formdata=None))


def _candidates(idea: IdeaRow) -> list[IdeaListRow]:
    """Ideas that may say the same."""
    found = similar_to(actor(), idea.thread.title, idea.thread.excerpt, limit=CANDIDATES, but=idea.id)
    return list(queries.listed(actor(), [row.id for row in found if row.kind == "idea" and row.id != idea.id]))


def _merge_page(idea: IdeaRow, form: MergeForm, status: int = 200) -> Response:
    rows = _candidates(idea)
    form.target.choices = options([(str(row.id), row.title) for row in rows])
    return ideas_page("ideas/merge.html", status, idea=idea, form=form, rows=ballots(rows))


def _target(form: MergeForm) -> int:
    """The number of the idea meant. Raises Invalid where none was chosen or what was typed names none."""
    typed = (form.other.data or "").strip()
    found = _NAMED.fullmatch(typed or form.target.data or "")
    if found is None:
        raise Invalid("idea-unknown" if typed else "choose-idea", "other" if typed else "target")
    return int(found[1])


@bp.post("/ideas/<int:idea_id>/merge")
@signed_in
def do_merge(idea_id: int) -> Response:
    form = MergeForm()
    source = queries.get_idea(actor(), idea_id)
    require(actor(), "idea.merge", source)
    try:
        with transaction(actor()) as member:
            done = actions.merge(member, idea_id, _target(form))
    except Invalid as error:
        form.refuse(error)
        return _merge_page(source, form, 400)
    except NotFound:
        form.refuse(Invalid("idea-unknown", "other"))
        return _merge_page(source, form, 400)
    except Conflict as error:
        form.refuse(Invalid(error.code, "other" if form.other.data else "target", **error.parameters))
        return _merge_page(source, form, 409)
    moved = ngettext("%(num)s vote moved", "%(num)s votes moved", done.votes_moved)
    comments = ngettext("%(num)s comment moved", "%(num)s comments moved", done.comments_moved)
    here = ngettext("%(num)s was here already", "%(num)s were here already", done.votes_overlapping)
    flash(_("Merged: %(votes)s, %(overlapping)s, %(comments)s.", votes=moved, overlapping=here, comments=comments))
    return redirect(queries.get_idea(actor(), _target(form)).address, 303)


@bp.post("/ideas/<int:idea_id>/unmerge")
@signed_in
def unmerge(idea_id: int) -> Response:
    with transaction(actor()) as member:
        actions.unmerge(member, idea_id)
    flash(_("The merge is undone: votes, followers and comments are where they were before."))
    return redirect(queries.get_idea(actor(), idea_id).address, 303)


# ---------------------------------------------------------------- an idea out of a post


@bp.get("/p/<int:post_id>/idea")
@signed_in
def make(post_id: int) -> Response:
    post = threads.get_post(actor(), post_id)
    require(actor(), "idea.make", post)
    return _make_page(post, MakeIdeaForm(formdata=None))


def _make_page(post: PostRow, form: MakeIdeaForm, status: int = 200) -> Response:
    areas = queries.areas(actor(), community().stamp)
    form.offer(areas)
    said = excerpt(post.html)
    return ideas_page("ideas/make.html", status, post=post, thread=post.thread, said=said, form=form, areas=areas)


@bp.post("/p/<int:post_id>/idea")
@signed_in
def do_make(post_id: int) -> Response:
    form = MakeIdeaForm()
    post = threads.get_post(actor(), post_id)
    require(actor(), "idea.make", post)
    try:
        area = next((row for row in queries.areas(actor()) if row.slug == form.area.data), None)
        if area is None:
            raise Invalid("choose-area", "area")
        draft = actions.draft_from_post(actor(), post, form.title.data or "")
        with transaction(actor()) as member:
            post = threads.get_post(member, post_id, lock=True)
            posted = actions.make_idea(member, post, area, draft)
    except Invalid as error:
        form.refuse(error)
        return _make_page(post, form, 400)
    except Conflict as error:
        form.refuse(Invalid(error.code))
        return _make_page(post, form, 409)
    flash(_("The post is an idea now, and its author is told."))
    return redirect(intents.place_of(posted), 303)
