"""Roles and groups: who may give them, and the trace they leave."""

import pytest
from flask import Flask
from sqlalchemy import select

from forum.access import may
from forum.core import audit
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, Invalid
from forum.members import actions, queries
from forum.members.queries import Sought
from tests.factories.accounts import a_member
from tests.factories.members import a_group


def set_roles(who: str, whom: str, *roles: str) -> None:
    by = {actor.username: actor for actor in _all()}
    with transaction(by[who]) as staff:
        actions.set_roles(staff, queries.get_member(staff, by[whom].member_id), roles)


def _all() -> list[object]:
    from forum.members.models import MEMBERS

    return [queries.actor_of(id) for id in db.session.scalars(select(MEMBERS.c.id))]


def test_an_administrator_gives_and_takes_roles_and_the_log_says_so(app: Flask) -> None:
    a_member("boss", roles=("admin",))
    petra = a_member("petra")
    set_roles("boss", "petra", "moderator")
    assert queries.actor_of(petra.member_id).roles == {"moderator"}
    entry = db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.act, entry.actor_name, entry.after) == ("member.roles", "boss", {"roles": ["moderator"]})
    assert list(audit.broken_entries()) == []


@pytest.mark.parametrize("roles", [["manager"], ["moderator"], ["product"], []])
def test_nobody_else_gives_roles(app: Flask, roles: list[str]) -> None:
    a_member("other", roles=tuple(roles))
    a_member("petra")
    with pytest.raises(Denied):
        set_roles("other", "petra", "admin")


def test_nobody_changes_their_own_roles(app: Flask) -> None:
    a_member("boss", roles=("admin",))
    a_member("second", roles=("admin",))
    with pytest.raises(Conflict) as refused:
        set_roles("boss", "boss", "admin", "manager")
    assert refused.value.code == "own-roles"


def test_the_only_administrator_is_told_so_as_there_is_nobody_to_ask(app: Flask) -> None:
    a_member("boss", roles=("admin",))
    a_member("second", roles=("admin",), is_banned=True)
    for roles in ((), ("admin", "manager")):
        with pytest.raises(Conflict) as refused:
            set_roles("boss", "boss", *roles)
        assert refused.value.code == "last-admin"


def test_the_last_administrator_who_can_act_stays_one(app: Flask) -> None:
    a_member("boss", roles=("admin",))
    second = a_member("second", roles=("admin",))
    a_member("third", roles=("admin",), is_banned=True)
    set_roles("boss", "second")
    boss = queries.find_account("boss")
    assert boss is not None
    with transaction() as system, pytest.raises(Conflict) as refused:
        actions.set_roles(system, boss, [])
    assert refused.value.code == "last-admin"
    assert queries.actor_of(second.member_id).roles == frozenset()


def test_an_administrator_who_is_banned_can_be_dismissed_by_the_only_other_one(app: Flask) -> None:
    a_member("boss", roles=("admin",))
    third = a_member("third", roles=("admin",), is_banned=True)
    set_roles("boss", "third")
    assert queries.actor_of(third.member_id).roles == frozenset()


def test_an_unknown_role_is_refused(app: Flask) -> None:
    a_member("boss", roles=("admin",))
    a_member("petra")
    with pytest.raises(Invalid):
        set_roles("boss", "petra", "king")


def test_groups_are_made_filled_and_emptied(app: Flask) -> None:
    boss, petra = a_member("boss", roles=("manager",)), a_member("petra")
    with transaction(boss) as staff:
        group = actions.create_group(staff, "  Beta   testers ")
        group_id, name = group.id, group.name
        actions.add_to_group(staff, group, queries.get_member(staff, petra.member_id))
    assert name == "Beta testers"
    assert group_id in queries.actor_of(petra.member_id).group_ids
    found = queries.group_members(boss, queries.get_group(boss, group_id))
    assert [row.face.username for row in found.rows] == ["petra"]
    with transaction(boss) as staff:
        actions.set_groups(staff, queries.get_member(staff, petra.member_id), [])
    assert group_id not in queries.actor_of(petra.member_id).group_ids
    with transaction(boss) as staff, pytest.raises(Invalid):
        actions.create_group(staff, "Beta testers")


def test_ids_up_to_a_hundred_are_left_to_built_in_groups(app: Flask) -> None:
    assert a_group("The first") == 101


def test_only_managers_and_administrators_manage_groups(app: Flask) -> None:
    allowed = {
        role: may(a_member(f"x{role}", roles=(role,)), "group.manage")
        for role in ("moderator", "product", "manager", "admin")
    }
    assert allowed == {"moderator": False, "product": False, "manager": True, "admin": True}
    with transaction(a_member("petra")) as member, pytest.raises(Denied):
        actions.create_group(member, "mine")


def test_the_list_of_accounts_has_the_latest_first_and_finds_beginnings(app: Flask) -> None:
    boss = a_member("boss", roles=("admin",))
    for number in range(60):
        a_member(f"user{number:02}")
    first = queries.find_accounts(boss, Sought())
    second = queries.find_accounts(boss, Sought(), first.older)
    names = [row.username for row in (*first.rows, *second.rows)]
    assert len(first.rows) == 50
    assert names == [*(f"user{number:02}" for number in reversed(range(60))), "boss"]
    assert [row.username for row in queries.find_accounts(boss, Sought("USER1")).rows] == [
        f"user1{n}" for n in range(10)
    ]
    assert [row.username for row in queries.find_accounts(boss, Sought("user07@example.org")).rows] == ["user07"]
    assert list(queries.find_accounts(boss, Sought("%")).rows) == []
    with pytest.raises(Denied):
        queries.find_accounts(a_member("mod", roles=("moderator",)), Sought())


def test_groups_are_sorted_as_in_a_dictionary(app: Flask) -> None:
    for name in ("Zubehör", "ältere Kunden", "Anfänger", "beta", "Öffentlich", "Ost"):
        a_group(name)
    names = [group.name for group in queries.groups() if not group.is_builtin]
    assert names == ["ältere Kunden", "Anfänger", "beta", "Öffentlich", "Ost", "Zubehör"]
