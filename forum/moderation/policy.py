"""Who may report, and who may work at the desk. Nobody judges themselves or what they reported themselves."""

from collections.abc import Collection
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_

from forum.access import YES, Decision, absent, conflict, no, rule
from forum.core.actor import Actor
from forum.members.models import ROLES
from forum.moderation.models import CASES, OPEN, REPORTS

DESK = ("moderator", "manager", "admin")


class TargetLike(Protocol):
    """What the rules need to know of what is reported or was decided: whose conduct it is."""

    @property
    def about_id(self) -> int | None: ...


class ReportLike(Protocol):
    """What the rules need to know of a report."""

    @property
    def reporter_id(self) -> int: ...


class CaseLike(Protocol):
    """What the rules need to know of a case."""

    @property
    def about_id(self) -> int | None: ...
    @property
    def is_about_staff(self) -> bool: ...
    @property
    def reporter_ids(self) -> Collection[int]: ...
    @property
    def state(self) -> str: ...
    @property
    def owner_id(self) -> int | None: ...
    @property
    def owner_name(self) -> str: ...


# ---------------------------------------------------------------- reports


@rule("report.make")
def make_report(actor: Actor, target: TargetLike) -> Decision:
    """Every confirmed member who is not banned: silence and rules not yet accepted don't stand in the way."""
    if actor.is_guest:
        return no("sign-in")
    if actor.is_banned:
        return no("banned")
    if not actor.is_confirmed:
        return no("report-waiting" if actor.is_waiting else "report-unconfirmed")
    return no("report-yourself") if target.about_id == actor.id else YES


@rule("report.see")
def see_report(actor: Actor, report: ReportLike) -> Decision:
    """One's own; the team reads reports in their case."""
    return YES if actor.id is not None and report.reporter_id == actor.id else absent()


# ---------------------------------------------------------------- the desk


@rule("case.list")
def list_cases(actor: Actor, _nothing: Any) -> Decision:
    """The team at the desk: moderators, managers and administrators."""
    if actor.is_guest:
        return no("sign-in")
    return YES if actor.has_role(*DESK) else no("staff-only")


@rule("case.see")
def see_case(actor: Actor, case: TargetLike) -> Decision:
    """The team, but for whom the case is about: reporters are protected from them."""
    allowed = list_cases(actor, None)
    if allowed and actor.id is not None and case.about_id == actor.id:
        return absent()
    return allowed


def _judge(actor: Actor, case: CaseLike) -> Decision:
    allowed = see_case(actor, case)
    if not allowed:
        return allowed
    if actor.is_banned or actor.is_silenced:
        return no("banned") if actor.is_banned else no("silenced", until=actor.silenced_until)
    if actor.id in case.reporter_ids:
        return no("case-own-report")
    if case.is_about_staff and not actor.has_role("admin"):
        return no("case-about-staff")
    return YES


def _judge_open(actor: Actor, case: CaseLike) -> Decision:
    allowed = _judge(actor, case)
    if allowed and case.state != OPEN:
        return conflict("case-decided")
    if allowed and case.owner_id not in {None, actor.id}:
        return conflict("case-claimed", name=case.owner_name)
    return allowed


@rule("case.claim")
def claim_case(actor: Actor, case: CaseLike) -> Decision:
    """Whoever may decide it, while nobody else has it."""
    return _judge_open(actor, case)


@rule("case.decide")
def decide_case(actor: Actor, case: CaseLike) -> Decision:
    """Whoever sees it and didn't report it, while it is open and nobody else has it; about staff: administrators."""
    return _judge_open(actor, case)


@rule("case.release")
def release_case(actor: Actor, case: CaseLike) -> Decision:
    """Who has it; a manager or administrator for somebody who can't."""
    allowed = see_case(actor, case)
    if not allowed:
        return allowed
    if case.state != OPEN:
        return conflict("case-decided")
    if case.owner_id == actor.id or actor.has_role("manager", "admin"):
        return YES
    return no("case-not-yours")


@rule("decision.reverse")
def reverse_decision(actor: Actor, case: CaseLike) -> Decision:
    """Whoever could have decided the case may undo what was decided."""
    return _judge(actor, case)


@rule("decision.see")
def see_decision(actor: Actor, decision: TargetLike) -> Decision:
    """Whom it concerns, also while banned, and the team."""
    if actor.id is not None and decision.about_id == actor.id:
        return YES
    return see_case(actor, decision) if actor.has_role(*DESK) else absent()


# ---------------------------------------------------------------- the same, as SQL


def visible_cases(actor: Actor) -> ColumnElement[bool]:
    """Rows of CASES that `case.see` allows."""
    if not actor.has_role(*DESK):
        return false()
    return or_(CASES.c.about_id.is_(None), CASES.c.about_id != actor.id)


def decidable_cases(actor: Actor) -> ColumnElement[bool]:
    """Open rows of CASES that `case.decide` allows, but for the actor's own sanctions."""
    free = or_(CASES.c.owner_id.is_(None), CASES.c.owner_id == actor.id)
    own_report = exists().where(REPORTS.c.case_id == CASES.c.id, REPORTS.c.reporter_id == actor.id)
    about_staff = false() if actor.has_role("admin") else exists().where(ROLES.c.member_id == CASES.c.about_id)
    return and_(CASES.c.state == OPEN, visible_cases(actor), free, ~own_report, not_(about_staff))
