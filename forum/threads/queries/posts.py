"""Single posts, what a member wrote, and what is kept of a post as evidence."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, tuple_

from forum import access
from forum.core import paging
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.core.paging import Page
from forum.media.queries import named_in
from forum.members.models import MEMBERS
from forum.threads.models import ACTIVITIES, POSTS, PUBLISHED, REACTION_ROWS, REVISIONS, SUBSCRIPTIONS, THREADS
from forum.threads.policy import readable_posts
from forum.threads.queries.categories import STAMP, catalogue
from forum.threads.queries.page import shorten
from forum.threads.queries.people import person, person_columns
from forum.threads.queries.rows import ActivitySum, PostRow, RecentPost, RevisionRow

CONTEXT_POSTS = 2
POSTS_OF = 20


def history(actor: Actor, post: PostRow) -> Sequence[RevisionRow]:
    """Every text the post has had, the first one first. Raises Denied for who may not see it."""
    access.require(actor, "post.history", post)
    former = (
        select(REVISIONS.c.number, REVISIONS.c.body, REVISIONS.c.at, *person_columns(MEMBERS))
        .select_from(REVISIONS.outerjoin(MEMBERS, MEMBERS.c.id == REVISIONS.c.author_id))
        .where(REVISIONS.c.post_id == post.id)
        .order_by(REVISIONS.c.number)
    )
    found = [RevisionRow(row[0], row[1], row[2], person(row[3:])) for row in db.session.execute(former)]
    writer = POSTS.c.author_id if post.revision == 1 else POSTS.c.edited_by_id
    present = (
        select(*person_columns(MEMBERS)).join_from(POSTS, MEMBERS, MEMBERS.c.id == writer).where(POSTS.c.id == post.id)
    )
    last = db.session.execute(present).first()
    found.append(
        RevisionRow(post.revision, post.body, post.edited_at or post.created_at, person(last) if last else None)
    )
    return found


def posts_of(actor: Actor, member_id: int, before: str | None = None, most: int = POSTS_OF) -> Page[RecentPost]:
    """The posts of a member that the actor may read, the newest first. Raises NotFound for a cursor that isn't ours."""
    order = (POSTS.c.created_at, POSTS.c.id)
    statement = (
        select(
            POSTS.c.id,
            POSTS.c.number,
            POSTS.c.thread_id,
            THREADS.c.kind,
            THREADS.c.slug,
            THREADS.c.title,
            POSTS.c.language,
            POSTS.c.html,
            POSTS.c.created_at,
            THREADS.c.category_id,
            STAMP.label("stamp"),
        )
        .join_from(POSTS, THREADS, THREADS.c.id == POSTS.c.thread_id)
        .where(POSTS.c.author_id == member_id, POSTS.c.state == PUBLISHED, THREADS.c.state == PUBLISHED)
        .where(readable_posts(actor))
        .order_by(*(column.desc() for column in order))
        .limit(most + 1)
    )
    if (position := paging.decode(before, int, int)) is not None:
        statement = statement.where(tuple_(*order) < (paging.moment(position[0]), position[1]))
    rows = db.session.execute(statement).all()
    if not rows:
        return Page(())
    categories = catalogue(rows[0].stamp).rows(actor.language)
    found = [
        RecentPost(
            id=row.id,
            number=row.number,
            thread_id=row.thread_id,
            thread_kind=row.kind,
            thread_slug=row.slug,
            thread_title=row.title,
            language=row.language,
            excerpt=shorten(row.html, 200),
            created_at=row.created_at,
            category=categories[row.category_id],
        )
        for row in rows
    ]
    return paging.cut(found, most, lambda post: paging.encode(paging.micros(post.created_at), post.id))


def activity_of(actor: Actor, member_id: int) -> ActivitySum:
    """What a member did, summed over the categories that the actor may see."""
    visible = [row.id for row in catalogue().visible(actor)]
    row = db.session.execute(
        select(
            func.coalesce(func.sum(ACTIVITIES.c.threads), 0),
            func.coalesce(func.sum(ACTIVITIES.c.posts), 0),
            func.coalesce(func.sum(ACTIVITIES.c.reactions_received), 0),
            func.coalesce(func.sum(ACTIVITIES.c.solutions), 0),
        ).where(ACTIVITIES.c.member_id == member_id, ACTIVITIES.c.category_id.in_(visible))
    ).one()
    return ActivitySum(*(int(value) for value in row))


def post_counts(actor: Actor, member_ids: Iterable[int], stamp: str | None = None) -> Mapping[int, int]:
    """How many posts each of these members has written in categories that the actor may see; one statement."""
    visible = [row.id for row in catalogue(stamp).visible(actor)]
    wanted = ACTIVITIES.c.member_id.in_(set(member_ids)), ACTIVITIES.c.category_id.in_(visible)
    summed = select(ACTIVITIES.c.member_id, func.sum(ACTIVITIES.c.posts)).where(*wanted)
    return {id: int(posts) for id, posts in db.session.execute(summed.group_by(ACTIVITIES.c.member_id))}


def snapshot(post_id: int) -> dict[str, Any]:
    """A copy of a post, with its neighbours, in plain JSON values: what a report is about stays known as it was.

    Raises NotFound when there is no such post. It asks nobody's permission: the caller has.
    """
    columns = (
        POSTS.c.id,
        POSTS.c.number,
        POSTS.c.author_id,
        POSTS.c.body,
        POSTS.c.html,
        POSTS.c.language,
        POSTS.c.created_at,
        POSTS.c.edited_at,
        POSTS.c.revision,
        POSTS.c.state,
        POSTS.c.thread_id,
        THREADS.c.title,
        THREADS.c.slug,
        THREADS.c.category_id,
        MEMBERS.c.username,
        MEMBERS.c.display_name,
    )
    source = POSTS.join(THREADS, THREADS.c.id == POSTS.c.thread_id).outerjoin(
        MEMBERS, MEMBERS.c.id == POSTS.c.author_id
    )
    post = db.session.execute(select(*columns).select_from(source).where(POSTS.c.id == post_id)).first()
    if post is None:
        raise NotFound
    around: Sequence[Any] = ()
    if post.number is not None:
        numbers = [
            *range(post.number - CONTEXT_POSTS, post.number),
            *range(post.number + 1, post.number + CONTEXT_POSTS + 1),
        ]
        around = db.session.execute(
            select(POSTS.c.number, POSTS.c.html, POSTS.c.language, POSTS.c.created_at, MEMBERS.c.display_name)
            .select_from(POSTS.outerjoin(MEMBERS, MEMBERS.c.id == POSTS.c.author_id))
            .where(POSTS.c.thread_id == post.thread_id, POSTS.c.state == PUBLISHED, POSTS.c.number.in_(numbers))
            .order_by(POSTS.c.number)
        ).all()
    return {
        "post_id": post.id,
        "thread_id": post.thread_id,
        "category_id": post.category_id,
        "number": post.number,
        "title": post.title,
        "slug": post.slug,
        "body": post.body,
        "html": post.html,
        "language": post.language,
        "revision": post.revision,
        "state": post.state,
        "created_at": post.created_at.isoformat(),
        "edited_at": post.edited_at.isoformat() if post.edited_at else None,
        "author": {"id": post.author_id, "username": post.username, "display_name": post.display_name},
        "attachments": [{"name": name, "sha256": sha256} for name, sha256 in named_in(post.html)],
        "context": [
            {
                "number": one.number,
                "author": one.display_name,
                "html": one.html,
                "language": one.language,
                "created_at": one.created_at.isoformat(),
            }
            for one in around
        ],
    }


def followers(thread_id: int) -> frozenset[int]:
    """Members who want to hear of every reply: who watches the thread, and who started it and never chose."""
    chosen = select(SUBSCRIPTIONS.c.member_id).where(SUBSCRIPTIONS.c.thread_id == thread_id)
    watching = chosen.where(SUBSCRIPTIONS.c.level == "watching")
    starter = select(THREADS.c.author_id).where(
        THREADS.c.id == thread_id, THREADS.c.author_id.is_not(None), THREADS.c.author_id.not_in(chosen)
    )
    return frozenset(db.session.scalars(watching.union(starter)))


def levels(thread_id: int, member_ids: Iterable[int]) -> dict[int, str]:
    """How closely each of these members follows the thread, where they said so."""
    rows = db.session.execute(
        select(SUBSCRIPTIONS.c.member_id, SUBSCRIPTIONS.c.level).where(
            SUBSCRIPTIONS.c.thread_id == thread_id, SUBSCRIPTIONS.c.member_id.in_(list(member_ids))
        )
    )
    return {row.member_id: row.level for row in rows}


def own_reactions(actor: Actor, post_id: int) -> frozenset[str]:
    """The kinds of reaction that the actor has set on a post."""
    rows = db.session.scalars(
        select(REACTION_ROWS.c.kind).where(REACTION_ROWS.c.post_id == post_id, REACTION_ROWS.c.member_id == actor.id)
    )
    return frozenset(rows)
