"""Deciding a case: the record, the sanction, the post, and the event from which everybody concerned is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert as plain_insert
from sqlalchemy import or_, select, update

from forum.access import require
from forum.core import audit, clock, events
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Conflict, Invalid
from forum.members import actions as members
from forum.members.models import MEMBERS
from forum.members.queries import is_last_admin
from forum.moderation.actions.claim import lost
from forum.moderation.actions.lifting import ask_for_end
from forum.moderation.events import CaseDecided
from forum.moderation.models import (
    ACTS,
    BANNING,
    CASES,
    DECIDED,
    DECISIONS,
    FOR_DAYS,
    OPEN,
    PICTURES,
    REMOVED_PICTURES,
    REPORTS,
    SANCTION_OF,
    SANCTION_ROWS,
)
from forum.moderation.queries.rows import CaseRow
from forum.rules import queries as rules
from forum.text import clean_body
from forum.threads import actions as threads
from forum.threads.models import POSTS, REMOVED

MOST_DAYS = 365
LONGEST_REASON = 4000


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """What a moderator wants to decide. `removes_post` matters for a silence, suspension or ban about a post; the two
    acts of removal always remove it. About a member, `remove` takes `pictures` of the profile away, `remove_warn` is a
    warning; with any act but none the pictures that are named go."""

    act: str
    rule_id: int | None = None
    reason: str = ""
    days: int | None = None
    removes_post: bool = True
    pictures: Collection[str] = ()


def until_of(days: int | None) -> datetime | None:
    """When a silence or suspension of so many days ends that begins now."""
    return clock.now() + timedelta(days=days) if days else None


def decide(actor: Actor, case: CaseRow, draft: DecisionDraft) -> int:
    """Decides a case that is free or the actor's own; returns the id of the decision. `case` comes locked. What lays a
    sanction on a member is the team's to decide.

    Raises Invalid beside a field; Conflict when somebody else has the case or it is decided, and for a ban or
    suspension that would leave nobody who can give roles.
    """
    require(actor, "case.decide", case)
    if draft.act in SANCTION_OF:
        require(actor, "member.judge")
    reason = _check(case, draft)
    now = clock.now()
    mine = or_(CASES.c.owner_id.is_(None), CASES.c.owner_id == actor.id)
    taken = db.session.execute(
        update(CASES)
        .where(CASES.c.id == case.id, CASES.c.state == OPEN, mine)
        .values(state=DECIDED, decided_at=now, owner_id=actor.id)
        .returning(CASES.c.id)
    ).first()
    if taken is None:
        raise lost(case.id)
    if SANCTION_OF.get(draft.act) in BANNING and case.about_id is not None and is_last_admin(case.about_id):
        raise Conflict("last-admin")
    days = draft.days if draft.act in FOR_DAYS else None
    until = until_of(days)
    removed = _removes(case, draft) and _remove(actor, case)
    pictures = _take_pictures(actor, case, draft)
    decision_id = int(
        db.session.execute(
            plain_insert(DECISIONS)
            .values(
                case_id=case.id,
                by_id=actor.id,
                act=draft.act,
                rule_id=draft.rule_id,
                reason=reason,
                days=days,
                until=until,
                removed_post=removed,
                at=now,
                reversal_reason="",
            )
            .returning(DECISIONS.c.id)
        ).scalar_one()
    )
    if pictures:
        taken_away = [{"decision_id": decision_id, "kind": kind, "name": name} for kind, name in pictures.items()]
        db.session.execute(plain_insert(REMOVED_PICTURES), taken_away)
    if case.about_id is not None and draft.act in SANCTION_OF:
        _sanction(actor, case.about_id, decision_id, SANCTION_OF[draft.act], until)
    audit.record(
        actor,
        "case.decide",
        ("case", case.id),
        before={"state": OPEN, "owner": case.owner_id},
        after={
            "state": DECIDED,
            "decision": decision_id,
            "act": draft.act,
            "rule": draft.rule_id,
            "days": days,
            "removed_post": removed,
            "about": case.about_id,
            **({"removed_pictures": pictures} if pictures else {}),
        },
        reason=reason,
    )
    events.publish(CaseDecided(decision_id))
    return decision_id


def _check(case: CaseRow, draft: DecisionDraft) -> str:
    """The reason, cleaned. Raises Invalid beside the field that is wrong."""
    if draft.act not in ACTS:
        raise Invalid("act-unknown", field="act")
    _check_pictures(case, draft)
    if case.about_id is None and draft.act in {*FOR_DAYS, "ban"}:
        raise Invalid("act-nobody", field="act")
    reason = clean_body(draft.reason).text.strip()
    if len(reason) > LONGEST_REASON:
        raise Invalid("too-long", field="reason", limit=LONGEST_REASON)
    if draft.rule_id is not None and not _is_nameable(case, draft.rule_id):
        raise Invalid("rule-unknown", field="rule")
    if draft.act == "no_action":
        return reason
    if draft.rule_id is None and rules.current() is not None:
        raise Invalid("rule-required", field="rule")
    if not reason:
        raise Invalid("reason-required", field="reason")
    if draft.act in FOR_DAYS and (draft.days is None or not 1 <= draft.days <= MOST_DAYS):
        raise Invalid("days-range", field="days", limit=MOST_DAYS)
    return reason


def _check_pictures(case: CaseRow, draft: DecisionDraft) -> None:
    if not set(draft.pictures) <= set(PICTURES):
        raise Invalid("unknown-choice", field="pictures")
    if draft.act == "remove" and case.post_id is None and not draft.pictures:
        raise Invalid("pictures-required", field="pictures")


def _is_nameable(case: CaseRow, rule_id: int) -> bool:
    """A rule in force, or of the version that a report of this case named."""
    book = rules.current()
    if book is not None and any(one.id == rule_id for one in book.rules):
        return True
    named = select(REPORTS.c.id).where(REPORTS.c.case_id == case.id, REPORTS.c.rule_id == rule_id).limit(1)
    return db.session.scalar(named) is not None


def _removes(case: CaseRow, draft: DecisionDraft) -> bool:
    if case.post_id is None or draft.act == "no_action":
        return False
    return draft.act in {"remove", "remove_warn"} or draft.removes_post


def _remove(actor: Actor, case: CaseRow) -> bool:
    """Removes the post; False when an earlier decision had."""
    if case.post_id is None:
        return False
    state = db.session.scalar(select(POSTS.c.state).where(POSTS.c.id == case.post_id))
    if state == REMOVED:
        return False
    threads.remove_post(actor, case.post_id)
    return True


def _take_pictures(actor: Actor, case: CaseRow, draft: DecisionDraft) -> dict[str, str]:
    """Takes pictures of a reported profile away; returns their names by kind. Raises Invalid where removing is all that
    was decided, and there is nothing to remove any more."""
    if case.member_id is None or draft.act == "no_action" or not draft.pictures:
        return {}
    taken = members.take_pictures(actor, case.member_id, draft.pictures)
    if not taken and draft.act == "remove":
        raise Invalid("pictures-gone", field="pictures")
    return taken


def _sanction(actor: Actor, member_id: int, decision_id: int, kind: str, until: datetime | None) -> None:
    """Lays a sanction on a member. A longer silence that holds already is not shortened; who is banned already is not
    banned anew, but stays so for as long as one of the sanctions holds."""
    db.session.execute(
        plain_insert(SANCTION_ROWS).values(
            member_id=member_id, decision_id=decision_id, kind=kind, starts_at=clock.now(), until=until
        )
    )
    member = db.session.execute(
        select(MEMBERS.c.silenced_until, MEMBERS.c.banned_at).where(MEMBERS.c.id == member_id).with_for_update()
    ).first()
    if member is None:
        raise Conflict("act-nobody")
    if kind == "silence" and until is not None:
        held = member.silenced_until
        if held is None or held < until:
            members.silence(actor, member_id, until)
    elif kind in BANNING and member.banned_at is None:
        members.ban(actor, member_id)
    if kind == "suspension" and until is not None:
        ask_for_end(decision_id, until)
