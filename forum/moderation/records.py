"""Reports and decisions in the interchange format: cases are made from them, with the text as it was on the way in."""

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Table, delete, func, select, update

from forum.community.actions import bump_people_epoch
from forum.core import clock
from forum.core.database import db, insert
from forum.core.exchange import Intake, Line, Record, in_order, iso, rows_of, slim
from forum.members.models import MEMBERS
from forum.moderation.actions import ask_for_end
from forum.moderation.actions.reporting import wording_hash
from forum.moderation.models import (
    BANNING,
    CASES,
    DECIDED,
    DECISIONS,
    EVIDENCE,
    FOR_DAYS,
    OPEN,
    REPORTS,
    SANCTION_OF,
    SANCTION_ROWS,
    due_at,
)
from forum.rules.models import RULES
from forum.rules.records import rule_ids
from forum.threads.models import POSTS, REMOVED
from forum.threads.queries import snapshot

TABLES: dict[str, Table] = {"report": REPORTS, "decision": DECISIONS}


# ---------------------------------------------------------------- in


def bring_in(lines: Sequence[Line], intake: Intake) -> None:
    """Writes reports and decisions in the order of the lines: a decision closes the case of its reports."""
    rules = _Rules(lines)
    for line in sorted(lines, key=lambda line: line.number):
        if line.kind == "report":
            _report(line, rules, intake)
        else:
            _decision(line, rules, intake)


class _Rules:
    """Paragraphs that the batch names, with their severity."""

    def __init__(self, lines: Sequence[Line]) -> None:
        pairs = {(line.record["rulebook"], line.record["rule"]) for line in lines if line.record["rulebook"]}
        self._ids = rule_ids({(book, number) for book, number in pairs if number is not None})
        self._severity = {row.id: row.severity for row in rows_of(RULES, self._ids.values(), RULES.c.severity).values()}

    def find(self, record: Record, intake: Intake) -> tuple[int | None, int]:
        if not record["rulebook"] or record["rule"] is None:
            return None, 1
        id = self._ids.get((record["rulebook"], record["rule"]))
        if id is None:
            intake.notes.count("rules that their rulebook doesn't have (left out)")
            return None, 1
        return id, self._severity[id]


def _target(record: Record) -> dict[str, int | None]:
    return {"post_id": record["post"], "member_id": record["about"]}


def _open_case(target: dict[str, int | None]) -> Any:
    statement = select(CASES).where(CASES.c.state == OPEN)
    for name, value in target.items():
        statement = statement.where(CASES.c[name] == value if value else CASES.c[name].is_(None))
    return db.session.execute(statement).first()


def _author(record: Record) -> int | None:
    if record["about"]:
        return int(record["about"])
    author: int | None = db.session.scalar(select(POSTS.c.author_id).where(POSTS.c.id == record["post"]))
    return author


def _new_case(record: Record, **values: Any) -> int:
    row = {"about_id": _author(record), "severity": 1, "reporter_count": 0, **_target(record), **values}
    return int(db.session.execute(insert(CASES).values(row).returning(CASES.c.id)).scalar_one())


def _report(line: Line, rules: _Rules, intake: Intake) -> None:
    record = line.record
    rule_id, severity = rules.find(record, intake)
    case = _open_case(_target(record))
    case_id = case.id if case else _new_case(record, state=OPEN, opened_at=record["created_at"])
    evidence_id = _evidence(case_id, record, intake)
    earlier = select(REPORTS.c.id).where(REPORTS.c.case_id == case_id, REPORTS.c.reporter_id == record["member"])
    if (own := db.session.scalar(earlier)) is not None:  # one person's second complaint belongs to the first
        intake.notes.count("second reports of one person about one thing (joined to the first)")
        joined = REPORTS.c.text + f"\n\n{record['text']}"
        db.session.execute(update(REPORTS).where(REPORTS.c.id == own).values(text=joined))
        line.id = own
        return
    row = {
        "id": line.id,
        "case_id": case_id,
        "evidence_id": evidence_id,
        "reporter_id": record["member"],
        "rule_id": rule_id,
        "text": record["text"],
        "created_at": record["created_at"],
    }
    db.session.execute(insert(REPORTS).values(row))
    _refresh(case_id, severity)


def _refresh(case_id: int, severity: int = 1) -> None:
    """Counts reporters anew, and keeps the earliest report's time and the gravest rule."""
    count, first = db.session.execute(
        select(func.count(), func.min(REPORTS.c.created_at)).where(REPORTS.c.case_id == case_id)
    ).one()
    case = db.session.execute(select(CASES.c.severity, CASES.c.opened_at).where(CASES.c.id == case_id)).one()
    gravest, opened_at = max(case.severity, severity), first or case.opened_at
    values = {
        "reporter_count": count,
        "severity": gravest,
        "opened_at": opened_at,
        "due_at": due_at(opened_at, gravest, count),
    }
    db.session.execute(update(CASES).where(CASES.c.id == case_id).values(values))


def _evidence(case_id: int, record: Record, intake: Intake) -> int:
    kept = record["evidence"] if intake.is_own else None
    content = kept or _frozen(record)
    digest = wording_hash(content)
    known = select(EVIDENCE.c.id).where(EVIDENCE.c.case_id == case_id, EVIDENCE.c.sha256 == digest)
    if (id := db.session.scalar(known)) is not None:
        return int(id)
    row = {"case_id": case_id, "taken_at": clock.now(), "sha256": digest, "content": content}
    return int(db.session.execute(insert(EVIDENCE).values(row).returning(EVIDENCE.c.id)).scalar_one())


def _frozen(record: Record) -> Record:
    if record["about"]:
        member = db.session.execute(select(MEMBERS).where(MEMBERS.c.id == record["about"])).one()
        return {
            "member_id": member.id,
            "username": member.username,
            "display_name": member.display_name,
            "about": member.about,
            "html": member.about_html,
            "avatar": member.avatar,
            "language": member.language,
            "joined_at": member.joined_at.isoformat(),
        }
    return snapshot(record["post"])


def _decision(line: Line, rules: _Rules, intake: Intake) -> None:
    record = line.record
    rule_id, severity = rules.find(record, intake)
    case_id = _decided_case(record)
    until = record["until"]
    days = max(1, round((until - record["at"]) / timedelta(days=1))) if until and record["act"] in FOR_DAYS else None
    row = {
        "id": line.id,
        "case_id": case_id,
        "by_id": record["by"],
        "act": record["act"],
        "rule_id": rule_id,
        "reason": record["reason"],
        "days": days,
        "until": until,
        "removed_post": _has_removed(record),
        "at": record["at"],
        "reversed_at": record["reversed_at"],
        "reversed_by_id": record["reversed_by"],
        "reversal_reason": record["reversal_reason"] or "",
    }
    db.session.execute(insert(DECISIONS).values(row))
    db.session.execute(
        update(CASES)
        .where(CASES.c.id == case_id)
        .values(state=DECIDED, decided_at=record["at"], owner_id=record["by"], claimed_at=record["at"])
    )
    _refresh(case_id, severity)
    _sanction(line, case_id)


def _has_removed(record: Record) -> bool:
    """Whether the decision took the post away: as the record says, or else by the post's state."""
    if record["removed_post"] is not None or record["post"] is None or record["act"] == "no_action":
        return bool(record["removed_post"])
    return bool(db.session.scalar(select(POSTS.c.state).where(POSTS.c.id == record["post"])) == REMOVED)


def _decided_case(record: Record) -> int:
    """The case of the decision's reports. Open reports about the same target that it doesn't name stay open."""
    case = _open_case(_target(record))
    named = [id for id in record["reports"] or () if id]
    if case is None:
        if named:
            home = db.session.scalar(select(REPORTS.c.case_id).where(REPORTS.c.id.in_(named)).limit(1))
            if home is not None:
                return int(home)
        return _new_case(record, state=DECIDED, opened_at=record["at"])
    in_case = set(db.session.scalars(select(REPORTS.c.id).where(REPORTS.c.case_id == case.id)))
    if not named or in_case <= set(named):
        return int(case.id)
    decided = _new_case(record, state=DECIDED, opened_at=case.opened_at)
    moved = db.session.execute(select(REPORTS).where(REPORTS.c.id.in_(in_case & set(named)))).all()
    for row in moved:
        content, digest = db.session.execute(
            select(EVIDENCE.c.content, EVIDENCE.c.sha256).where(EVIDENCE.c.id == row.evidence_id)
        ).one()
        known = select(EVIDENCE.c.id).where(EVIDENCE.c.case_id == decided, EVIDENCE.c.sha256 == digest)
        evidence_id = (
            db.session.scalar(known)
            or db.session.execute(
                insert(EVIDENCE)
                .values(case_id=decided, taken_at=clock.now(), sha256=digest, content=content)
                .returning(EVIDENCE.c.id)
            ).scalar_one()
        )
        moving = update(REPORTS).where(REPORTS.c.id == row.id).values(case_id=decided, evidence_id=evidence_id)
        db.session.execute(moving)
    used = select(REPORTS.c.evidence_id).where(REPORTS.c.case_id == case.id)
    db.session.execute(delete(EVIDENCE).where(EVIDENCE.c.case_id == case.id, EVIDENCE.c.id.not_in(used)))
    _refresh(case.id)
    return decided


def _sanction(line: Line, case_id: int) -> None:
    """The sanction that a decision laid on a member; one that is still in force holds here too."""
    record, kind = line.record, SANCTION_OF.get(line.record["act"])
    member_id = db.session.scalar(select(CASES.c.about_id).where(CASES.c.id == case_id))
    if kind is None or member_id is None:
        return
    lifted, until = record["reversed_at"], record["until"] if record["act"] in FOR_DAYS else None
    if kind == "suspension" and until and until <= clock.now():
        lifted = min(lifted or until, until)
    row = {
        "member_id": member_id,
        "decision_id": line.id,
        "kind": kind,
        "starts_at": record["at"],
        "until": until,
        "lifted_at": lifted,
    }
    db.session.execute(insert(SANCTION_ROWS).values(row))
    if lifted:
        return
    member = update(MEMBERS).where(MEMBERS.c.id == member_id)
    if kind in BANNING:
        db.session.execute(member.values(banned_at=record["at"]))
        bump_people_epoch()
        if until:
            ask_for_end(line.id, until)
    elif kind == "silence" and until and until > clock.now():
        db.session.execute(member.values(silenced_until=until))


# ---------------------------------------------------------------- out


def count() -> int:
    """How many records the export will have of this room."""
    return sum(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (REPORTS, DECISIONS))


def cases() -> Iterator[list[Record]]:
    """Case by case: its reports, then its decisions, so that each decision closes the case that it closed."""
    for batch in in_order(select(CASES), CASES.c.id, size=200):
        ids = [row.id for row in batch]
        reports = _by_case(select(REPORTS).where(REPORTS.c.case_id.in_(ids)).order_by(REPORTS.c.id))
        decisions = _by_case(select(DECISIONS).where(DECISIONS.c.case_id.in_(ids)).order_by(DECISIONS.c.id))
        rows = [row for group in (*reports.values(), *decisions.values()) for row in group]
        rules = rows_of(RULES, (row.rule_id for row in rows if row.rule_id), RULES.c.rulebook_id, RULES.c.number)
        records: list[Record] = []
        for case in batch:
            of_case = reports.get(case.id, [])
            kept = rows_of(EVIDENCE, (row.evidence_id for row in of_case), EVIDENCE.c.content)
            records += [_report_record(case, row, rules, kept[row.evidence_id].content) for row in of_case]
            records += [_decision_record(case, row, rules, of_case) for row in decisions.get(case.id, [])]
        yield records


def _by_case(statement: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in db.session.execute(statement):
        found.setdefault(row.case_id, []).append(row)
    return found


def _where(case: Any) -> Record:
    return {"post": str(case.post_id)} if case.post_id else {"about": str(case.member_id)}


def _rule(row: Any, rules: dict[int, Any]) -> Record:
    if row.rule_id is None:
        return {}
    return {"rulebook": str(rules[row.rule_id].rulebook_id), "rule": rules[row.rule_id].number}


def _report_record(case: Any, row: Any, rules: dict[int, Any], content: Record) -> Record:
    return {
        "kind": "report",
        "id": str(row.id),
        "member": str(row.reporter_id),
        **_where(case),
        "text": row.text,
        "created_at": iso(row.created_at),
        **_rule(row, rules),
        "evidence": json.loads(json.dumps(content, sort_keys=True)),
    }


def _decision_record(case: Any, row: Any, rules: dict[int, Any], reports: Sequence[Any]) -> Record:
    return slim(
        {
            "kind": "decision",
            "id": str(row.id),
            "by": str(row.by_id) if row.by_id else None,
            **_where(case),
            "act": row.act,
            "reason": row.reason,
            "at": iso(row.at),
            **_rule(row, rules),
            "reports": [str(report.id) for report in reports] or None,
            "until": iso(row.until) if row.until else None,
            "removed_post": True if row.removed_post else None,
            "reversed_at": iso(row.reversed_at) if row.reversed_at else None,
            "reversed_by": str(row.reversed_by_id) if row.reversed_by_id else None,
            "reversal_reason": row.reversal_reason or None,
        }
    )
