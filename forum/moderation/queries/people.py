"""What the desk knows of one member, whatever case it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass

from forum.access import require
from forum.core.actor import Actor
from forum.moderation.policy import visible_cases
from forum.moderation.queries.files import cases_about, sanctions_on
from forum.moderation.queries.reports import reports_by
from forum.moderation.queries.rows import EarlierCase, MyReport, SanctionRow


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
