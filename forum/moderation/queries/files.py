"""The case file: what a moderator looks at before deciding."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from forum.core import locale
from forum.core.actor import Actor
from forum.core.database import db
from forum.members.models import MEMBERS
from forum.members.queries import Face, faces
from forum.moderation.models import CASES, DECISIONS, EVIDENCE, REPORTS, SANCTION_ROWS
from forum.moderation.policy import visible_cases
from forum.moderation.queries.cases import get_case
from forum.moderation.queries.decisions import PICTURES_REMOVED, kinds_of
from forum.moderation.queries.rows import (
    CaseFile,
    CaseRow,
    DecisionRow,
    EarlierCase,
    EvidenceRow,
    LivePost,
    Neighbour,
    PersonFile,
    ReportRow,
    SanctionRow,
    reference,
)
from forum.rules.models import RULES
from forum.rules.queries import NamedRule, named_rules
from forum.text import plain_text, shortened
from forum.threads.models import ACTIVITIES, POSTS, PUBLISHED, THREADS
from forum.threads.queries.rows import address_of

NEIGHBOURS = 2
MOST_ROWS = 50
NEIGHBOUR_CHARACTERS = 280
_HTML_READ = 4000


def case_file(actor: Actor, case_id: int) -> CaseFile:
    """The whole file; a fixed number of statements. Raises like `get_case`."""
    case = get_case(actor, case_id)
    report_rows = db.session.execute(
        select(REPORTS)
        .where(REPORTS.c.case_id == case.id)
        .order_by(REPORTS.c.created_at, REPORTS.c.id)
        .limit(MOST_ROWS)
    ).all()
    decision_rows = db.session.execute(
        select(DECISIONS, PICTURES_REMOVED).where(DECISIONS.c.case_id == case.id).order_by(DECISIONS.c.id)
    ).all()
    people = faces(
        {row.reporter_id for row in report_rows}
        | {row.by_id for row in decision_rows if row.by_id}
        | {row.reversed_by_id for row in decision_rows if row.reversed_by_id}
        | ({case.about_id} if case.about_id else set())
    )
    rules = named_rules([row.rule_id for row in (*report_rows, *decision_rows) if row.rule_id is not None])
    evidence = db.session.execute(
        select(EVIDENCE.c.id, EVIDENCE.c.taken_at, EVIDENCE.c.sha256, EVIDENCE.c.content)
        .where(EVIDENCE.c.case_id == case.id)
        .order_by(EVIDENCE.c.id)
        .limit(MOST_ROWS)
    )
    post, before, after = _surroundings(case)
    return CaseFile(
        case=case,
        reports=[
            ReportRow(
                row.id,
                people[row.reporter_id],
                rules.get(row.rule_id),
                row.text,
                row.created_at,
                row.evidence_id,
            )
            for row in report_rows
        ],
        evidence=[EvidenceRow(*row) for row in evidence],
        post=post,
        before=before,
        after=after,
        person=_person(actor, case, people.get(case.about_id) if case.about_id else None),
        decisions=[decision_row(row, rules, people) for row in decision_rows],
    )


def decision_row(row: Any, rules: Mapping[int, NamedRule], people: Mapping[int, Face]) -> DecisionRow:
    """A decision from a row of its table and PICTURES_REMOVED, with the rules and faces it names."""
    return DecisionRow(
        id=row.id,
        case_id=row.case_id,
        act=row.act,
        rule=rules.get(row.rule_id),
        reason=row.reason,
        days=row.days,
        until=row.until,
        at=row.at,
        by=people.get(row.by_id),
        removed_post=row.removed_post,
        removed_pictures=kinds_of(row.pictures),
        reversed_at=row.reversed_at,
        reversed_by=people.get(row.reversed_by_id),
        reversal_reason=row.reversal_reason,
    )


def _surroundings(case: CaseRow) -> tuple[LivePost | None, Sequence[Neighbour], Sequence[Neighbour]]:
    """The accused post as it is now, and the posts beside it."""
    if case.post_id is None:
        return None, (), ()
    row = db.session.execute(
        select(
            POSTS.c.number,
            POSTS.c.state,
            POSTS.c.body,
            POSTS.c.html,
            POSTS.c.language,
            POSTS.c.revision,
            POSTS.c.created_at,
            POSTS.c.edited_at,
            POSTS.c.thread_id,
            THREADS.c.kind,
            THREADS.c.title,
            THREADS.c.slug,
            THREADS.c.post_count,
        )
        .join_from(POSTS, THREADS, THREADS.c.id == POSTS.c.thread_id)
        .where(POSTS.c.id == case.post_id)
    ).one()
    address = address_of(row.kind, row.thread_id, row.slug, row.number)
    taken_along = row.post_count - 1 if row.number == 1 and row.state == PUBLISHED else 0
    live = LivePost(*[*row[:8], row.title, address, taken_along])
    if row.number is None:
        return live, (), ()
    beside = db.session.execute(
        select(
            POSTS.c.number,
            MEMBERS.c.display_name,
            func.substr(POSTS.c.html, 1, _HTML_READ).label("html"),
            POSTS.c.language,
        )
        .select_from(POSTS.outerjoin(MEMBERS, MEMBERS.c.id == POSTS.c.author_id))
        .where(
            POSTS.c.thread_id == row.thread_id,
            POSTS.c.number.between(row.number - NEIGHBOURS, row.number + NEIGHBOURS),
            POSTS.c.number != row.number,
            POSTS.c.state == PUBLISHED,
        )
        .order_by(POSTS.c.number)
    ).all()
    around = [
        Neighbour(
            one.number,
            one.display_name or "",
            shortened(" ".join(plain_text(one.html).split()), NEIGHBOUR_CHARACTERS),
            one.language,
        )
        for one in beside
    ]
    before = [one for one in around if one.number < row.number]
    return live, before, [one for one in around if one.number > row.number]


def _person(actor: Actor, case: CaseRow, face: Face | None) -> PersonFile | None:
    if case.about_id is None or face is None:
        return None
    member = db.session.execute(select(MEMBERS).where(MEMBERS.c.id == case.about_id)).one()
    counts = db.session.execute(
        select(
            func.coalesce(func.sum(ACTIVITIES.c.threads), 0),
            func.coalesce(func.sum(ACTIVITIES.c.posts), 0),
            func.coalesce(func.sum(ACTIVITIES.c.reactions_received), 0),
        ).where(ACTIVITIES.c.member_id == case.about_id)
    ).one()
    return PersonFile(
        face=face,
        joined_at=member.joined_at,
        language=locale.nearest(member.language),
        time_zone=member.time_zone,
        banner=member.banner,
        about=member.about,
        about_html=member.about_html,
        is_banned=member.banned_at is not None,
        silenced_until=member.silenced_until,
        thread_count=int(counts[0]),
        post_count=int(counts[1]),
        reactions_received=int(counts[2]),
        earlier=cases_about(case.about_id, CASES.c.id != case.id, visible_cases(actor)),
        sanctions=sanctions_on(case.about_id),
    )


def sanctions_on(member_id: int) -> Sequence[SanctionRow]:
    """What decisions laid on a member, the latest first."""
    rows = db.session.execute(
        select(SANCTION_ROWS.c.kind, SANCTION_ROWS.c.starts_at, SANCTION_ROWS.c.until, SANCTION_ROWS.c.lifted_at)
        .where(SANCTION_ROWS.c.member_id == member_id)
        .order_by(SANCTION_ROWS.c.starts_at.desc(), SANCTION_ROWS.c.id.desc())
        .limit(MOST_ROWS)
    )
    return [SanctionRow(*row) for row in rows]


def cases_about(member_id: int, *conditions: ColumnElement[bool]) -> Sequence[EarlierCase]:
    """Cases about a member that fulfil these conditions, the latest first."""
    of_case = DECISIONS.alias("of_case")
    newest = select(func.max(of_case.c.id)).where(of_case.c.case_id == CASES.c.id).correlate(CASES).scalar_subquery()
    rows = db.session.execute(
        select(
            CASES.c.id,
            CASES.c.opened_at,
            CASES.c.state,
            func.coalesce(DECISIONS.c.act, "").label("act"),
            DECISIONS.c.reversed_at,
            RULES.c.title,
        )
        .select_from(CASES)
        .outerjoin(DECISIONS, DECISIONS.c.id == newest)
        .outerjoin(RULES, RULES.c.id == DECISIONS.c.rule_id)
        .where(CASES.c.about_id == member_id, *conditions)
        .order_by(CASES.c.opened_at.desc(), CASES.c.id.desc())
        .limit(MOST_ROWS)
    )
    return [
        EarlierCase(
            row.id,
            reference(row.opened_at, row.id),
            row.opened_at,
            row.state,
            row.act,
            row.reversed_at is not None,
            row.title,
        )
        for row in rows
    ]
