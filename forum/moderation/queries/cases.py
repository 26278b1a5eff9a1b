"""The queue, and the door to one case."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, literal, select, tuple_

from forum.access import require
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.core.paging import Page, cut, decode, encode
from forum.members.models import MEMBERS, ROLES
from forum.moderation.models import CASES, DECIDED, DECISIONS, EVIDENCE, OPEN, REPORTS
from forum.moderation.policy import decidable_cases, visible_cases
from forum.moderation.queries.rows import CaseRow, QueueRow, reference
from forum.rules.models import RULES
from forum.text import excerpt, shortened
from forum.threads import queries as threads
from forum.threads.models import POSTS, THREADS
from forum.threads.queries.categories import STAMP

PAGE = 30
EXCERPT = 120
View = Literal["open", "mine", "decided"]

_owner = MEMBERS.alias("owner")
_CASE = select(
    CASES.c.id,
    CASES.c.post_id,
    CASES.c.member_id,
    CASES.c.about_id,
    CASES.c.state,
    CASES.c.opened_at,
    CASES.c.due_at,
    CASES.c.severity,
    CASES.c.reporter_count,
    CASES.c.owner_id,
    func.coalesce(_owner.c.display_name, ""),
    CASES.c.claimed_at,
    CASES.c.decided_at,
    select(ROLES.c.role).where(ROLES.c.member_id == CASES.c.about_id).exists(),
    THREADS.c.category_id,
    STAMP,
).select_from(
    CASES.outerjoin(_owner, _owner.c.id == CASES.c.owner_id)
    .outerjoin(POSTS, POSTS.c.id == CASES.c.post_id)
    .outerjoin(THREADS, THREADS.c.id == POSTS.c.thread_id)
)


def open_count(actor: Actor) -> int:
    """How many cases that the actor may see wait for a decision."""
    statement = select(func.count()).select_from(CASES).where(CASES.c.state == OPEN, visible_cases(actor))
    return db.session.scalar(statement) or 0


def get_case(actor: Actor, case_id: int, *, lock: bool = False) -> CaseRow:
    """A case. Raises NotFound for one that isn't there, isn't the actor's or is about them, Denied for whoever has no
    desk."""
    statement = _CASE.where(CASES.c.id == (case_id if 0 < case_id < 2**63 else 0))
    row = db.session.execute(statement.with_for_update(of=CASES) if lock else statement).first()
    require(actor, "case.list", threads.categories(actor, row[-1] if row is not None else None))
    if row is None:
        raise NotFound
    *columns, category_id, stamp = row
    reporters = db.session.scalars(select(REPORTS.c.reporter_id).where(REPORTS.c.case_id == case_id))
    category = threads.catalogue(stamp).rows(actor.language)[category_id] if category_id is not None else None
    case = CaseRow(*[*columns, frozenset(reporters), category])
    require(actor, "case.see", case)
    return case


def case_of_decision(actor: Actor, decision_id: int, *, lock: bool = False) -> CaseRow:
    """The case that a decision belongs to. Raises like `get_case`."""
    case_id = db.session.scalar(select(DECISIONS.c.case_id).where(DECISIONS.c.id == decision_id))
    return get_case(actor, case_id or 0, lock=lock)


# ---------------------------------------------------------------- the list

_of_case = EVIDENCE.alias("of_case")
_first_evidence = (
    select(func.min(_of_case.c.id)).where(_of_case.c.case_id == CASES.c.id).correlate(CASES).scalar_subquery()
)
_QUEUE = (
    select(
        CASES.c.id,
        CASES.c.post_id,
        CASES.c.opened_at,
        CASES.c.due_at,
        CASES.c.decided_at,
        CASES.c.reporter_count,
        func.coalesce(_owner.c.display_name, ""),
        func.substr(func.coalesce(EVIDENCE.c.content["html"].as_string(), ""), 1, 2000),
        func.coalesce(EVIDENCE.c.content["display_name"].as_string(), ""),
    )
    .select_from(CASES)
    .outerjoin(_owner, _owner.c.id == CASES.c.owner_id)
    .outerjoin(EVIDENCE, EVIDENCE.c.id == _first_evidence)
)


def _excerpt(html: str, name: str) -> str:
    """The reported words on one line, what they quote left out; of a member, the name. `html` may end within a tag."""
    said = excerpt(html[: html.rfind("<")] if html.rfind("<") > html.rfind(">") else html)
    return shortened(f"{name}: {said}" if name and said else name or said, EXCERPT)


def _gravest_rules(case_ids: Collection[int]) -> Mapping[int, Any]:
    """The title of the gravest rule that the reports of each case name."""
    rows = db.session.execute(
        select(REPORTS.c.case_id, RULES.c.title)
        .join_from(REPORTS, RULES, RULES.c.id == REPORTS.c.rule_id)
        .where(REPORTS.c.case_id.in_(case_ids))
        .order_by(RULES.c.severity, RULES.c.number.desc())
    )
    return {row.case_id: row.title for row in rows}


def _last_decisions(case_ids: Collection[int]) -> Mapping[int, tuple[str, bool]]:
    rows = db.session.execute(
        select(DECISIONS.c.case_id, DECISIONS.c.act, DECISIONS.c.reversed_at)
        .where(DECISIONS.c.case_id.in_(case_ids))
        .order_by(DECISIONS.c.id)
    )
    return {row.case_id: (row.act, row.reversed_at is not None) for row in rows}


def _by_time(values: tuple[Any, ...] | None) -> tuple[datetime, int] | None:
    if values is None:
        return None
    try:
        return datetime.fromisoformat(values[0]).astimezone(), values[1]
    except (ValueError, OverflowError) as error:
        raise NotFound("cursor") from error


def queue(actor: Actor, view: View, before: str | None = None, stamp: str | None = None) -> Page[QueueRow]:
    """One stretch of the list: `open` and `mine` (open ones the actor has taken) by what is due first, `decided` ones
    by what was decided last."""
    require(actor, "case.list", threads.categories(actor, stamp))
    position = _by_time(decode(before, str, int))
    column = CASES.c.decided_at if view == "decided" else CASES.c.due_at
    here: list[ColumnElement[bool]] = [visible_cases(actor), CASES.c.state == (DECIDED if view == "decided" else OPEN)]
    if view == "mine":
        here.append(CASES.c.owner_id == actor.id)
    key = tuple_(column, CASES.c.id)
    if position is not None:
        last = tuple_(literal(position[0], column.type), literal(position[1]))
        here.append(key < last if view == "decided" else key > last)
    order = (column.desc(), CASES.c.id.desc()) if view == "decided" else (column, CASES.c.id)
    found = db.session.execute(_QUEUE.where(and_(*here)).order_by(*order).limit(PAGE + 1)).all()
    page = cut(found, PAGE, lambda row: encode((row[4] if view == "decided" else row[3]).isoformat(), row[0]))
    ids = [row.id for row in page.rows]
    titles = _gravest_rules(ids) if ids else {}
    acts = _last_decisions(ids) if ids and view == "decided" else {}
    rows = [
        QueueRow(
            id=row[0],
            number=reference(row[2], row[0]),
            is_about_post=row[1] is not None,
            rule_title=titles.get(row[0]),
            excerpt=_excerpt(row[7], row[8]),
            opened_at=row[2],
            due_at=row[3],
            decided_at=row[4],
            reporter_count=row[5],
            owner_name=row[6],
            act=acts.get(row[0], ("", False))[0],
            is_reversed=acts.get(row[0], ("", False))[1],
        )
        for row in page.rows
    ]
    return Page(rows, page.older)


def next_case(actor: Actor) -> int | None:
    """The open case that is due first among those the actor may decide."""
    return db.session.scalar(
        select(CASES.c.id).where(decidable_cases(actor)).order_by(CASES.c.due_at, CASES.c.id).limit(1)
    )
