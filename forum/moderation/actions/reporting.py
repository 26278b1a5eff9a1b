"""Reporting: the complaint, the case it joins, and what is kept of the target as evidence."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from forum.access import require
from forum.core import audit, clock, events
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Conflict, Invalid, TooMany
from forum.core.settings import installed
from forum.members.models import MEMBERS
from forum.moderation.events import ReportMade
from forum.moderation.models import CASES, EVIDENCE, OPEN, REPORTS, due_at
from forum.moderation.queries.rows import Target, reference
from forum.rules import queries as rules
from forum.text import clean_body
from forum.threads import queries as threads

MOST_A_DAY = 20
LONGEST_TEXT = 1000
SHORTEST_TEXT = 3
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a report: its id and the number by which people speak of it."""

    report_id: int
    case_id: int
    number: str


def report(actor: Actor, target: Target, rule_id: int | None, text: str) -> Made:
    """One member's complaint. It joins the open case about the same target, or opens one.

    Raises Invalid beside a field, Conflict (`reported-already`) for a second one in the same case, TooMany.
    """
    require(actor, "report.make", target)
    severity = _severity(rule_id)
    text = _checked(text)
    now = clock.now()
    _check_frequency(actor, now)
    case_id, opened_at = _open_case(target, severity, now)
    evidence_id = _keep_evidence(case_id, target, now)
    report_id = db.session.scalar(
        insert(REPORTS)
        .values(
            case_id=case_id,
            evidence_id=evidence_id,
            reporter_id=actor.member_id,
            rule_id=rule_id,
            text=text,
            created_at=now,
        )
        .on_conflict_do_nothing()
        .returning(REPORTS.c.id)
    )
    if report_id is None:
        raise Conflict("reported-already")
    _count(case_id, severity)
    audit.record(
        actor,
        "report.make",
        ("case", case_id),
        after={"report": report_id, "target": target.kind, "target_id": target.id, "rule": rule_id},
    )
    events.publish(ReportMade(report_id, case_id))
    return Made(report_id, case_id, reference(opened_at, case_id))


def _severity(rule_id: int | None) -> int:
    """How grave the rule is. Raises Invalid unless it is one of the rules in force (or there are none)."""
    book = rules.current()
    if book is None:
        return 1
    if rule_id is None:
        raise Invalid("rule-required", field="rule")
    for one in book.rules:
        if one.id == rule_id:
            return one.severity
    raise Invalid("rule-unknown", field="rule")


def _checked(text: str) -> str:
    text = clean_body(text).text.strip()
    if not text:
        raise Invalid("report-text-required", field="text")
    if len(text) < SHORTEST_TEXT:
        raise Invalid("too-short", field="text", limit=SHORTEST_TEXT)
    if len(text) > LONGEST_TEXT:
        raise Invalid("too-long", field="text", limit=LONGEST_TEXT)
    return text


def _check_frequency(actor: Actor, now: datetime) -> None:
    """At most 20 in 24 hours, so that nobody floods the desk."""
    if installed().rate_limits == "off":
        return
    newest = (
        select(REPORTS.c.created_at)
        .where(REPORTS.c.reporter_id == actor.id, REPORTS.c.created_at > now - timedelta(days=1))
        .order_by(REPORTS.c.created_at.desc())
        .limit(MOST_A_DAY)
    )
    times = db.session.scalars(newest).all()
    if len(times) >= MOST_A_DAY:
        again_at = times[-1] + timedelta(days=1)
        raise TooMany("reports-too-many", limit=MOST_A_DAY, seconds=max(1, int((again_at - now).total_seconds())))


def open_case(target: Target, rule_id: int | None) -> int:
    """The open case about the target, locked, with the target as it is now as evidence; a new one, without a report, if
    there is none. Returns its id. Raises Invalid beside `rule`."""
    severity, now = _severity(rule_id), clock.now()
    case_id, _opened_at = _open_case(target, severity, now)
    _keep_evidence(case_id, target, now)
    return case_id


def _open_case(target: Target, severity: int, now: datetime) -> tuple[int, datetime]:
    """The open case about the target, locked; a new one if there is none. Two who report at once share it."""
    column = CASES.c.post_id if target.kind == "post" else CASES.c.member_id
    known = select(CASES.c.id, CASES.c.opened_at).where(column == target.id, CASES.c.state == OPEN).with_for_update()
    fresh = {
        "post_id": target.id if target.kind == "post" else None,
        "member_id": target.id if target.kind == "member" else None,
        "about_id": target.about_id,
        "state": OPEN,
        "opened_at": now,
        "severity": severity,
        "reporter_count": 0,
        "due_at": due_at(now, severity, 1),
    }
    for _ in range(_ATTEMPTS):  # the case may be decided between our INSERT and our SELECT
        db.session.execute(insert(CASES).values(fresh).on_conflict_do_nothing())
        found = db.session.execute(known).first()
        if found is not None:
            return found.id, found.opened_at
    raise Conflict("case-changing")


def _count(case_id: int, severity: int) -> None:
    """One reporter more; the gravest rule counts."""
    case = db.session.execute(select(CASES.c.opened_at, CASES.c.severity).where(CASES.c.id == case_id)).one()
    people = db.session.scalar(select(func.count()).where(REPORTS.c.case_id == case_id)) or 1
    gravest = max(case.severity, severity)
    db.session.execute(
        update(CASES)
        .where(CASES.c.id == case_id)
        .values(severity=gravest, reporter_count=people, due_at=due_at(case.opened_at, gravest, people))
    )


# ---------------------------------------------------------------- evidence


def _content(target: Target) -> dict[str, Any]:
    """The target as it is now, in plain JSON values."""
    if target.kind == "post":
        return threads.snapshot(target.id)
    member = db.session.execute(select(MEMBERS).where(MEMBERS.c.id == target.id)).one()
    return {
        "member_id": member.id,
        "username": member.username,
        "display_name": member.display_name,
        "about": member.about,
        "html": member.about_html,
        "avatar": member.avatar,
        **({"banner": member.banner} if member.banner else {}),
        "language": member.language,
        "joined_at": member.joined_at.isoformat(),
    }


def wording_hash(content: dict[str, Any]) -> str:
    """The same for the same words, whatever stands around them."""
    words = {name: content.get(name) for name in ("title", "body", "attachments", "display_name", "about", "avatar")}
    if content.get("banner"):  # what is kept from before there were banners goes on having its hash
        words["banner"] = content["banner"]
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _keep_evidence(case_id: int, target: Target, now: datetime) -> int:
    """A frozen copy of the target in the case; one for each wording."""
    content = _content(target)
    row = {"case_id": case_id, "taken_at": now, "sha256": wording_hash(content), "content": content}
    kept = db.session.scalar(insert(EVIDENCE).values(row).on_conflict_do_nothing().returning(EVIDENCE.c.id))
    if kept is not None:
        return int(kept)
    same = select(EVIDENCE.c.id).where(EVIDENCE.c.case_id == case_id, EVIDENCE.c.sha256 == row["sha256"])
    return int(db.session.execute(same).scalar_one())
