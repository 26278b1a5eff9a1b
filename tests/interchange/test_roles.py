"""Who becomes staff by an import: everybody the archive names, where there was nothing before; elsewhere nobody unasked."""

from typing import Any

import pytest
from sqlalchemy import select

from forum.core import audit
from forum.core.database import db
from forum.interchange import read
from forum.members.models import MEMBERS, ROLES
from tests.interchange.conftest import Archive
from tests.interchange.sample import HEAD, member, start

OTHER = [
    HEAD | {"source": "other"},
    member("x1", "xaver", role="admin", roles=["admin", "product"]),
    member("x2", "yasmin", role="moderator"),
    member("x3", "zoe"),
]
LEFT_OUT = "roles left out (see --with-roles)"


def staff() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, role in db.session.execute(
        select(MEMBERS.c.username, ROLES.c.role).join_from(ROLES, MEMBERS, MEMBERS.c.id == ROLES.c.member_id)
    ):
        found.setdefault(name, set()).add(role)
    return found


def test_an_archive_that_comes_first_brings_its_staff_and_each_is_on_record(archive: Archive) -> None:
    archive.bring_in(OTHER)
    assert staff() == {"xaver": {"admin", "product"}, "yasmin": {"moderator"}}
    entries = db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id)).all()
    assert [(entry.act, entry.after) for entry in entries] == [
        ("member.roles", {"roles": ["admin", "product"], "source": "other"}),
        ("member.roles", {"roles": ["moderator"], "source": "other"}),
    ]


def test_a_later_archive_makes_nobody_staff_unasked(archive: Archive) -> None:
    archive.bring_in(start())
    summary = archive.bring_in(OTHER)
    assert staff() == {"anna": {"moderator"}}
    assert summary.notes.counts[LEFT_OUT] == 3
    assert f"Noticed: 3 {LEFT_OUT}." in summary.lines()
    again = archive.bring_in([*start(), member("m9", "eve", role="admin")])
    assert again.notes.counts[LEFT_OUT] == 1, "the source that came first is no exception later"
    assert staff() == {"anna": {"moderator"}}


def test_a_later_archive_makes_staff_when_it_is_asked_for(archive: Archive) -> None:
    archive.bring_in(start())
    summary = archive.bring_in(OTHER, with_roles=True)
    assert staff() == {"anna": {"moderator"}, "xaver": {"admin", "product"}, "yasmin": {"moderator"}}
    assert LEFT_OUT not in summary.notes.counts


def test_a_first_line_alone_opens_no_door_for_later(archive: Archive) -> None:
    archive.bring_in([HEAD | {"source": "other"}])
    archive.bring_in(start())
    archive.bring_in(OTHER)
    assert staff() == {"anna": {"moderator"}}


def test_a_first_import_that_broke_off_brings_the_rest_of_its_staff(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "BATCH_RECORDS", 1)
    original = read._Import._end
    ended = 0

    def end_once(self: Any, batch: Any) -> None:
        nonlocal ended
        ended += 1
        if ended > 1:
            raise KeyboardInterrupt
        original(self, batch)

    monkeypatch.setattr(read._Import, "_end", end_once)
    with pytest.raises(KeyboardInterrupt):
        archive.bring_in(OTHER)
    monkeypatch.setattr(read._Import, "_end", original)
    assert set(staff()) == {"xaver"}
    archive.bring_in(OTHER)
    assert set(staff()) == {"xaver", "yasmin"}
