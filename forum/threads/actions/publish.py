"""Starting threads and replying."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy import insert as plain_insert
from sqlalchemy.exc import IntegrityError

from forum import access
from forum.core import clock, events
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Conflict, Invalid
from forum.threads.actions.calling import call_groups
from forum.threads.actions.counters import change_activity, change_category, change_thread
from forum.threads.actions.drafting import Posted, ReplyDraft, ThreadDraft, Written, check_kind, check_title, unique
from forum.threads.actions.pictures import note_pictures
from forum.threads.actions.reading import note_read
from forum.threads.events import ReplyPosted, ThreadStarted
from forum.threads.models import CATEGORIES, DRAFTS, POSTS, PUBLISHED, SUBSCRIPTIONS, THREAD_TAGS, THREADS
from forum.threads.queries.doors import said_last, sent_before
from forum.threads.queries.rows import CategoryRow, PostRow, ThreadRow


def _posted(post: PostRow) -> Posted:
    return Posted(post.thread.id, post.id, post.number or 1, post.thread.slug, post.thread.kind)


def _text_values(written: Written) -> dict[str, Any]:
    return {
        "body": written.body,
        "html": written.html,
        "html_version": written.version,
        "language": written.language,
    }


def _insert_post(author_id: int | None, thread_id: int, number: int, written: Written, **values: Any) -> int:
    try:
        post_id = int(
            db.session.execute(
                plain_insert(POSTS)
                .values(
                    thread_id=thread_id,
                    number=number,
                    author_id=author_id,
                    state=PUBLISHED,
                    revision=1,
                    **_text_values(written),
                    **values,
                )
                .returning(POSTS.c.id)
            ).scalar_one()
        )
    except IntegrityError as error:  # the same form arrived at two places in the same moment
        raise Conflict("sent-twice-changed") from error
    note_pictures([(post_id, written.html)])
    return post_id


def follow_quietly(member_id: int, thread_id: int, level: str) -> None:
    """Follows a thread one takes part in, unless the member has chosen a level already."""
    db.session.execute(
        insert(SUBSCRIPTIONS).values(thread_id=thread_id, member_id=member_id, level=level).on_conflict_do_nothing()
    )


def write_tags(thread_id: int, tags: tuple[str, ...]) -> None:
    """Puts the rows by which a tag's page finds its threads."""
    db.session.execute(delete(THREAD_TAGS).where(THREAD_TAGS.c.thread_id == thread_id))
    if tags:
        db.session.execute(plain_insert(THREAD_TAGS), [{"tag": tag, "thread_id": thread_id} for tag in tags])


def start_thread(actor: Actor, category: CategoryRow, draft: ThreadDraft) -> Posted:
    """Publishes a thread with its first post. The same form sent again gives the same answer.

    Raises Conflict (`sent-twice-changed`) for the same form with another text, Invalid for a title that won't do.
    """
    access.require(actor, "thread.start", category)
    check_kind(draft.kind)
    known = started_before(actor, category, draft)
    if known is not None:
        return known
    posted = begin_thread(actor.member_id, category, draft)
    note_read(actor, posted.thread_id, 1)
    return posted


def started_before(actor: Actor, category: CategoryRow, draft: ThreadDraft) -> Posted | None:
    """What the same form has started already, if it has; holds the category's row, so that of two at once one waits.

    Raises Conflict (`sent-twice-changed`) for the same form with another text, Invalid for a title that won't do and
    for a category that was deleted meanwhile.
    """
    check_title(draft.title)
    held = select(CATEGORIES.c.id).where(CATEGORIES.c.id == category.id).with_for_update()
    if db.session.scalar(held) is None:
        raise Invalid("choose-category", "category")
    known = sent_before(actor, draft.submission_id or "")
    if known is None:
        return None
    if (known.body, known.number, known.thread.title) != (draft.written.body, 1, draft.title):
        raise Conflict("sent-twice-changed")
    return _posted(known)


def begin_thread(author_id: int | None, category: CategoryRow, draft: ThreadDraft) -> Posted:
    """Writes a thread of any kind with its first post, in the name of this member (None: of a former one).

    For rooms whose things are threads: they have asked their own policy and hold the category's row.
    """
    now = clock.now()
    thread_id = int(
        db.session.execute(
            plain_insert(THREADS)
            .values(
                category_id=category.id,
                kind=draft.kind,
                title=draft.title,
                slug=draft.slug,
                language=draft.written.language,
                author_id=author_id,
                state=PUBLISHED,
                created_at=now,
                excerpt=draft.written.excerpt,
                tags=list(draft.tags),
                last_number=1,
                post_count=1,
                last_post_at=now,
                last_author_id=author_id,
                version=1,
            )
            .returning(THREADS.c.id)
        ).scalar_one()
    )
    post_id = _insert_post(author_id, thread_id, 1, draft.written, created_at=now, submission_id=draft.submission_id)
    if draft.tags:
        write_tags(thread_id, draft.tags)
    change_category(category.id, threads=1, posts=1)
    change_activity(author_id, category.id, threads=1, posts=1)
    if author_id is not None:
        follow_quietly(author_id, thread_id, "watching")
    mentions = unique(draft.written.mentions, without=author_id)
    groups = call_groups(author_id, post_id, draft.written.groups) if author_id is not None else []
    events.publish(ThreadStarted(thread_id, post_id, author_id, mentions, groups))
    return Posted(thread_id, post_id, 1, draft.slug, draft.kind)


def _answered(thread: ThreadRow, number: int | None) -> tuple[int | None, int | None]:
    """Id and author of the post that a reply answers."""
    if number is None:
        return None, None
    row = db.session.execute(
        select(POSTS.c.id, POSTS.c.author_id).where(
            POSTS.c.thread_id == thread.id, POSTS.c.number == number, POSTS.c.state == PUBLISHED
        )
    ).first()
    return (None, None) if row is None else (row.id, row.author_id)


def post_reply(actor: Actor, thread: ThreadRow, draft: ReplyDraft) -> Posted:
    """Publishes a reply with the next number; `thread` comes locked from `get_thread`.

    The same form sent again gives the same answer. So does a form with a text that its author has just sent: after the
    browser's back button it may stand in a new form. Raises Conflict for a closed thread and for the same form with
    another text (`sent-twice-changed`).
    """
    known = sent_before(actor, draft.submission_id or "")
    if known is not None:
        if (known.body, known.thread.id) != (draft.written.body, thread.id):
            raise Conflict("sent-twice-changed")
        return _posted(known)
    access.require(actor, "thread.reply", thread)
    if draft.submission_id is not None:
        repeated = said_last(actor, thread, draft.written.body, draft.reply_to_number)
        if repeated is not None:
            return _posted(repeated)
    if not draft.written.body:
        raise Invalid("required", "body")
    now = clock.now()
    number = thread.last_number + 1
    answered_id, answered_author = _answered(thread, draft.reply_to_number)
    post_id = _insert_post(
        actor.member_id,
        thread.id,
        number,
        draft.written,
        created_at=now,
        submission_id=draft.submission_id,
        reply_to_id=answered_id,
        reply_to_number=draft.reply_to_number if answered_id is not None else None,
    )
    change_thread(
        thread.id,
        last_number=number,
        post_count=THREADS.c.post_count + 1,
        last_post_at=now,
        last_author_id=actor.id,
    )
    change_category(thread.category_id, posts=1)
    change_activity(actor.id, thread.category_id, posts=1)
    if thread.author_id != actor.id:  # who started it watches it without a row, and shall go on doing so
        follow_quietly(actor.member_id, thread.id, "tracking")
    db.session.execute(delete(DRAFTS).where(DRAFTS.c.member_id == actor.id, DRAFTS.c.place == f"thread:{thread.id}"))
    note_read(actor, thread.id, number)
    quoted = [*draft.written.quoted, *([answered_author] if answered_author is not None else [])]
    events.publish(
        ReplyPosted(
            thread.id,
            post_id,
            actor.member_id,
            unique(draft.written.mentions, without=actor.id),
            unique(quoted, without=actor.id),
            call_groups(actor.member_id, post_id, draft.written.groups),
        )
    )
    return Posted(thread.id, post_id, number, thread.slug, thread.kind)
