"""What can be reported, and how one's own reports go on."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select

from forum.access import may, require
from forum.core.actor import Actor
from forum.core.database import db, read
from forum.core.errors import NotFound
from forum.members import queries as members
from forum.moderation.models import CASES, DECISIONS, OPEN, REPORTS
from forum.moderation.queries.rows import MyReport, Target, reference
from forum.rules.models import RULES
from forum.text import plain_text, shortened
from forum.threads import queries as threads

EXCERPT = 240
MOST_ROWS = 100

_REPORTED = (
    select(CASES.c.post_id)
    .join_from(REPORTS, CASES, CASES.c.id == REPORTS.c.case_id)
    .where(
        REPORTS.c.reporter_id == bindparam("member"),
        CASES.c.state == OPEN,
        CASES.c.post_id.between(bindparam("first"), bindparam("last")),
    )
)


def post_target(actor: Actor, post_id: int) -> Target:
    """A post that is to be reported. Raises NotFound or Gone for one that the actor may not read."""
    post = threads.get_post(actor, post_id)
    return Target(
        kind="post",
        id=post.id,
        about_id=post.author_id,
        about=members.faces([post.author_id]).get(post.author_id) if post.author_id is not None else None,
        title=post.thread.title,
        excerpt=shortened(" ".join(plain_text(post.html).split()), EXCERPT),
        language=post.language,
        address=post.address,
    )


def member_target(actor: Actor, member_id: int) -> Target:
    """A member who is to be reported. Raises NotFound for one the actor may not know of."""
    if not 0 < member_id < 2**63:
        raise NotFound
    member = members.get_member(actor, member_id)
    about = plain_text(member.about_html) if may(actor, "member.know", member) else ""
    return Target(
        kind="member",
        id=member.id,
        about_id=member.id,
        about=members.faces([member.id])[member.id],
        title=member.display_name,
        excerpt=shortened(" ".join(about.split()), EXCERPT),
        language=member.language,
        address=f"/u/{member.username}",
    )


def open_report(actor: Actor, target: Target) -> int | None:
    """The actor's report in the open case about this target, if there is one."""
    if actor.id is None:
        return None
    column = CASES.c.post_id if target.kind == "post" else CASES.c.member_id
    return db.session.scalar(
        select(REPORTS.c.id)
        .join_from(REPORTS, CASES, CASES.c.id == REPORTS.c.case_id)
        .where(column == target.id, CASES.c.state == OPEN, REPORTS.c.reporter_id == actor.id)
    )


def reported_posts(actor: Actor, post_ids: Collection[int]) -> frozenset[int]:
    """Which of these posts the actor has reported in a case that is open."""
    if actor.id is None or not post_ids:
        return frozenset()
    asked = {"member": actor.id, "first": min(post_ids), "last": max(post_ids)}  # a list would be compiled each time
    return frozenset(read(_REPORTED, asked).scalars()).intersection(post_ids)


_of_case = DECISIONS.alias("of_case")
_newest = select(func.max(_of_case.c.id)).where(_of_case.c.case_id == CASES.c.id).correlate(CASES).scalar_subquery()
_MINE = (
    select(
        REPORTS.c.id,
        REPORTS.c.reporter_id,
        CASES.c.id.label("case_id"),
        CASES.c.opened_at,
        CASES.c.post_id,
        RULES.c.title,
        REPORTS.c.text,
        REPORTS.c.created_at,
        CASES.c.due_at,
        CASES.c.decided_at,
        func.coalesce(DECISIONS.c.act, "").label("act"),
        DECISIONS.c.reversed_at,
    )
    .join_from(REPORTS, CASES, CASES.c.id == REPORTS.c.case_id)
    .outerjoin(RULES, RULES.c.id == REPORTS.c.rule_id)
    .outerjoin(DECISIONS, DECISIONS.c.id == _newest)
)


def _mine(row: Any) -> MyReport:
    return MyReport(
        id=row.id,
        reporter_id=row.reporter_id,
        case_id=row.case_id,
        number=reference(row.opened_at, row.case_id),
        is_about_post=row.post_id is not None,
        rule_title=row.title,
        text=row.text,
        created_at=row.created_at,
        due_at=row.due_at,
        decided_at=row.decided_at,
        act=row.act,
        is_reversed=row.reversed_at is not None,
    )


def my_reports(actor: Actor) -> Sequence[MyReport]:
    """What the actor has reported, the newest first; at most a hundred."""
    rows = db.session.execute(
        _MINE.where(REPORTS.c.reporter_id == actor.member_id)
        .order_by(REPORTS.c.created_at.desc(), REPORTS.c.id.desc())
        .limit(MOST_ROWS)
    )
    return [_mine(row) for row in rows]


def reports_by(member_id: int, is_visible: ColumnElement[bool]) -> Sequence[MyReport]:
    """What a member has reported, the newest first, as far as somebody of the team may see its case; at most a
    hundred."""
    rows = db.session.execute(
        _MINE.where(REPORTS.c.reporter_id == member_id, is_visible)
        .order_by(REPORTS.c.created_at.desc(), REPORTS.c.id.desc())
        .limit(MOST_ROWS)
    )
    return [_mine(row) for row in rows]


def my_report(actor: Actor, report_id: int) -> MyReport:
    """One of the actor's reports. Raises NotFound for anybody else's."""
    if not 0 < report_id < 2**63:
        raise NotFound
    row = db.session.execute(_MINE.where(REPORTS.c.id == report_id)).first()
    if row is None:
        raise NotFound
    report = _mine(row)
    require(actor, "report.see", report)
    return report
