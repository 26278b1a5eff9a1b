"""What the desk knows of one member, whatever case it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.access import YES, Decision, decide, require
from forum.core.actor import Actor
from forum.core.database import db
from forum.members.queries import AccountRow
from forum.moderation.models import BANNING, CASES, OPEN, SANCTION_ROWS
from forum.moderation.policy import visible_cases
from forum.moderation.queries.cases import case_of_decision, get_case
from forum.moderation.queries.files import cases_about, sanctions_on
from forum.moderation.queries.reports import reports_by
from forum.moderation.queries.rows import Ban, CaseRow, EarlierCase, MyReport, SanctionRow, banned_until

MOST_CASES = 100


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Cases about a member, what was laid on them, and what they reported, the latest first."""

    cases: Sequence[EarlierCase]
    sanctions: Sequence[SanctionRow]
    reports: Sequence[MyReport]


def person_record(actor: Actor, member_id: int) -> PersonRecord:
    """The record of a member; nothing from cases about the actor, whose reporters are protected. Three statements.
    Raises Denied."""
    require(actor, "member.judge")
    is_visible = visible_cases(actor)
    is_own = actor.id == member_id
    return PersonRecord(
        cases_about(member_id, is_visible),
        () if is_own else sanctions_on(member_id),
        reports_by(member_id, is_visible),
    )


def newest_cases(actor: Actor, member_id: int) -> Sequence[int]:
    """Ids of the newest cases about a member that the actor sees, at most MOST_CASES."""
    about = (CASES.c.about_id == member_id, visible_cases(actor))
    return db.session.scalars(select(CASES.c.id).where(*about).order_by(CASES.c.id.desc()).limit(MOST_CASES)).all()


@dataclass(frozen=True, slots=True)
class Suspension:
    """Whether somebody may suspend or ban a member, or let one take part again, and if not, why; the open case about
    them, which that decides, and what bans them now."""

    decision: Decision
    open_case: CaseRow | None = None
    bans: Sequence[Ban] = ()

    @property
    def until(self) -> datetime | None:
        """When a suspension ends; None of who isn't suspended, and of who is banned besides."""
        return banned_until(self.bans)


def suspension_of(actor: Actor, member: AccountRow) -> Suspension:
    """What `suspend` would meet, or `unsuspend` for who is banned."""
    decision = decide(actor, "member.suspend", member)
    bans = bans_on(member.id) if member.banned_at is not None else ()
    if not decision:
        return Suspension(decision, bans=bans)
    if member.banned_at is not None:
        cases = [case_of_decision(actor, ban.decision_id) for ban in bans]
        refused = (answer for case in cases if not (answer := decide(actor, "decision.reverse", case)))
        return Suspension(next(refused, YES), bans=bans)
    is_open = (CASES.c.member_id == member.id, CASES.c.state == OPEN)
    case_id = db.session.scalar(select(CASES.c.id).where(*is_open))
    if case_id is None:
        return Suspension(YES)
    case = get_case(actor, case_id)
    return Suspension(decide(actor, "case.decide", case), case)


def bans_on(member_id: int) -> Sequence[Ban]:
    """The bans and suspensions that hold on a member, the first decision first; asks nobody's permission."""
    sanction = SANCTION_ROWS.c
    bans = (sanction.member_id == member_id, sanction.kind.in_(BANNING), sanction.lifted_at.is_(None))
    rows = db.session.execute(select(sanction.decision_id, sanction.until).where(*bans).order_by(sanction.decision_id))
    return [Ban(*row) for row in rows]
