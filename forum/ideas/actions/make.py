"""Making an idea of a member's post: it is theirs, in their words, with a link to where it was said."""

from dataclasses import replace

from sqlalchemy import select

from forum import access, text
from forum.core import audit, events
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Conflict
from forum.core.locale import nearest, translations
from forum.ideas.actions.propose import enter
from forum.ideas.events import PostMadeIdea
from forum.ideas.models import IDEAS
from forum.ideas.queries.rows import AreaRow
from forum.threads import actions as threads
from forum.threads.actions import Posted, ThreadDraft
from forum.threads.actions.counters import change_thread
from forum.threads.models import IDEA
from forum.threads.queries import PostRow


def draft_from_post(actor: Actor, post: PostRow, title: str) -> ThreadDraft:
    """The idea that a post becomes, under the title that the team gives it; slow, and so done before the transaction.
    Nobody is named by it anew. Raises Invalid for a title that won't do."""
    line = translations(nearest(post.language)).gettext("From: %(link)s") % {
        "link": text.link(post.thread.title, post.address)
    }
    draft = threads.draft_of_thread(actor, title, f"{post.body}\n\n{line}", "discussion", "", None)
    written = replace(draft.written, language=post.language, mentions=(), quoted=(), groups=())
    return replace(draft, written=written, kind=IDEA)


def make_idea(actor: Actor, post: PostRow, area: AreaRow, draft: ThreadDraft) -> Posted:
    """Publishes the idea in its author's name; `post` comes locked from `get_post`, the draft from `draft_from_post`.

    No vote is cast for anybody: the author hears of it and may. Raises Conflict for a post of which an idea was made
    already (`made-already`), and where more people read the area than the post (`merge-opens`).
    """
    access.require(actor, "idea.make", post)
    access.require(actor, "category.read", area.category)
    if threads.opens(post.thread.category, area.category):
        raise Conflict("merge-opens")
    made = db.session.scalar(select(IDEAS.c.thread_id).where(IDEAS.c.from_post_id == post.id).limit(1))
    if made is not None or (post.thread.kind == IDEA and post.number == 1):
        raise Conflict("made-already", idea_id=made or post.thread_id)
    threads.started_before(actor, area.category, draft)  # holds the category, as `begin_thread` asks
    posted = threads.begin_thread(post.author_id, area.category, draft)
    enter(posted.thread_id, area.id, from_post_id=post.id)
    change_thread(post.thread_id)  # its page leads to the idea from now on
    audit.record(actor, "idea.make", ("idea", posted.thread_id), after={"post": post.id, "area": area.slug})
    events.publish(PostMadeIdea(posted.thread_id, post.id, actor.id))
    return posted
