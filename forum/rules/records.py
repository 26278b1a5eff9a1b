"""Rulebooks and acceptances in the interchange format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, func, select

from forum.community.actions import bind_rulebook
from forum.community.queries import current as community
from forum.core import clock
from forum.core.database import db, insert
from forum.core.exchange import CHUNK, Intake, Line, Record, batched, in_order, iso, reserve, rows_of, slim
from forum.core.origins import ORIGINS
from forum.members.records import note_acceptances
from forum.rules.draft import LABEL_LENGTH, NOTE_LENGTH, digest, rendered
from forum.rules.models import ACCEPTANCES, RULEBOOKS, RULES

TABLES: dict[str, Table] = {"rulebook": RULEBOOKS}


@dataclass(frozen=True, slots=True)
class _Paragraph:
    number: int
    title: Any
    text: Any
    severity: int


def _paragraphs(record: Record) -> list[_Paragraph]:
    found = {
        rule["number"]: _Paragraph(rule["number"], rule["title"], rule["text"], min(3, max(1, rule["severity"] or 1)))
        for rule in record["rules"]
    }
    return [found[number] for number in sorted(found)]


def _number(version: str) -> int:
    """A version that is a plain number; 0 for any other."""
    digits = version.removeprefix("-")
    return int(version) if digits.isascii() and digits.isdecimal() and len(digits) < 9 else 0


def bring_in(lines: Sequence[Line], intake: Intake) -> None:
    """Writes versions with their paragraphs, numbered on from what there is, and binds what is in force.

    Into a community that has rules of its own, another one's come as history: they are numbered below, so that they
    never come into force here.
    """
    lowest, highest = db.session.execute(select(func.min(RULEBOOKS.c.version), func.max(RULEBOOKS.c.version))).one()
    is_ours = intake.is_own or highest is None or _all_from(intake)
    used = set(db.session.scalars(select(RULEBOOKS.c.version)))
    for line in lines:
        record, paragraphs = line.record, _paragraphs(line.record)
        if is_ours:
            given = _number(record["version"])
            fits = given not in used and (given > 0 or (intake.is_own and given < 0))
            version = given if fits else max(0, highest or 0) + 1
            highest = max(version, highest or 0)
        else:
            lowest = min(0, lowest or 0) - 1
            version = lowest
        used.add(version)
        db.session.execute(
            insert(RULEBOOKS).values(
                id=line.id,
                version=version,
                label=" ".join((record["label"] or record["version"]).split())[:LABEL_LENGTH] or str(version),
                effective_at=record["effective_at"],
                published_at=record["effective_at"],
                is_material=record["material"] is not False,
                note=(record["note"] or "").strip()[:NOTE_LENGTH],
                sha256=digest(paragraphs),
            )
        )
        ids = reserve(RULES, len(paragraphs))
        rows = [
            {
                "id": id,
                "rulebook_id": line.id,
                "number": rule.number,
                "title": rule.title,
                "text": rule.text,
                "html": rendered(rule.text),
                "severity": rule.severity,
            }
            for id, rule in zip(ids, paragraphs, strict=True)
        ]
        if rows:
            db.session.execute(insert(RULES), rows)
    bind()


def _all_from(intake: Intake) -> bool:
    """Whether every version there is came from this source, so that a later batch belongs to the same row."""
    foreign = (
        select(RULEBOOKS.c.id)
        .where(RULEBOOKS.c.version > 0)
        .where(
            ~select(ORIGINS.c.local_id)
            .where(
                ORIGINS.c.kind == "rulebook", ORIGINS.c.source == intake.source, ORIGINS.c.local_id == RULEBOOKS.c.id
            )
            .exists()
        )
    )
    return db.session.execute(foreign.limit(1)).first() is None


def bind() -> None:
    """Makes the newest material version in force the one that binds."""
    newest = db.session.scalar(
        select(func.max(RULEBOOKS.c.version)).where(
            RULEBOOKS.c.is_material, RULEBOOKS.c.effective_at <= clock.now(), RULEBOOKS.c.version > 0
        )
    )
    if newest is not None and newest > community().binding_version:
        bind_rulebook(newest)


def bring_in_acceptances(lines: Sequence[Line]) -> int:
    """Writes acceptances with the hash of what was shown; returns how many were new."""
    books = rows_of(RULEBOOKS, (line.record["rulebook"] for line in lines), RULEBOOKS.c.version, RULEBOOKS.c.sha256)
    rows: dict[tuple[int, int], Record] = {}
    newest: dict[int, int] = {}
    for line in lines:
        member_id, book = line.record["member"], books[line.record["rulebook"]]
        rows.setdefault(
            (member_id, book.id),
            {
                "member_id": member_id,
                "rulebook_id": book.id,
                "sha256": book.sha256,
                "accepted_at": line.record["accepted_at"],
            },
        )
        newest[member_id] = max(book.version, newest.get(member_id, 0))
    for member_ids in batched({member_id for member_id, _ in rows}, CHUNK):
        known = select(ACCEPTANCES.c.member_id, ACCEPTANCES.c.rulebook_id).where(
            ACCEPTANCES.c.member_id.in_(member_ids)
        )
        for row in db.session.execute(known):
            rows.pop((row.member_id, row.rulebook_id), None)
    if rows:
        db.session.execute(insert(ACCEPTANCES), list(rows.values()))
        note_acceptances({member_id: newest[member_id] for member_id, _ in rows})
    return len(rows)


def rule_ids(pairs: set[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """(rulebook, number) to the id of that paragraph."""
    found = {}
    for chunk in batched({book for book, _ in pairs}, CHUNK):
        rows = db.session.execute(
            select(RULES.c.id, RULES.c.rulebook_id, RULES.c.number).where(RULES.c.rulebook_id.in_(chunk))
        )
        found.update({(row.rulebook_id, row.number): row.id for row in rows})
    return found


def count() -> int:
    """How many records the export will have of this room."""
    return sum(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (RULEBOOKS, ACCEPTANCES))


def rulebooks() -> Iterator[list[Record]]:
    """Every version with its paragraphs, oldest id first."""
    for batch in in_order(select(RULEBOOKS), RULEBOOKS.c.id, size=50):
        rules: dict[int, list[Record]] = {}
        wanted = select(RULES).where(RULES.c.rulebook_id.in_([row.id for row in batch]))
        for rule in db.session.execute(wanted.order_by(RULES.c.rulebook_id, RULES.c.number)):
            rules.setdefault(rule.rulebook_id, []).append(
                {"number": rule.number, "title": rule.title, "text": rule.text, "severity": rule.severity}
            )
        yield [
            slim(
                {
                    "kind": "rulebook",
                    "id": str(row.id),
                    "version": row.version,
                    "label": row.label if row.label != str(row.version) else None,
                    "effective_at": iso(row.effective_at),
                    "rules": rules.get(row.id, []),
                    "material": row.is_material,
                    "note": row.note or None,
                }
            )
            for row in batch
        ]


def acceptances() -> Iterator[list[Record]]:
    """Every acceptance, by member and version."""
    for batch in in_order(
        select(ACCEPTANCES.c.member_id, ACCEPTANCES.c.rulebook_id, ACCEPTANCES.c.accepted_at),
        *(ACCEPTANCES.c.member_id, ACCEPTANCES.c.rulebook_id),
    ):
        yield [
            {
                "kind": "acceptance",
                "member": str(row.member_id),
                "rulebook": str(row.rulebook_id),
                "accepted_at": iso(row.accepted_at),
            }
            for row in batch
        ]
