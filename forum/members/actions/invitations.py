"""Links by which people may join: made, shown once, used, revoked."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, select, update

from forum import text
from forum.access import require
from forum.core import audit, clock
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, insert
from forum.core.errors import Conflict, Gone, Invalid, NotFound
from forum.members.actions.belonging import add_to_group
from forum.members.models import GROUPS, INVITATIONS, Member
from forum.members.queries.actors import token_hash
from forum.members.queries.groups import belonging, find_group
from forum.members.queries.invitations import invitation_state, is_open

MOST_USES = 1000
MOST_DAYS = 365
DEFAULT_DAYS = 30
NOTE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class InvitationDraft:
    """What somebody of the team says about an invitation: for how many people and days, into which group (None: none)
    and what it is for."""

    uses: int | None
    days: int | None
    group_id: int | None = None
    note: str = ""


def invite(actor: Actor, draft: InvitationDraft) -> str:
    """A new invitation; returns its token, of which only the hash is kept. Raises Invalid beside the field."""
    require(actor, "invitation.manage")
    if draft.uses is None or not 1 <= draft.uses <= MOST_USES:
        raise Invalid("number-range", field="uses", limit=MOST_USES)
    if draft.days is None or not 1 <= draft.days <= MOST_DAYS:
        raise Invalid("days-range", field="days", limit=MOST_DAYS)
    group = find_group(draft.group_id, lock=True) if draft.group_id is not None else None
    if draft.group_id is not None and (group is None or group.is_builtin):
        raise Invalid("unknown-choice", field="group")
    note = text.clean_line(draft.note).text
    if len(note) > NOTE_LENGTH:
        raise Invalid("too-long", field="note", limit=NOTE_LENGTH)
    token, now = secrets.token_urlsafe(24), clock.now()
    row = {
        "token_hash": token_hash(token),
        "made_by_id": actor.id,
        "group_id": group.id if group else None,
        "note": note,
        "most_uses": draft.uses,
        "used_count": 0,
        "created_at": now,
        "expires_at": now + timedelta(days=draft.days),
    }
    made = db.session.execute(insert(INVITATIONS).values(**row).returning(INVITATIONS.c.id)).scalar_one()
    said = {"uses": draft.uses, "days": draft.days, "group": group.name if group else None, "note": note}
    audit.record(actor, "invitation.make", ("invitation", made), after=said)
    return token


def revoke_invitation(actor: Actor, invitation_id: int) -> None:
    """Nobody joins by this invitation any more; doing it twice is harmless. Raises NotFound."""
    require(actor, "invitation.manage")
    this = INVITATIONS.c.id == invitation_id
    _hold_group_of(this)
    row = db.session.execute(INVITATIONS.select().where(this).with_for_update()).first()
    if row is None:
        raise NotFound
    if row.revoked_at is None:
        _revoke(actor, this)


def revoke_links_into(actor: Actor, group_id: int) -> None:
    """Nobody comes into the group by a link that was given out before. For whoever decides that, has asked the policy
    and holds the row of the group, so that who opens one meanwhile is told so."""
    _revoke(actor, INVITATIONS.c.group_id == group_id, *is_open(clock.now()))


def _revoke(actor: Actor, *these: ColumnElement[bool]) -> None:
    revoked = update(INVITATIONS).where(*these).values(revoked_at=clock.now())
    rows = db.session.execute(revoked.returning(INVITATIONS.c.id, INVITATIONS.c.note)).all()
    for row in sorted(rows, key=lambda row: int(row.id)):
        states = [{"note": row.note, "revoked": is_revoked} for is_revoked in (False, True)]
        audit.record(actor, "invitation.revoke", ("invitation", row.id), before=states[0], after=states[1])


def _hold_group_of(this: ColumnElement[bool]) -> None:
    """The group that an invitation leads into stays until the transaction ends; held before the invitation, in the
    order in which both are when the group is deleted or comes to moderate."""
    led = select(GROUPS.c.id).join(INVITATIONS, INVITATIONS.c.group_id == GROUPS.c.id).where(this)
    db.session.execute(led.with_for_update(of=GROUPS, read=True, key_share=True))


def take_place(token: str) -> tuple[int, int | None]:
    """One use fewer of an invitation, for whoever joins in this transaction; returns its id and that of its group. Of
    several who want the last place at once, one gets it. Raises Gone for all others."""
    held = INVITATIONS.c.token_hash == token_hash(token)
    _hold_group_of(held)
    taken = db.session.execute(
        update(INVITATIONS)
        .where(held, *is_open(clock.now()))
        .values(used_count=INVITATIONS.c.used_count + 1)
        .returning(INVITATIONS.c.id, INVITATIONS.c.group_id)
    ).first()
    if taken is None:
        raise Gone(f"invitation-{invitation_state(token)}")
    return taken.id, taken.group_id


def accept_invitation(actor: Actor, token: str) -> int:
    """The actor belongs to the group of the invitation from now on, for one of its uses; who belongs already takes
    none. Returns the group's id. Raises Gone where it is over, Conflict where it leads into no group."""
    require(actor, "invitation.accept")
    held = INVITATIONS.c.token_hash == token_hash(token)
    _hold_group_of(held)
    group_id: int | None = db.session.scalar(
        select(INVITATIONS.c.group_id).where(held, *is_open(clock.now())).with_for_update()
    )
    if group_id is None:
        state = invitation_state(token)
        raise Conflict("invitation-for-newcomers") if state == "open" else Gone(f"invitation-{state}")
    if belonging(group_id, actor.member_id) is None:
        invitation_id, _group = take_place(token)
        note_joined(db.session.get_one(Member, actor.member_id), invitation_id, group_id)
    return group_id


def note_joined(member: Member, invitation_id: int, group_id: int | None) -> None:
    """Who has joined by an invitation belongs to its group."""
    audit.record(
        SYSTEM, "invitation.use", ("invitation", invitation_id), after={"member": member.id, "name": member.username}
    )
    group = find_group(group_id, lock=True) if group_id is not None else None
    if group is not None:
        add_to_group(SYSTEM, group, member)
