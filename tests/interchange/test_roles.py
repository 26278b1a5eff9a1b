"""Who becomes staff by an import: everybody the archive names, where there was nothing before; elsewhere nobody unasked."""

from typing import Any

import pytest
from sqlalchemy import select

from forum.core import audit
from forum.core.database import db, transaction
from forum.interchange import read
from forum.members.actions import invite_to_group
from forum.members.models import GROUP_INVITES, GROUPS, MEMBERS, ROLES
from forum.members.queries import get_group, get_member
from forum.threads.models import CATEGORIES, GRANTS
from forum.threads.records.categories import categories
from tests.factories.members import a_group, a_member
from tests.interchange.conftest import Archive
from tests.interchange.sample import HEAD, member, start

OTHER = [
    HEAD | {"source": "other"},
    member("x1", "xaver", role="admin", roles=["admin", "product"]),
    member("x2", "yasmin", role="moderator"),
    member("x3", "zoe"),
]
LEFT_OUT = "roles left out (see --with-roles)"
TOURS = {
    "kind": "category",
    "id": "c9",
    "name": "Tours",
    "groups_moderate": ["ambassadors", "members", "everyone", "riders"],
}


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
    of_roles = select(audit.AuditEntry).where(audit.AuditEntry.act == "member.roles")
    entries = db.session.scalars(of_roles.order_by(audit.AuditEntry.id)).all()
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


def moderating() -> set[tuple[str, str]]:
    """By slug and name: which groups may moderate which categories."""
    source = GRANTS.join(CATEGORIES, CATEGORIES.c.id == GRANTS.c.category_id).join(
        GROUPS, GROUPS.c.id == GRANTS.c.group_id
    )
    rows = db.session.execute(
        select(CATEGORIES.c.slug, GROUPS.c.name).select_from(source).where(GRANTS.c.verb == "moderate")
    )
    return {(row.slug, row.name) for row in rows}


def test_groups_that_moderate_come_along_as_roles_do_but_for_those_that_hold_everybody(archive: Archive) -> None:
    other = [HEAD | {"source": "other"}, TOURS]
    archive.bring_in(start())
    a_group("riders", "open")
    summary = archive.bring_in(other)
    assert moderating() == set()
    assert summary.notes.counts["groups that moderate left out (see --with-roles)"] == 4
    summary = archive.bring_in([HEAD | {"source": "third"}, TOURS | {"slug": "trips"}], with_roles=True)
    assert moderating() == {("trips", "ambassadors")}
    assert summary.notes.counts["groups that everybody may join left out among those that moderate"] == 3
    entry = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.act == "category.grants")).one()
    assert entry.after is not None
    assert entry.after["source"] == "third"


def test_who_was_asked_into_a_group_that_comes_to_moderate_is_asked_no_longer(archive: Archive) -> None:
    archive.bring_in(start())
    boss, anna = a_member("boss", roles=("admin",)), a_member("asked")
    known = a_group("captains"), a_group("others")
    with transaction(boss) as admin:
        for group_id in known:
            invite_to_group(admin, get_group(admin, group_id), get_member(admin, anna.member_id))
    archive.bring_in([HEAD | {"source": "third"}, TOURS | {"groups_moderate": ["captains"]}], with_roles=True)
    db.session.rollback()
    left = select(GROUPS.c.name).join(GROUP_INVITES, GROUP_INVITES.c.group_id == GROUPS.c.id)
    assert db.session.scalars(left).all() == ["others"]


def test_an_export_says_which_groups_moderate(archive: Archive) -> None:
    archive.bring_in([HEAD, TOURS])
    assert moderating() == {("tours", "ambassadors"), ("tours", "riders")}
    [tours] = [one for batch in categories() for one in batch]
    assert tours["groups_moderate"] == ["ambassadors", "riders"]
    assert "groups_see" not in tours
