"""What other rooms' events mean for ideas: whose votes count, and what has changed since somebody last asked."""

from sqlalchemy import select, update

from forum.core import clock, jobs
from forum.core.database import db
from forum.ideas.actions.counting import recount_of_member, touch
from forum.ideas.events import IdeasMerged, IdeasUnmerged
from forum.ideas.models import AREAS, IDEAS
from forum.members.events import BanLifted, MemberBanned, MemberConfirmed, MemberSilenced, RolesChanged, SilenceLifted
from forum.members.models import MEMBERS
from forum.threads.actions.counters import change_thread
from forum.threads.events import (
    PostDeleted,
    PostEdited,
    PostRemoved,
    PostRestored,
    ReactionAdded,
    ReactionWithdrawn,
    ReplyPosted,
    ThreadMoved,
    ThreadRenamed,
    ThreadTagged,
)
from forum.threads.models import POSTS, THREADS

# ---------------------------------------------------------------- whose votes count


def on_member_confirmed(event: MemberConfirmed) -> None:
    """Votes that were waiting for the address count now."""
    recount_of_member(event.member_id)


def on_member_silenced(event: MemberSilenced) -> None:
    """The member's votes don't count until the silence ends by itself, for which a job is asked."""
    recount_of_member(event.member_id)
    until = db.session.scalar(select(MEMBERS.c.silenced_until).where(MEMBERS.c.id == event.member_id))
    if until is not None and until > clock.now():
        jobs.enqueue(
            "ideas.recount_member",
            at=until,
            unique_key=f"ideas.recount_member:{event.member_id}@{until.isoformat()}",
            member_id=event.member_id,
        )


def on_silence_lifted(event: SilenceLifted) -> None:
    """The member's votes count again."""
    recount_of_member(event.member_id)


def on_member_banned(event: MemberBanned) -> None:
    """The member's votes don't count any more."""
    recount_of_member(event.member_id)


def on_ban_lifted(event: BanLifted) -> None:
    """The member's votes count again."""
    recount_of_member(event.member_id)


def on_roles_changed(event: RolesChanged) -> None:
    """The member's votes count among those of the team now, or no longer."""
    recount_of_member(event.member_id)


# ---------------------------------------------------------------- what has changed


def on_reply_posted(event: ReplyPosted) -> None:
    """An idea has one comment more."""
    _changed(event.thread_id)


def on_post_edited(event: PostEdited) -> None:
    """An idea or a comment has another text."""
    _changed(event.thread_id)


def on_post_deleted(event: PostDeleted) -> None:
    """An idea or a comment was taken back."""
    _changed_for_all(event.thread_id)


def on_post_restored(event: PostRestored) -> None:
    """An idea or a comment is there again."""
    _changed_for_all(event.thread_id)


def on_post_removed(event: PostRemoved) -> None:
    """An idea or a comment was removed."""
    _changed_for_all(event.thread_id)


def on_reaction_added(event: ReactionAdded) -> None:
    """Which comments have the most reactions may be another answer now."""
    _of_post(event.post_id)


def on_reaction_withdrawn(event: ReactionWithdrawn) -> None:
    """Which comments have the most reactions may be another answer now."""
    _of_post(event.post_id)


def on_thread_renamed(event: ThreadRenamed) -> None:
    """An idea has another title."""
    _changed_for_all(event.thread_id)


def on_thread_tagged(event: ThreadTagged) -> None:
    """An idea has other tags."""
    _changed(event.thread_id)


def on_thread_moved(event: ThreadMoved) -> None:
    """An idea is in another category: it leaves an area that isn't of this one."""
    _named_elsewhere(event.thread_id)  # first: threads are locked before ideas
    category_id = select(THREADS.c.category_id).where(THREADS.c.id == event.thread_id).scalar_subquery()
    fitting = select(AREAS.c.id).where(AREAS.c.category_id == category_id)
    db.session.execute(
        update(IDEAS).where(IDEAS.c.thread_id == event.thread_id, IDEAS.c.area_id.not_in(fitting)).values(area_id=None)
    )
    _changed(event.thread_id)


def on_ideas_merged(event: IdeasMerged) -> None:
    """A post that became the one idea leads to the other now."""
    _named_elsewhere(event.target_id)


def on_ideas_unmerged(event: IdeasUnmerged) -> None:
    """A post that became the idea leads to it again."""
    _named_elsewhere(event.source_id)


def _of_post(post_id: int) -> None:
    thread_id = db.session.scalar(select(POSTS.c.thread_id).where(POSTS.c.id == post_id))
    if thread_id is not None:
        _changed(thread_id)


def _changed_for_all(thread_id: int) -> None:
    """Of an idea, or a post of one, that others may name: in the order of locks, threads before ideas."""
    _named_elsewhere(thread_id)
    _changed(thread_id)


def _named_elsewhere(idea_id: int) -> None:
    """Moves the version of the conversations with a post that became this idea, or one merged into it: their pages name
    it, for whom it is there."""
    places = select(POSTS.c.thread_id).join_from(IDEAS, POSTS, POSTS.c.id == IDEAS.c.from_post_id)
    found = db.session.scalars(places.where(IDEAS.c.root_id == idea_id).distinct().order_by(POSTS.c.thread_id))
    for thread_id in found.all():
        change_thread(thread_id)


def _changed(thread_id: int) -> None:
    """Touches the idea, and the one into which it was merged, whose page shows it."""
    root_id = db.session.scalar(select(IDEAS.c.root_id).where(IDEAS.c.thread_id == thread_id))
    if root_id is None:
        return
    if root_id != thread_id:
        change_thread(root_id)
    touch({thread_id, root_id})
