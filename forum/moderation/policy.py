"""Who may report, and who may work at the desk. Nobody judges themselves or what they reported themselves.

The team has the whole desk. Who keeps order in a category by a group has what is about posts in it: they decide on
content, never on members.
"""

from collections.abc import Collection, Iterable
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_

from forum.access import YES, Decision, absent, conflict, no, rule
from forum.core.actor import Actor
from forum.members.models import ROLES
from forum.moderation.models import CASES, OPEN, REPORTS
from forum.threads.models import POSTS, THREADS
from forum.threads.policy import CategoryLike, keeps_order, moderated_threads, moderating_groups

DESK = ("moderator", "manager", "admin")


class TargetLike(Protocol):
    """What the rules need to know of what is reported or was decided: whose conduct it is."""

    @property
    def about_id(self) -> int | None: ...


class ReportLike(Protocol):
    """What the rules need to know of a report."""

    @property
    def reporter_id(self) -> int: ...


class Judged(Protocol):
    """What the rules need to know of a member whom somebody wants to suspend or ban."""

    @property
    def id(self) -> int: ...
    @property
    def roles(self) -> Collection[str]: ...


class CaseLike(Protocol):
    """What the rules need to know of a case; `category` is where its post stands, None if it is about a member."""

    @property
    def about_id(self) -> int | None: ...
    @property
    def category(self) -> CategoryLike | None: ...
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


def _desk_groups(actor: Actor) -> frozenset[int]:
    """The groups that give the actor a part of the desk. None to who only looks as a member of them: whom a case is
    about would be nobody in particular, and see who has reported them."""
    return frozenset() if actor.is_onlooker else moderating_groups(actor)


@rule("case.list")
def list_cases(actor: Actor, categories: Iterable[CategoryLike]) -> Decision:
    """The desk: moderators, managers and administrators, and who keeps order in one of these categories."""
    if actor.is_guest:
        return no("sign-in")
    if actor.has_role(*DESK):
        return YES
    is_theirs = _desk_groups(actor) and any(keeps_order(actor, category) for category in categories)
    return YES if is_theirs else no("staff-only")


@rule("case.see")
def see_case(actor: Actor, case: CaseLike) -> Decision:
    """The team, and of a post who keeps order in its category; but for whom the case is about: reporters are protected
    from them."""
    is_about_actor = actor.id is not None and case.about_id == actor.id
    is_kept = case.category is not None and bool(_desk_groups(actor)) and keeps_order(actor, case.category)
    is_theirs = actor.has_role(*DESK) or is_kept
    return YES if is_theirs and not is_about_actor else absent()


@rule("member.judge")
def judge_members(actor: Actor, _thing: Any = None) -> Decision:
    """Sanctions on members, and what the desk knows of one besides the case: the team."""
    if actor.is_guest:
        return no("sign-in")
    return YES if actor.has_role(*DESK) else no("staff-only")


@rule("member.suspend")
def suspend_member(actor: Actor, member: Judged) -> Decision:
    """Suspending or banning a member without a report before it, and undoing that: the team, but for oneself; of the
    team, administrators do so."""
    judges = judge_members(actor, None)
    if not judges:
        return judges
    if actor.id == member.id:
        return conflict("suspend-yourself")
    if actor.is_silenced:
        return no("silenced", until=actor.silenced_until)
    return no("suspend-staff") if member.roles and not actor.has_role("admin") else YES


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
    """Whoever could have decided the case may undo what was decided; without a role, only what one decided oneself."""
    allowed = _judge(actor, case)
    if allowed and not actor.has_role(*DESK) and case.owner_id != actor.id:
        return no("decision-of-others")
    return allowed


@rule("decision.see")
def see_decision(actor: Actor, decision: TargetLike) -> Decision:
    """Whom it concerns, also while banned, and the team."""
    if actor.id is not None and decision.about_id == actor.id:
        return YES
    return YES if actor.has_role(*DESK) else absent()


# ---------------------------------------------------------------- the same, as SQL


def visible_cases(actor: Actor) -> ColumnElement[bool]:
    """Rows of CASES that `case.see` allows."""
    about_others = or_(CASES.c.about_id.is_(None), CASES.c.about_id != actor.id)
    if actor.has_role(*DESK):
        return about_others
    if not _desk_groups(actor):
        return false()
    post = exists().where(POSTS.c.id == CASES.c.post_id, THREADS.c.id == POSTS.c.thread_id, moderated_threads(actor))
    return and_(about_others, post.correlate(CASES))


def decidable_cases(actor: Actor) -> ColumnElement[bool]:
    """Open rows of CASES that `case.decide` allows, but for the actor's own sanctions."""
    free = or_(CASES.c.owner_id.is_(None), CASES.c.owner_id == actor.id)
    own_report = exists().where(REPORTS.c.case_id == CASES.c.id, REPORTS.c.reporter_id == actor.id)
    about_staff = false() if actor.has_role("admin") else exists().where(ROLES.c.member_id == CASES.c.about_id)
    return and_(CASES.c.state == OPEN, visible_cases(actor), free, ~own_report, not_(about_staff))
