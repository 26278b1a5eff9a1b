"""An idea's page: the vote, the story, the official answer, what became of it, and the discussion below."""

from collections.abc import Hashable, Mapping

from flask import redirect, request
from werkzeug.wrappers import Response

from forum.access import may
from forum.core import paging
from forum.core.errors import NotFound
from forum.http import cache
from forum.http.render import wants_json
from forum.http.viewer import actor, community
from forum.ideas import queries
from forum.ideas.queries import IdeaView, MyVote
from forum.text import as_markup
from forum.threads import queries as threads
from forum.web import fragments
from forum.web.forms.ideas import VoteForm
from forum.web.forms.threads import ReplyForm, new_submission
from forum.web.ideas.frame import ballot, bp, ideas_page, month_in_words
from forum.web.threads import (
    NOTHING_TYPED,
    note_seen,
    number_of,
    prefilled,
    quoted_as_json,
    replying,
    reported,
    to_post,
)

_STEERING = ("edit", "move", "close", "pin")


def _idea_version(idea_id: int, **_arguments: object) -> Hashable | None:
    return queries.idea_version(idea_id)


@bp.get("/ideas/<int:idea_id>")
@bp.get("/ideas/<int:idea_id>/<slug>")
@cache.for_guests(_idea_version, ("page",))
def show(idea_id: int, slug: str = "") -> Response:
    """The idea; a wrong slug leads to the right one, the number of a thread that is no idea to that thread."""
    try:
        found = queries.idea_page(actor(), idea_id, request.args.get("page"))
    except NotFound:
        thread = threads.get_thread(actor(), idea_id)
        if thread.kind == "idea":
            raise
        return redirect(thread.address + _query(), 301)
    if slug != found.page.thread.slug:
        return redirect(found.idea.address + _query(), 301)
    if actor().is_guest:
        return _page(found)
    quoted = number_of(request.args.get("quote"))
    if quoted is not None and wants_json():
        return quoted_as_json(found.page, quoted)
    answer = _page(found, {"submission": new_submission(), **prefilled(found.page, quoted)})
    note_seen(answer, found.page)
    return answer


@bp.get("/ideas/<int:idea_id>/<slug>/<number>")
def jump(idea_id: int, slug: str, number: str) -> Response:  # noqa: ARG001  the path itself is compared
    """The page on which one post of the discussion stands."""
    return to_post(threads.get_thread(actor(), idea_id, number=number_of(number)), number)


def _query() -> str:
    return f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""


def again(idea_id: int, form: ReplyForm, status: int) -> Response:
    """The last page of the discussion with a refused reply in it."""
    last = threads.get_thread(actor(), idea_id).last_number
    return _page(queries.idea_page(actor(), idea_id, paging.pages_in(last)), form=form, status=status)


def _vote_form(mine: MyVote | None) -> VoteForm | None:
    """What the reader has said about their vote; guests have no form."""
    if actor().is_guest:
        return None
    said = {"importance": mine.importance, "reason": mine.reason} if mine else {}
    return VoteForm(formdata=None, data=said)


def with_vote_form(idea_id: int, vote_form: VoteForm, status: int) -> Response:
    """The page with what was said about a vote and refused."""
    found = queries.idea_page(actor(), idea_id)
    typed = {"submission": new_submission(), **prefilled(found.page, None)}
    return _page(found, typed, status=status, vote_form=vote_form)


def _page(
    found: IdeaView,
    typed: Mapping[str, str] = NOTHING_TYPED,
    *,
    form: ReplyForm | None = None,
    status: int = 200,
    vote_form: VoteForm | None = None,
) -> Response:
    who, page, idea = actor(), found.page, found.idea
    can = {verb: not who.is_guest and may(who, f"thread.{verb}", page.thread) for verb in _STEERING}
    made = queries.made_of(who, page.posts, community().stamp)
    posts = list(fragments.posts(who, page, reported(who, page), made))
    story = posts.pop(0)[1] if posts and posts[0][0] == 1 else None
    mine = found.my_vote
    return ideas_page(
        "ideas/show.html",
        status,
        found=page,
        idea=idea,
        thread=page.thread,
        story=story,
        posts=posts,
        form=form,
        typed=typed,
        can=can,
        **replying(who, page.thread),
        first_unread=page.first_unread,
        unread_address=fragments.address_of(page.thread, page.first_unread) if page.first_unread else "",
        ballot=ballot(idea, mine.state if mine else None),
        my_vote=mine,
        vote_form=vote_form or _vote_form(mine),
        target=month_in_words(idea.target_month),
        answer=as_markup(idea.answer_html) if idea.answer_html else None,
        history=list(reversed(found.history)),
        merged=[(one, as_markup(one.html)) for one in found.merged],
        notes=found.notes,
        may_steer=may(who, "idea.steer", idea),
    )
