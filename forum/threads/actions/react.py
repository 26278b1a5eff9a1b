"""Reactions."""

from sqlalchemy import delete, update

from forum import access
from forum.core import clock, events
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Invalid
from forum.threads.actions.counters import change_activity, change_thread
from forum.threads.events import ReactionAdded, ReactionWithdrawn
from forum.threads.models import POSTS, REACTION_ROWS, REACTIONS
from forum.threads.queries.rows import PostRow


def react(actor: Actor, post: PostRow, kind: str, on: bool) -> int:
    """Sets or withdraws one reaction; returns how many of this kind the post has now. `post` comes locked.

    Doing it twice changes nothing. Raises Invalid for an unknown kind.
    """
    if kind not in REACTIONS:
        raise Invalid("unknown-choice", "kind")
    access.require(actor, "post.react", post)
    if on:
        changed = db.session.execute(
            insert(REACTION_ROWS)
            .values(post_id=post.id, member_id=actor.member_id, kind=kind, created_at=clock.now())
            .on_conflict_do_nothing()
            .returning(REACTION_ROWS.c.post_id)
        ).first()
    else:
        changed = db.session.execute(
            delete(REACTION_ROWS)
            .where(
                REACTION_ROWS.c.post_id == post.id,
                REACTION_ROWS.c.member_id == actor.member_id,
                REACTION_ROWS.c.kind == kind,
            )
            .returning(REACTION_ROWS.c.post_id)
        ).first()
    if changed is None:
        return post.counts[kind]
    by = 1 if on else -1
    column = POSTS.c[f"{kind}_count"]
    db.session.execute(update(POSTS).where(POSTS.c.id == post.id).values({column: column + by}))
    change_thread(post.thread.id)
    change_activity(post.author_id, post.thread.category_id, reactions=by)
    happened = ReactionAdded if on else ReactionWithdrawn
    events.publish(happened(post.id, actor.member_id, kind))
    return post.counts[kind] + by
