"""Events after which something in the index is no longer true: what they are about is noted for the worker's round."""

from forum.ideas.events import IdeasMerged, IdeasUnmerged
from forum.members.events import BanLifted, MemberBanned, MemberConfirmed, MembersImported, ProfileChanged
from forum.search import pending
from forum.threads.events import (
    PostDeleted,
    PostEdited,
    PostRemoved,
    PostRestored,
    PostsMoved,
    ReplyPosted,
    ThreadMoved,
    ThreadRenamed,
    ThreadsImported,
    ThreadStarted,
    ThreadTagged,
)


def on_post_written(event: ThreadStarted | ReplyPosted | PostEdited) -> None:
    """A post is there, or has another text."""
    pending.note_posts([event.post_id])


def on_post_hidden_or_shown(event: PostDeleted | PostRestored | PostRemoved) -> None:
    """With its first post, a whole thread goes and comes back."""
    if pending.first_post(event.thread_id) == [event.post_id]:
        pending.note_thread(event.thread_id)
    else:
        pending.note_posts([event.post_id])


def on_thread_named(event: ThreadRenamed | ThreadTagged) -> None:
    """Title and tags stand with the first post."""
    pending.note_posts(pending.first_post(event.thread_id))


def on_thread_moved(event: ThreadMoved) -> None:
    """All its posts are in another category."""
    pending.note_thread(event.thread_id)


def on_threads_imported(event: ThreadsImported) -> None:
    """Which posts are new isn't said: all of these threads."""
    for thread_id in event.thread_ids:
        pending.note_thread(thread_id)


def on_posts_moved(event: PostsMoved) -> None:
    """They belong to another thread, in another category perhaps."""
    pending.note_posts(event.post_ids)


def on_ideas_merged_or_unmerged(event: IdeasMerged | IdeasUnmerged) -> None:
    """The source is hidden, or shown again."""
    pending.note_thread(event.source_id)


def on_member_changed(event: MemberConfirmed | ProfileChanged | MemberBanned | BanLifted) -> None:
    """A member is there for others, or has another name."""
    pending.note_members([event.member_id])


def on_members_imported(event: MembersImported) -> None:
    """Imported members are public at once."""
    pending.note_members(event.member_ids)
