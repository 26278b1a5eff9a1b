"""The directory: whom it names to whom, in which order, and by which names somebody is found."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, event, select, update

from forum.access import may
from forum.core import actor as actors
from forum.core import clock, paging
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.core.errors import Denied, NotFound
from forum.members import actions, queries
from forum.members.models import MEMBERS, NAMES, PROFILE_VALUES, Member
from forum.members.queries import Wanted, directory
from forum.wiring import CHECKS
from tests.factories.members import a_field, a_group, a_member, fill, shows

BY_NAME, NEWEST = Wanted(), Wanted(sort="newest")


def named(name: str) -> Wanted:
    return Wanted(name=name)


def everybody(actor: Actor, wanted: Wanted = BY_NAME) -> list[str]:
    """The user names of all pages."""
    found: list[str] = []
    page = directory(actor, wanted)
    found += [row.username for row in page.rows]
    while page.older:
        page = directory(actor, wanted, page.older)
        found += [row.username for row in page.rows]
    return found


def many(*names: tuple[str, str]) -> None:
    for username, display_name in names:
        a_member(username, display_name=display_name)


def test_it_lists_exactly_whom_the_rule_names_for_every_kind_of_viewer(app: Flask) -> None:
    viewers = [
        actors.guest(),
        a_member("anna"),
        a_member("unconfirmed", is_confirmed=False),
        a_member("silenced", silenced_days=3),
        a_member("banned", is_banned=True),
        *(a_member(role, roles=(role,)) for role in ("moderator", "product", "manager", "admin")),
    ]
    with transaction():
        imported = actions.register(
            SYSTEM, username="old", email=None, password_hash=None, language="en", time_zone="Europe/Berlin"
        )
        imported.is_imported = True
    members = db.session.scalars(select(Member)).all()
    kinds = set()
    for viewer in viewers:
        expected = {member.username for member in members if may(viewer, "member.find", member)}
        for wanted in (BY_NAME, NEWEST):
            if not may(viewer, "member.browse"):
                with pytest.raises(Denied):
                    directory(viewer, wanted)
                assert expected == set()
            else:
                assert set(everybody(viewer, wanted)) == expected
        kinds.add(frozenset(expected))
    assert kinds == {frozenset(), frozenset({"anna", "silenced", "old", "moderator", "product", "manager", "admin"})}


def test_names_stand_as_in_a_dictionary_and_the_newest_first(app: Flask) -> None:
    many(("zoe", "Zoë"), ("aerzte", "Ärzte"), ("adler", "Adler"), ("strasse", "Straße"), ("strand", "Strand"))
    reader = a_member("bea", display_name="bea")
    assert everybody(reader) == ["adler", "aerzte", "bea", "strand", "strasse", "zoe"]
    with transaction():
        moved = {"zoe": 3, "adler": 1}
        for username, days in moved.items():
            at = clock.now() + timedelta(days=days)
            db.session.execute(update(MEMBERS).where(MEMBERS.c.username == username).values(joined_at=at))
    assert everybody(reader, NEWEST)[:3] == ["zoe", "adler", "bea"]


@pytest.mark.parametrize("wanted", [BY_NAME, NEWEST, named("an")], ids=["name", "newest", "found"])
def test_pages_follow_each_other_without_gaps_and_repeats(app: Flask, wanted: Wanted) -> None:
    names = [f"anna{number}" for number in range(65)]
    with transaction():
        for number, username in enumerate(names):
            shown = ("Anna", "Anna An", "Ben An")[number % 3]
            added = actions.register(
                SYSTEM,
                username=username,
                email=None,
                password_hash=None,
                language="en",
                time_zone="Europe/Berlin",
                display_name=shown,
            )
            actions.confirm(added.id)
        db.session.execute(update(MEMBERS).values(joined_at=clock.now()))
    found = everybody(a_member("reader"), wanted)
    assert sorted(one for one in found if one != "reader") == sorted(names)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Müller", ["anna"]),
        ("muller", ["anna"]),
        ("ANNA MÜ", ["anna"]),
        ("lüd", ["anna"]),
        ("anna", ["anna"]),
        ("rad", ["rad_fan.ben"]),
        ("fan.b", ["rad_fan.ben"]),
        ("ben", ["rad_fan.ben"]),
        ("özd", ["oezi"]),
        ("100", ["percent"]),
        ("100%", ["percent"]),
        ("100\\", []),
        ("ller", []),
        ("%", []),
        ("_", []),
        ("*", []),
        ("\u0301", []),
        ("\0", []),
        ("x" * 10_000, []),
        ("\U0010ffff", []),
    ],
)
def test_somebody_is_found_by_the_beginning_of_any_word_of_a_name(app: Flask, typed: str, found: list[str]) -> None:
    many(
        ("anna", "Anna Müller-Lüdenscheidt"),
        ("rad_fan.ben", "Radler"),
        ("oezi", "🎉 Özdemir"),
        ("percent", "100% Berge"),
    )
    assert everybody(a_member("zz"), named(typed)) == found


def test_whoever_is_found_by_several_names_is_there_once_in_the_order_of_what_was_found(app: Flask) -> None:
    many(("hans", "Hans Hansen"), ("x1", "Jo Hanke"), ("x2", "Hanna Abel"), ("x3", "Abel Hanz"))
    assert everybody(a_member("zz"), named("han")) == ["x1", "x2", "hans", "x3"]


def test_a_new_name_takes_the_place_of_the_former_one(app: Flask) -> None:
    anna, reader = a_member("anna", display_name="Anna Abel"), a_member("zz")
    with transaction(anna) as member:
        entity = queries.get_member(member, anna.member_id, lock=True)
        actions.update_profile(member, entity, display_name="Anna Zorn", about="", about_html="", about_version=0)
    assert (everybody(reader, named("zorn")), everybody(reader, named("abel"))) == (["anna"], [])


def test_nobody_is_found_before_they_are_there_for_others_nor_while_they_are_banned(app: Flask) -> None:
    ben, reader = a_member("ben", is_confirmed=False), a_member("zz")
    with transaction(ben) as member:
        entity = queries.get_member(member, ben.member_id, lock=True)
        actions.update_profile(member, entity, display_name="Benno", about="", about_html="", about_version=0)
    assert everybody(reader, named("benno")) == []
    assert list(CHECKS["members"](False)) == []
    with transaction():
        actions.confirm(ben.member_id)
    assert everybody(reader, named("benno")) == ["ben"]
    with transaction():
        actions.ban(SYSTEM, ben.member_id)
    assert everybody(reader, named("benno")) == []
    with transaction():
        actions.lift_ban(SYSTEM, ben.member_id)
    assert everybody(reader, named("benno")) == ["ben"]


@pytest.mark.parametrize(
    ("wanted", "cursor"),
    [
        (BY_NAME, "x"),
        (BY_NAME, paging.encode(1, 1)),
        (BY_NAME, paging.encode("a")),
        (BY_NAME, paging.encode("a\0", 1)),
        (NEWEST, paging.encode("a", 1)),
        (NEWEST, paging.encode(2**62, 1)),
        (named("a"), paging.encode(1, 1)),
    ],
)
def test_a_cursor_of_nobodys_is_not_found(app: Flask, wanted: Wanted, cursor: str) -> None:
    with pytest.raises(NotFound):
        directory(a_member("anna"), wanted, cursor)


def test_names_that_have_gone_astray_are_found_and_mended(app: Flask) -> None:
    anna, reader = a_member("anna", display_name="Anna Abel"), a_member("zz")
    check = CHECKS["members"]
    assert list(check(False)) == []
    with transaction():
        db.session.execute(delete(NAMES).where(NAMES.c.key == "abel"))
    assert [(one.what, one.id) for one in check(True)] == [("member_name", anna.id)]
    assert everybody(reader, named("abel")) == ["anna"]
    assert list(check(False)) == []


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_every_order_is_bounded_by_an_index(app: Flask) -> None:
    reader = a_member("anna")
    for wanted, index in (
        (BY_NAME, "ix_member_listed_name"),
        (NEWEST, "ix_member_listed_joined"),
        (Wanted(shown="lately"), "ix_member_listed_joined"),
        (Wanted(shown="trusted"), "ix_member_listed_standing_name"),
        (Wanted("newest", shown="trusted"), "ix_member_standing"),
    ):
        for before in (None, paging.encode(1 if "newest" in wanted.sort or wanted.shown == "lately" else "a", 1)):
            first, *rest = plan(reader, wanted, before)
            assert index in first
            assert not any("TEMP B-TREE" in step for step in rest)
    for before in (None, paging.encode(1, 1)):
        first, *rest = plan(reader, Wanted(group_id=a_group(f"Riders {before}", "open")), before)
        assert "ix_group_member_since" in first
        assert not any("TEMP B-TREE" in step or step.startswith("SCAN") for step in rest)
    for before in (None, paging.encode("a", 1)):
        steps = plan(reader, Wanted(shown="team"), before)
        assert "PRIMARY KEY" in steps[0], steps
    for before in (None, paging.encode("a", 1)):
        first, *rest = plan(reader, named("a"), before)
        assert "member_name" in first
        assert "(key>? AND key<?)" in first
        assert not any("TEMP B-TREE" in step or step.startswith("SCAN") for step in rest)


def plan(reader: Actor, wanted: Wanted, before: str | None) -> Sequence[str]:
    """How SQLite goes about the list."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, *_more: Any) -> None:
        sent.append((sql, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    directory(reader, wanted, before)
    event.remove(db.engine, "before_cursor_execute", note)
    with db.engine.connect() as connection:
        return [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sent[-1][0]}", sent[-1][1])]


# ---------------------------------------------------------------- some of the members


def test_the_team_and_each_standing_can_be_shown_alone_in_both_orders(app: Flask) -> None:
    reader, hidden = a_member("reader"), a_member("hidden", roles=("product",), is_confirmed=False)
    many(("zoe", "Zoe"), ("abel", "Abel"), ("mia", "Mia"))
    a_member("boss", display_name="Xaver", roles=("admin", "moderator"))
    a_member("mod", display_name="Anton", roles=("moderator",))
    with transaction():
        for username, standing in (("zoe", "trusted"), ("abel", "trusted"), ("mia", "ambassador")):
            db.session.execute(update(MEMBERS).where(MEMBERS.c.username == username).values(standing=standing))
    assert everybody(reader, Wanted(shown="team")) == ["mod", "boss"]
    assert everybody(reader, Wanted("newest", shown="team")) == ["mod", "boss"]
    assert everybody(reader, Wanted(shown="trusted")) == ["abel", "zoe"]
    assert everybody(reader, Wanted("newest", shown="trusted")) == ["abel", "zoe"]
    assert everybody(reader, Wanted(shown="ambassador")) == ["mia"]
    assert everybody(reader, Wanted(shown="regular")) == []
    assert hidden.username not in everybody(reader)


def test_who_joined_lately_stands_there_with_the_newest_first(app: Flask) -> None:
    reader = a_member("reader")
    many(("old", "Old"), ("new", "New"), ("newer", "Newer"))
    with transaction():
        for username, days in (("old", 31), ("reader", 40), ("new", 29), ("newer", 1)):
            joined = clock.now() - timedelta(days=days)
            db.session.execute(update(MEMBERS).where(MEMBERS.c.username == username).values(joined_at=joined))
    for sort in queries.SORTS:
        assert everybody(reader, Wanted(sort, shown="lately")) == ["newer", "new"]


def test_a_group_is_shown_to_whom_it_may_be_known_alone(app: Flask) -> None:
    secret, known = a_group("Secret"), a_group("Riders", "open")
    reader = a_member("reader")
    insider = a_member("insider", groups=(secret, known))
    a_member("second", groups=(known,))
    a_member("banned", groups=(known,), is_banned=True)
    assert everybody(reader, Wanted(group_id=known)) == ["second", "insider"]
    assert everybody(insider, Wanted(group_id=secret)) == ["insider"]
    for group_id in (secret, 1, 2, 999_999, 10**18):
        with pytest.raises(NotFound):
            directory(reader, Wanted(group_id=group_id))


@pytest.mark.parametrize("shown", ["new", "admin", "everybody", "group-"])
def test_what_nobody_can_be_asked_for_by_is_not_found(app: Flask, shown: str) -> None:
    with pytest.raises(NotFound):
        directory(a_member("reader"), Wanted(shown=shown))


@pytest.mark.parametrize("wanted", [Wanted(shown="team"), Wanted("newest", shown="team"), Wanted(shown="lately")])
def test_pages_of_some_of_the_members_follow_each_other(app: Flask, wanted: Wanted) -> None:
    reader = a_member("reader", roles=("moderator",))
    staff = [a_member(f"m{number:02}", roles=("moderator",)).username for number in range(35)]
    found = everybody(reader, wanted)
    assert sorted(found) == sorted([*staff, "reader"])


def test_pages_of_a_group_follow_each_other(app: Flask) -> None:
    group = a_group("Riders", "open")
    names = [a_member(f"m{number:02}", groups=(group,)).username for number in range(35)]
    assert sorted(everybody(a_member("reader"), Wanted(group_id=group))) == names


def test_who_has_an_option_is_shown_the_newest_account_first(app: Flask) -> None:
    bike, other = (a_field(name, "choice", options={"en": "Cargo\nTrekking"}) for name in ("Bike", "Second bike"))
    reader, older, newer, banned = (a_member(name) for name in ("reader", "older", "newer", "banned"))
    for member in (older, newer, banned):
        fill(member, {bike: "2"})
    fill(reader, {bike: "1", other: "2"})
    shows(newer, "members")
    with transaction():
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == banned.id).values(banned_at=clock.now()))
    assert everybody(reader, Wanted(choice=(bike, "2"))) == ["newer", "older"]
    assert everybody(reader, Wanted(choice=(bike, "1"))) == ["reader"]
    assert everybody(reader, Wanted(choice=(other, "1"))) == []
    shows(newer, "staff")
    assert everybody(reader, Wanted(choice=(bike, "2"))) == ["older"]
    assert everybody(a_member("mod", roles=("moderator",)), Wanted(choice=(bike, "2"))) == ["newer", "older"]


def test_one_looks_by_fields_that_one_sees_alone(app: Flask) -> None:
    text = a_field("Place")
    for_all, known, secret = (
        a_field(audience, "choice", audience, {"en": "One\nTwo"}) for audience in ("everybody", "members", "staff")
    )
    reader, mod = a_member("reader"), a_member("mod", roles=("moderator",))
    fill(reader, {secret: "1", text: "Köln"})
    assert [one.id for one in queries.seen_choices(reader)] == [for_all, known]
    assert [one.id for one in queries.seen_choices(mod)] == [for_all, known, secret]
    assert everybody(mod, Wanted(choice=(secret, "1"))) == ["reader"]
    for choice in ((secret, "1"), (known, "3"), (text, "Köln"), (4711, "1"), (10**18, "1"), (known, "")):
        with pytest.raises(NotFound):
            directory(reader, Wanted(choice=choice))


def test_pages_of_an_option_follow_each_other(app: Flask) -> None:
    bike = a_field("Bike", "choice")
    members = [a_member(f"m{number:02}") for number in range(35)]
    with transaction():
        rows = [{"member_id": one.id, "field_id": bike, "value": "1"} for one in members]
        db.session.execute(PROFILE_VALUES.insert(), rows)
    assert everybody(members[0], Wanted(choice=(bike, "1"))) == [one.username for one in reversed(members)]
