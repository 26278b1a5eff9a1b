"""Who may do what with categories, threads and posts.

The moderators of a category are those whose role keeps order everywhere, and the members of groups that may moderate it
(`keeps_order`).
"""

from typing import Any, Protocol

from forum.access import YES, Decision, absent, conflict, no, publishing, rule
from forum.core.actor import EVERYONE, MEMBERS, Actor
from forum.threads.models import DELETED, HELD, IDEA, MERGED, MODERATE, PUBLISHED, REPLY, SEE, START

MODERATORS = ("moderator", "manager", "admin")
MANAGE = ("manager", "admin")


class CategoryLike(Protocol):
    """What the rules need to know of a category."""

    @property
    def grants(self) -> frozenset[tuple[str, int]]: ...


class ThreadLike(Protocol):
    """What the rules need to know of a thread."""

    @property
    def category(self) -> CategoryLike: ...
    @property
    def author_id(self) -> int | None: ...
    @property
    def state(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def is_closed(self) -> bool: ...


class PostLike(Protocol):
    """What the rules need to know of a post."""

    @property
    def thread(self) -> ThreadLike: ...
    @property
    def author_id(self) -> int | None: ...
    @property
    def number(self) -> int | None: ...
    @property
    def state(self) -> str: ...
    @property
    def hidden_by_id(self) -> int | None: ...
    @property
    def has_answers_of_others(self) -> bool: ...


def moderating_groups(actor: Actor) -> frozenset[int]:
    """The groups by which the actor may keep order: none while they may not publish, and none that hold everybody."""
    return actor.group_ids - {EVERYONE, MEMBERS} if publishing(actor) else frozenset()


def keeps_order(actor: Actor, category: CategoryLike) -> bool:
    """Whether the actor is one of this category's moderators: by a role, or by a group as long as they may publish."""
    if actor.has_role(*MODERATORS):
        return True
    return any((MODERATE, group_id) in category.grants for group_id in moderating_groups(actor))


def _moderates(actor: Actor, thread: ThreadLike) -> bool:
    """Whether the actor keeps order in this thread: its category's moderators, and the product team among ideas."""
    return keeps_order(actor, thread.category) or (thread.kind == IDEA and actor.has_role("product"))


def _is_granted(actor: Actor, verb: str, category: CategoryLike) -> bool:
    if actor.has_role(*MODERATORS):
        return True
    # Whose groups rest chooses a place for a draft as members do; publishing waits for the confirmation by itself.
    groups = actor.group_ids if verb == SEE or actor.is_guest else actor.group_ids | {MEMBERS}
    return any((one, group_id) in category.grants for one in (verb, MODERATE) for group_id in groups)


def _is_own(actor: Actor, thing: ThreadLike | PostLike) -> bool:
    return actor.id is not None and thing.author_id == actor.id


# ---------------------------------------------------------------- categories


@rule("category.read")
def _read_category(actor: Actor, category: CategoryLike) -> Decision:
    """Whoever's groups may see it, and the moderators."""
    return YES if _is_granted(actor, SEE, category) else absent()


@rule("category.manage")
def _manage_categories(actor: Actor, _thing: Any) -> Decision:
    """Making, changing and ordering categories, and saying which groups may do what in them."""
    return YES if actor.has_role(*MANAGE) else no("staff-only")


@rule("category.choose")
def _choose_category(actor: Actor, category: CategoryLike) -> Decision:
    """Whether the category belongs among those to choose from when a thread is started or moved."""
    if not _is_granted(actor, SEE, category):
        return absent()
    return YES if _is_granted(actor, START, category) else no("category-no-start")


@rule("thread.start")
def _start(actor: Actor, category: CategoryLike) -> Decision:
    """Whoever may publish, where their groups may start threads."""
    if not _is_granted(actor, SEE, category):
        return absent()
    allowed = publishing(actor)
    if allowed and not _is_granted(actor, START, category):
        return no("category-no-start")
    return allowed


# ---------------------------------------------------------------- threads


@rule("thread.read")
def _read_thread(actor: Actor, thread: ThreadLike) -> Decision:
    """Whoever may see its category; deleted or held: its author and the moderators; removed: the moderators."""
    if not _is_granted(actor, SEE, thread.category):
        return absent()
    if thread.state == PUBLISHED or keeps_order(actor, thread.category):
        return YES
    if thread.state in {DELETED, HELD} and _is_own(actor, thread):
        return YES
    return absent()


def _change(actor: Actor, thread: ThreadLike, *, own: bool) -> Decision:
    readable = _read_thread(actor, thread)
    if not readable:
        return readable
    if _moderates(actor, thread):
        return YES
    if not (own and _is_own(actor, thread)):
        return no("sign-in") if actor.is_guest else no("staff-only" if not own else "not-yours")
    allowed = publishing(actor)
    if allowed and thread.is_closed:
        return _closed(thread)
    return allowed


def _closed(thread: ThreadLike) -> Decision:
    """What stands in a closed thread stays as it is."""
    return conflict("idea-closed" if thread.kind == IDEA else "thread-closed")


@rule("thread.reply")
def _reply(actor: Actor, thread: ThreadLike) -> Decision:
    """Whoever may publish, where their groups may reply, while it is open."""
    readable = _read_thread(actor, thread)
    if not readable:
        return readable
    if thread.state != PUBLISHED:
        return conflict("thread-hidden")
    if thread.is_closed:
        return _closed(thread)
    allowed = publishing(actor)
    if allowed and not _is_granted(actor, REPLY, thread.category):
        return no("category-no-reply")
    return allowed


@rule("thread.edit")
def _edit_thread(actor: Actor, thread: ThreadLike) -> Decision:
    """Its author while it is open, and the moderators."""
    return _change(actor, thread, own=True)


@rule("thread.tag")
def _tag(actor: Actor, thread: ThreadLike) -> Decision:
    """Its author while it is open, and the moderators."""
    return _change(actor, thread, own=True)


@rule("thread.move")
def _move(actor: Actor, thread: ThreadLike) -> Decision:
    """The moderators; of both categories, so it is asked of the thread as it stands and as it would."""
    return _change(actor, thread, own=False)


@rule("thread.close")
def _close(actor: Actor, thread: ThreadLike) -> Decision:
    """The moderators."""
    return _change(actor, thread, own=False)


@rule("thread.pin")
def _pin(actor: Actor, thread: ThreadLike) -> Decision:
    """The moderators."""
    return _change(actor, thread, own=False)


@rule("thread.merge")
def _merge(actor: Actor, thread: ThreadLike) -> Decision:
    """The moderators, while it is public."""
    changeable = _change(actor, thread, own=False)
    return conflict("thread-hidden") if changeable and thread.state != PUBLISHED else changeable


@rule("thread.unmerge")
def _unmerge(actor: Actor, thread: ThreadLike) -> Decision:
    """The moderators, of a thread that was merged into another."""
    if not _is_granted(actor, SEE, thread.category):
        return absent()
    if not _moderates(actor, thread):
        return no("sign-in") if actor.is_guest else no("staff-only")
    return YES if thread.state == MERGED else conflict("not-merged")


@rule("thread.solve")
def _solve(actor: Actor, thread: ThreadLike) -> Decision:
    """The author of a question while it is open, and the moderators."""
    changeable = _change(actor, thread, own=True)
    if changeable and thread.kind != "question":
        return conflict("not-a-question")
    return changeable


@rule("thread.follow")
def _follow(actor: Actor, thread: ThreadLike) -> Decision:
    """Every member who may read it."""
    readable = _read_thread(actor, thread)
    if not readable:
        return readable
    return no("sign-in") if actor.is_guest else YES


# ---------------------------------------------------------------- posts


@rule("post.read")
def _read_post(actor: Actor, post: PostLike) -> Decision:
    """Whoever may read its thread; deleted or held: its author and the moderators; removed: the moderators."""
    readable = _read_thread(actor, post.thread)
    if not readable:
        return readable
    if post.state == PUBLISHED or keeps_order(actor, post.thread.category):
        return YES
    if post.state in {DELETED, HELD} and _is_own(actor, post):
        return YES
    return absent()


@rule("post.edit")
def _edit_post(actor: Actor, post: PostLike) -> Decision:
    """Its author while the thread is open, and the moderators."""
    readable = _read_post(actor, post)
    if not readable:
        return readable
    if actor.is_guest:
        return no("sign-in")
    if not (_is_own(actor, post) or _moderates(actor, post.thread)):
        return no("not-yours")
    if post.state != PUBLISHED:
        return conflict("post-hidden")
    allowed = publishing(actor)
    if allowed and post.thread.is_closed and not _moderates(actor, post.thread):
        return _closed(post.thread)
    return allowed


@rule("post.delete")
def _delete(actor: Actor, post: PostLike) -> Decision:
    """Its author; the first post only while nobody else has replied."""
    readable = _read_post(actor, post)
    if not readable:
        return readable
    if actor.is_guest:
        return no("sign-in")
    if actor.is_banned:
        return no("banned")
    if not _is_own(actor, post):
        return no("not-yours")
    if post.state != PUBLISHED:
        return conflict("post-hidden")
    if post.number == 1 and post.has_answers_of_others:
        return conflict("others-replied")
    return YES


@rule("post.restore")
def _restore(actor: Actor, post: PostLike) -> Decision:
    """Its author, if they deleted it themselves."""
    readable = _read_post(actor, post)
    if not readable:
        return readable
    if not _is_own(actor, post) or post.hidden_by_id != actor.id:
        return no("sign-in") if actor.is_guest else no("not-yours")
    if post.state != DELETED:
        return conflict("post-not-deleted")
    return publishing(actor)


@rule("post.remove")
def _remove(actor: Actor, post: PostLike) -> Decision:
    """The moderators."""
    return _read_post(actor, post) if keeps_order(actor, post.thread.category) else no("staff-only")


@rule("post.react")
def _react(actor: Actor, post: PostLike) -> Decision:
    """Whoever may publish, on the posts of others."""
    readable = _read_post(actor, post)
    if not readable:
        return readable
    if post.state != PUBLISHED or post.thread.state != PUBLISHED:
        return conflict("post-hidden")
    allowed = publishing(actor)
    if allowed and _is_own(actor, post):
        return no("own-post")
    return allowed


@rule("post.history")
def _history(actor: Actor, post: PostLike) -> Decision:
    """Every member who may read the post."""
    readable = _read_post(actor, post)
    if readable and actor.is_guest:
        return no("sign-in")
    return readable


@rule("draft.write")
def _draft(actor: Actor, _thing: Any) -> Decision:
    """Every member who is not banned."""
    if actor.is_guest:
        return no("sign-in")
    return no("banned") if actor.is_banned else YES
