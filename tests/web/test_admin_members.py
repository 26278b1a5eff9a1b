"""Finding accounts by any of their facts, and acting on many of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.core import audit, clock
from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.core.jobs import JOBS
from forum.members import actions, queries
from forum.members.models import MEMBERS, SIGN_INS
from forum.members.queries import Sought
from tests.factories.members import a_group, a_member
from tests.factories.two_factor import switched_on
from tests.factories.visitor import Visitor, read, words


@pytest.fixture
def boss(app: Flask) -> Visitor:
    return Visitor(app, a_member("boss", roles=("admin",)))


def names(visitor: Visitor, address: str) -> list[str]:
    """The user names on the page, in order."""
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    return [one.get_text().removeprefix("@") for one in read(answer).select("main tbody th .soft")]


def acts() -> list[tuple[str, int | None]]:
    db.session.rollback()
    entry = audit.AuditEntry
    return [tuple(row) for row in db.session.execute(select(entry.act, entry.target_id).order_by(entry.id))]


def joined(member: Actor, days_ago: int) -> None:
    with transaction():
        then = clock.now() - timedelta(days=days_ago)
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == member.id).values(joined_at=then))


@pytest.mark.parametrize(
    "typed", ["Jör", "jorg", "Øst", "øst", "ör st", "joerg-o", "@joerg", "JOERG-O@example.org", "öst"]
)
def test_an_account_is_found_by_the_beginning_of_each_of_its_names_and_by_the_whole_address(
    boss: Visitor, typed: str
) -> None:
    a_member("joerg-o", display_name="Jörg Øst")
    a_member("somebody")
    found = names(boss, f"/admin/members?q={typed}")
    assert found == ([] if typed in {"ör st", "öst"} else ["joerg-o"])


def test_who_is_not_confirmed_is_found_by_name_here_and_nowhere_else(app: Flask, boss: Visitor) -> None:
    petra = a_member("petra", display_name="Petra Neu", is_confirmed=False)
    assert names(boss, "/admin/members?q=neu") == ["petra"]
    assert "petra" not in words(boss.get("/members?q=neu"))
    with transaction():
        actions.confirm(petra.member_id)
    assert "@petra" in words(boss.get("/members?q=neu"))
    assert names(boss, "/admin/members?q=neu") == ["petra"]


def test_each_filter_leaves_those_who_fit(boss: Visitor) -> None:
    group = a_group("Partners")
    a_member("plain")
    a_member("partner", groups=(group,))
    a_member("mod", roles=("moderator",))
    a_member("fresh", is_confirmed=False)
    a_member("queued", is_waiting=True)
    a_member("quiet", silenced_days=3)
    a_member("gone", is_banned=True)
    old = a_member("old")
    joined(old, 400)
    switched_on(a_member("careful"))
    expected: dict[str, Callable[[set[str]], bool]] = {
        "state=unconfirmed": lambda found: found == {"fresh"},
        "state=waiting": lambda found: found == {"queued"},
        "state=silenced": lambda found: found == {"quiet"},
        "state=banned": lambda found: found == {"gone"},
        "state=imported": lambda found: not found,
        "state=active": lambda found: found == {"boss", "plain", "partner", "mod", "old", "careful"},
        "role=team": lambda found: found == {"boss", "mod"},
        "role=moderator": lambda found: found == {"mod"},
        f"group={group}": lambda found: found == {"partner"},
        f"group={group}&state=banned": lambda found: not found,
        "standing=new": lambda found: len(found) == 10,
        "standing=trusted": lambda found: not found,
        "step=with": lambda found: found == {"careful"},
        "step=without&role=team": lambda found: found == {"boss", "mod"},
        "until=2020-01-01": lambda found: not found,
        f"until={(clock.now() - timedelta(days=300)).date()}": lambda found: found == {"old"},
        f"from={(clock.now() - timedelta(days=300)).date()}": lambda found: "old" not in found and len(found) == 9,
        "q=p&state=active": lambda found: found == {"plain", "partner"},
    }
    for asked, fits in expected.items():
        found = set(names(boss, f"/admin/members?{asked}"))
        assert fits(found), (asked, found)


def test_who_was_here_is_told_by_the_living_sessions(app: Flask, boss: Visitor) -> None:
    here, away = a_member("here"), a_member("away")
    Visitor(app, here)
    Visitor(app, away)
    with transaction():
        then = clock.now() - timedelta(days=20)
        db.session.execute(update(SIGN_INS).where(SIGN_INS.c.member_id == away.id).values(used_at=then))
    assert set(names(boss, "/admin/members?seen=in-7")) == {"boss", "here"}
    assert names(boss, "/admin/members?seen=not-7") == ["away"]
    assert set(names(boss, "/admin/members?seen=in-30")) == {"boss", "here", "away"}


@pytest.mark.parametrize("asked", ["", "q=m", "state=banned", "role=moderator", "standing=new"])
def test_a_list_is_read_to_its_end_page_by_page(boss: Visitor, monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setattr("forum.members.queries.finding.MOST_LOOKED_AT", 4)
    wanted = {f"m{number}" for number in range(11)}
    for name in sorted(wanted):
        a_member(name, is_banned=asked == "state=banned", roles=("moderator",) if asked == "role=moderator" else ())
    sought = Sought(
        name="m" if asked == "q=m" else "",
        state="banned" if asked == "state=banned" else "",
        role="moderator" if asked == "role=moderator" else "",
        standing="new" if asked == "standing=new" else "",
    )
    found: list[str] = []
    before = None
    for _turn in range(20):
        page = queries.find_accounts(queries.actor_of(boss.actor.id), sought, before, 3)  # type: ignore[union-attr, arg-type]
        found += [row.username for row in page.rows]
        before = page.older
        if before is None:
            break
    assert sorted(found) == sorted(wanted | ({"boss"} if asked in {"", "standing=new"} else set()))


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("state=asleep", 404),
        ("role=emperor", 404),
        ("group=x", 404),
        ("group=99999999999999999999", 404),
        ("from=yesterday", 400),
        ("until=9999-12-31", 400),
        ("from=0001-01-01", 400),
        ("seen=soon", 404),
        ("q=%00%E2%80%AE%ED%A0%80", 200),
        ("q=%25", 200),
        ("before=x", 404),
        ("state=banned&before=WyJhIiwxXQ", 404),
    ],
)
def test_what_nobody_can_choose_gets_an_answer(boss: Visitor, asked: str, status: int) -> None:
    assert boss.get(f"/admin/members?{asked}").status_code == status


def test_many_are_put_into_a_group_after_a_look(app: Flask, boss: Visitor) -> None:
    group = a_group("Beta")
    anna, ben = a_member("anna"), a_member("ben", groups=(group,))
    preview = boss.get(f"/admin/members/act?act=add&to={group}&id={anna.id}&id={ben.id}&id=99999")
    assert "This touches 1 member." in words(preview)
    assert "Belongs to the group already." in words(preview)
    assert queries.actor_of(anna.member_id).group_ids.isdisjoint({group})
    answer = boss.post("/admin/members/act", act="add", to=str(group), id=[str(anna.id), str(ben.id)], q="a")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/members?q=a")
    assert group in queries.actor_of(anna.member_id).group_ids
    assert acts()[-1] == ("group.add", group)
    assert boss.post("/admin/members/act", act="remove", to=str(group), id=[str(anna.id)]).status_code == 303
    assert group not in queries.actor_of(anna.member_id).group_ids


def test_all_who_fit_a_filter_are_signed_out_but_oneself(app: Flask, boss: Visitor) -> None:
    visitors = [Visitor(app, a_member(name)) for name in ("anna", "ben")]
    page = read(boss.get("/admin/members/act?act=sign_out&all=1&state=active"))
    ids = [str(one["value"]) for one in page.select("main [name=id]")]
    assert sorted(ids) == sorted(str(one.actor.id) for one in visitors if one.actor)
    assert boss.post("/admin/members/act", act="sign_out", id=ids).status_code == 303
    assert [one.get("/settings").status_code for one in visitors] == [303, 303]
    assert boss.get("/settings").status_code == 200
    assert [act for act, _target in acts()[-2:]] == ["member.sign_out"] * 2


def test_a_manager_signs_nobody_of_the_team_out(app: Flask) -> None:
    sara, mod = a_member("sara", roles=("manager",)), a_member("mod", roles=("moderator",))
    theirs = Visitor(app, mod)
    Visitor(app, sara).post("/admin/members/act", act="sign_out", id=[str(mod.id)])
    assert theirs.get("/settings").status_code == 200


def test_who_has_not_confirmed_gets_the_mail_once_more(boss: Visitor) -> None:
    petra, anna, queued = a_member("petra", is_confirmed=False), a_member("anna"), a_member("queued", is_waiting=True)
    ids = [str(one.id) for one in (petra, anna, queued)]
    assert boss.post("/admin/members/act", act="remind", id=ids).status_code == 303
    db.session.rollback()
    asked = db.session.scalars(select(JOBS.c.payload).where(JOBS.c.name == "members.mail_confirmation")).all()
    assert [one["member_id"] for one in asked] == [petra.id]
    assert acts()[-1] == ("member.remind", petra.id)


@pytest.mark.parametrize(
    "form",
    [
        {"act": ""},
        {"act": "burn", "id": "1"},
        {"act": "add", "id": "1"},
        {"act": "add", "id": "1", "to": "2"},
        {"act": "sign_out"},
    ],
)
def test_an_act_that_is_not_whole_is_refused_with_the_list(boss: Visitor, form: dict[str, str]) -> None:
    assert boss.post("/admin/members/act", **form).status_code == 400
    assert boss.get("/admin/members/act", query_string=form).status_code == 400


def test_the_address_of_an_act_alone_leads_to_the_list(boss: Visitor) -> None:
    assert boss.get("/admin/members/act?q=anna").location == "/admin/members?q=anna"


def test_more_than_a_few_hundred_at_once_are_refused(boss: Visitor) -> None:
    ids = [str(number) for number in range(1_000, 1_201)]
    assert boss.post("/admin/members/act", act="sign_out", id=ids).status_code == 400
