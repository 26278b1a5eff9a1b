"""Telling members, once for each kind and subject, and noting what they have seen and what they may read no more."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, delete, select, update

from forum.access import require
from forum.core import clock, jobs
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import NotFound
from forum.core.locale import languages
from forum.members import actions as members
from forum.members.models import MEMBERS, Group
from forum.notifications.examples import EXAMPLES
from forum.notifications.models import NOTIFICATIONS, is_statement
from forum.notifications.queries import NotificationRow, Place, readable_among, unseen_about, unsettled

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Telling:
    """What one member is to be told. `data` holds plain JSON values."""

    member_id: int
    kind: str
    subject: str
    post_id: int | None = None
    actor_id: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
    group_id: int | None = None


def notify(told: Sequence[Telling]) -> int:
    """Tells members; what somebody was told already (same kind and subject) isn't told again. Returns how many are new.

    Each new one counts as unread and, for members who want mail, becomes a mail; a statement of reasons
    (`models.is_statement`) becomes one for whoever can be reached. The caller has the transaction.
    """
    now = clock.now()
    rows = [
        {
            "member_id": one.member_id,
            "kind": one.kind,
            "subject": one.subject,
            "post_id": one.post_id,
            "actor_id": one.actor_id,
            "group_id": one.group_id,
            "data": one.data,
            "created_at": now,
        }
        for one in sorted(told, key=lambda one: one.member_id)
    ]
    new: dict[int, list[int]] = {}
    statements: set[int] = set()
    for start in range(0, len(rows), _AT_ONCE):
        inserted = db.session.execute(
            insert(NOTIFICATIONS)
            .values(rows[start : start + _AT_ONCE])
            .on_conflict_do_nothing()
            .returning(NOTIFICATIONS.c.member_id, NOTIFICATIONS.c.id, NOTIFICATIONS.c.kind, NOTIFICATIONS.c.data)
        )
        for row in inserted:
            new.setdefault(row.member_id, []).append(row.id)
            if is_statement(row.kind, row.data):
                statements.add(row.id)
    once = {member_id for member_id, ids in new.items() if len(ids) == 1}
    members.add_unread_to_all(once)
    for member_id in new.keys() - once:
        members.add_unread(member_id, len(new[member_id]))
    ids = [(id, member_id) for member_id, found in new.items() for id in found]
    wants = _wants_of_reachable(new)
    by_mail = [id for id, member_id in sorted(ids) if wants.get(member_id) or (id in statements and member_id in wants)]
    jobs.enqueue_all("notifications.mail", [(f"notification-{id}", {"notification_id": id}) for id in by_mail])
    return len(ids)


def _wants_of_reachable(member_ids: Collection[int]) -> Mapping[int, bool]:
    """Those of the members with a confirmed address, and whether they want mail."""
    wanted = sorted(member_ids)
    found: dict[int, bool] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = db.session.execute(
            select(MEMBERS.c.id, MEMBERS.c.wants_mail).where(
                MEMBERS.c.id.in_(wanted[start : start + _AT_ONCE]),
                MEMBERS.c.email_key.is_not(None),
                MEMBERS.c.confirmed_at.is_not(None),
            )
        )
        found.update((row.id, row.wants_mail) for row in rows)
    return found


def _hold_count(member_id: int) -> None:
    """Lets nobody else change the count until the transaction ends: else one told meanwhile could be left out of it."""
    _hold_counts([member_id])


def _hold_counts(member_ids: Collection[int] | Select[tuple[int]]) -> None:
    # By a lock that lets posts name their author.
    held = select(MEMBERS.c.id).where(MEMBERS.c.id.in_(member_ids)).order_by(MEMBERS.c.id)
    db.session.execute(held.with_for_update(key_share=True))


def mark_seen(actor: Actor, notification: NotificationRow) -> None:
    """The member has seen this one; doing it twice changes nothing."""
    require(actor, "notification.see", notification)
    _hold_count(actor.member_id)
    newly = db.session.execute(
        update(NOTIFICATIONS)
        .where(NOTIFICATIONS.c.id == notification.id, NOTIFICATIONS.c.seen_at.is_(None))
        .values(seen_at=clock.now())
        .returning(NOTIFICATIONS.c.hidden_at)
    ).first()
    if newly is not None and newly.hidden_at is None:
        members.add_unread(actor.member_id, -1)


def _turn(ids: Collection[int], *, to_hide: bool) -> None:
    """Hides notifications or shows them again, with what they count for at the bell; those that are as they should be
    stay so. The counts are held."""
    is_due = NOTIFICATIONS.c.hidden_at.is_(None) if to_hide else NOTIFICATIONS.c.hidden_at.is_not(None)
    turned = db.session.scalars(
        update(NOTIFICATIONS)
        .where(NOTIFICATIONS.c.id.in_(ids), NOTIFICATIONS.c.seen_at.is_(None), is_due)
        .values(hidden_at=clock.now() if to_hide else None)
        .returning(NOTIFICATIONS.c.member_id)
    )
    _add_to_counts(Counter(turned), -1 if to_hide else 1)


def _add_to_counts(counted: Counter[int], sign: int) -> None:
    """Each of these members has so many more notifications to see, or fewer: one statement for all who have as many."""
    together: dict[int, list[int]] = {}
    for member_id, count in counted.items():
        together.setdefault(count, []).append(member_id)
    for count, member_ids in sorted(together.items()):
        members.add_unread_to_all(member_ids, sign * count)


def settle_member(actor: Actor) -> None:
    """What the member may not read any more counts at the bell no longer, what they may read again counts anew."""
    _hold_count(actor.member_id)
    for to_hide in (True, False):
        while ids := unsettled(actor, _AT_ONCE, to_hide=to_hide):
            _turn(ids, to_hide=to_hide)


def settle(place: Place, id: int, after: int = 0) -> int | None:
    """The same for all who were told of a post, a thread, a category or a group and haven't seen it: one stretch of
    them, from the notification `after` on. Returns where to go on, or None at the end."""
    rows, further = unseen_about(place, id, after, _AT_ONCE)
    if rows:
        _hold_counts({row.member_id for row in rows})
        readable = readable_among(rows, place, id)
        # Which of them are hidden may have changed while the counts were waited for: the row is asked.
        _turn({row.id for row in rows} - readable, to_hide=True)
        _turn(readable, to_hide=False)
    return further


def forget_group(actor: Actor, group: Group) -> None:
    """Nobody is told of this group any more, which is held and about to be deleted: the number at the bell counts
    nothing of it.

    Comes before what other rooms forget of it: whoever changes a member holds that row before the community's, too.
    """
    require(actor, "group.delete", group)
    about = NOTIFICATIONS.c.group_id == group.id
    _hold_counts(select(NOTIFICATIONS.c.member_id).where(about))
    columns = NOTIFICATIONS.c.member_id, NOTIFICATIONS.c.seen_at, NOTIFICATIONS.c.hidden_at
    gone = db.session.execute(delete(NOTIFICATIONS).where(about).returning(*columns))
    unseen = Counter[int](row.member_id for row in gone if row.seen_at is None and row.hidden_at is None)
    _add_to_counts(unseen, -1)


def mark_all_seen(actor: Actor) -> None:
    """The member has seen everything there is; what is hidden at present they haven't."""
    require(actor, "notification.list")
    _hold_count(actor.member_id)
    db.session.execute(
        update(NOTIFICATIONS)
        .where(
            NOTIFICATIONS.c.member_id == actor.member_id,
            NOTIFICATIONS.c.seen_at.is_(None),
            NOTIFICATIONS.c.hidden_at.is_(None),
        )
        .values(seen_at=clock.now())
    )
    members.set_unread(actor.member_id, 0)


def note_mailed(notification_id: int) -> None:
    """The mail of a notification has gone out."""
    db.session.execute(update(NOTIFICATIONS).where(NOTIFICATIONS.c.id == notification_id).values(mailed_at=clock.now()))


def ask_for_example(actor: Actor, kind: str, language: str) -> None:
    """Asks for one of the mails in EXAMPLES, to the actor's own address. Raises NotFound."""
    require(actor, "community.change")
    if kind not in EXAMPLES or language not in languages():
        raise NotFound
    asked_at = int(clock.now().timestamp())
    jobs.enqueue(
        "notifications.mail_example", member_id=actor.member_id, kind=kind, language=language, asked_at=asked_at
    )
