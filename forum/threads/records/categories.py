"""Categories with their grants."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, or_, select

from forum import text
from forum.community.actions import bump_epoch
from forum.core import audit
from forum.core.actor import EVERYONE, MEMBERS, SYSTEM
from forum.core.database import db, insert
from forum.core.exchange import Intake, Line, Record, batched, in_order, slim
from forum.core.locale import text_in
from forum.members import records as members
from forum.members.actions import drop_invites
from forum.members.models import GROUPS
from forum.members.queries import LETS_ANYBODY_IN
from forum.threads.models import CATEGORIES, GRANTS, MODERATE, REPLY, SEE, START

FIELDS = {SEE: "groups_see", START: "groups_start", REPLY: "groups_reply", MODERATE: "groups_moderate"}
USUAL: Mapping[str, set[int]] = {SEE: {EVERYONE}, START: {MEMBERS}, REPLY: {MEMBERS}, MODERATE: set()}
_SLUG_LENGTH = 60
_NAME_LENGTH = 120


def bring_in_categories(lines: Sequence[Line], intake: Intake) -> None:
    """Writes categories with who may see, start, reply and keep order; slugs are made unique. No group keeps order that
    whoever likes is in."""
    taken = set(db.session.scalars(select(CATEGORIES.c.slug)))
    last = db.session.scalar(select(func.max(CATEGORIES.c.position))) or 0
    groups = members.groups_by_name(
        name for line in lines for field in FIELDS.values() for name in line.record[field] or ()
    )
    rows, grants, moderating = [], list[Record](), list[Record]()
    for line in lines:
        record = line.record
        name = _names(record["name"]) or line.source_id[:_NAME_LENGTH]
        last = record["position"] if record["position"] is not None else last + 1
        slug = _unique(text.slug(record["slug"] or text_in(name, intake.default_language)), taken)
        rows.append(
            {
                "id": line.id,
                "slug": slug,
                "name": name,
                "description": _names(record["description"]) or "",
                "position": last,
                "hue": record["hue"] % 360 if record["hue"] is not None else line.id * 47 % 360,
                "parent_id": record["parent"],
                "thread_count": 0,
                "post_count": 0,
                "version": 1,
            }
        )
        for one in _grants(line, groups):
            (moderating if one["verb"] == MODERATE else grants).append(one)
    db.session.execute(insert(CATEGORIES), rows)
    grants += _moderating(moderating, intake)
    if grants:
        db.session.execute(insert(GRANTS), grants)
    bump_epoch()


def _moderating(wanted: list[Record], intake: Intake) -> list[Record]:
    """The grants by which groups keep order, where this import may say who is one of the team: as of roles."""
    if not intake.with_roles:
        intake.notes.count("groups that moderate left out (see --with-roles)", len(wanted))
        return []
    too_open = set(db.session.scalars(select(GROUPS.c.id).where(or_(GROUPS.c.is_builtin, LETS_ANYBODY_IN))))
    given = [one for one in wanted if one["group_id"] not in too_open]
    intake.notes.count("groups that everybody may join left out among those that moderate", len(wanted) - len(given))
    for group_id in sorted({one["group_id"] for one in given}):
        drop_invites(SYSTEM, group_id)
    for one in given:
        after = {"grants": [[MODERATE, one["group_id"]]], "source": intake.source}
        audit.record(SYSTEM, "category.grants", ("category", one["category_id"]), before=None, after=after)
    return given


def _names(given: Any) -> Any:
    if isinstance(given, dict):
        cleaned = {language: text.clean_line(word).text for language, word in given.items()}
        return cleaned if any(cleaned.values()) else ""
    return text.clean_line(given or "").text


def _unique(slug: str, taken: set[str]) -> str:
    candidate, number = slug[:_SLUG_LENGTH], 1
    while candidate in taken:
        number += 1
        candidate = f"{slug[: _SLUG_LENGTH - 8]}-{number}"
    taken.add(candidate)
    return candidate


def _grants(line: Line, groups: Any) -> Iterator[Record]:
    for verb, field in FIELDS.items():
        named = line.record[field]
        if named is None:
            ids = set(USUAL[verb])
        else:
            ids = {groups[members.group_name(name)] for name in named if members.group_name(name)}
        for group_id in sorted(ids):
            yield {"category_id": line.id, "verb": verb, "group_id": group_id}


def categories() -> Iterator[list[Record]]:
    """Every category; parents stand before their children."""
    names = members.groups()
    granted: dict[tuple[int, str], set[int]] = {}
    for row in db.session.execute(select(GRANTS)):
        granted.setdefault((row.category_id, row.verb), set()).add(row.group_id)
    for batch in batched(_parents_first(), 500):
        yield [_record(row, granted, names) for row in batch]


def _parents_first() -> list[Any]:
    rows = [row for batch in in_order(select(CATEGORIES), CATEGORIES.c.id) for row in batch]
    written: set[int] = set()
    ordered: list[Any] = []
    while len(ordered) < len(rows):
        ready = [row for row in rows if row.id not in written and (row.parent_id is None or row.parent_id in written)]
        if not ready:  # a ring of parents: let it be written as it is
            ready = [row for row in rows if row.id not in written]
        ordered += ready
        written |= {row.id for row in ready}
    return ordered


def _record(row: Any, granted: dict[tuple[int, str], set[int]], names: Any) -> Record:
    lists = {}
    for verb, field in FIELDS.items():
        ids = granted.get((row.id, verb), set())
        lists[field] = None if ids == USUAL[verb] else sorted(names[id] for id in ids)
    return slim(
        {
            "kind": "category",
            "id": str(row.id),
            "slug": row.slug,
            "name": row.name,
            "description": row.description or None,
            "position": row.position,
            "parent": str(row.parent_id) if row.parent_id else None,
            "hue": row.hue,
            **lists,
        }
    )
