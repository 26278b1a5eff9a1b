"""What can be done to conversations: who acts comes first, the gate is asked, the caller has the transaction."""

from forum.members.models import MOST_CALLED
from forum.threads.actions.calling import CALLS_A_DAY
from forum.threads.actions.categories import (
    OPEN_TO_ALL,
    TEAM_STARTS,
    CategoryDraft,
    check_way_in,
    create_category,
    forget_group,
    move_category,
    set_grants,
    update_category,
)
from forum.threads.actions.change import delete_post, edit_post, remove_post, restore_post, unremove_post
from forum.threads.actions.drafting import (
    Posted,
    ReplyDraft,
    ThreadDraft,
    Written,
    check_title,
    draft_of_thread,
    fold_tag,
    tags_of,
    write,
)
from forum.threads.actions.drafts import discard_at, discard_draft, keep_beside, save_draft
from forum.threads.actions.emptying import MOVED_AT_ONCE, delete_category, move_some_threads
from forum.threads.actions.pictures import note_pictures_beside
from forum.threads.actions.publish import begin_thread, post_reply, start_thread, started_before
from forum.threads.actions.react import react
from forum.threads.actions.reading import follow, mark_all_read, mark_read
from forum.threads.actions.steer import close, mark_solution, move, pin, rename, reopen, tag, unmark_solution, unpin
from forum.threads.actions.transplant import Place, merge_thread, opens, unmerge_thread

__all__ = [
    "CALLS_A_DAY",
    "MOST_CALLED",
    "MOVED_AT_ONCE",
    "OPEN_TO_ALL",
    "TEAM_STARTS",
    "CategoryDraft",
    "Place",
    "Posted",
    "ReplyDraft",
    "ThreadDraft",
    "Written",
    "begin_thread",
    "check_title",
    "check_way_in",
    "close",
    "create_category",
    "delete_category",
    "delete_post",
    "discard_at",
    "discard_draft",
    "draft_of_thread",
    "edit_post",
    "fold_tag",
    "follow",
    "forget_group",
    "keep_beside",
    "mark_all_read",
    "mark_read",
    "mark_solution",
    "merge_thread",
    "move",
    "move_category",
    "move_some_threads",
    "note_pictures_beside",
    "opens",
    "pin",
    "post_reply",
    "react",
    "remove_post",
    "rename",
    "reopen",
    "restore_post",
    "save_draft",
    "set_grants",
    "start_thread",
    "started_before",
    "tag",
    "tags_of",
    "unmark_solution",
    "unmerge_thread",
    "unpin",
    "unremove_post",
    "update_category",
    "write",
]
