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
from forum.oidc.actions import ProviderDraft, add_provider
from tests.factories.members import a_field, a_group, a_member, fill
from tests.factories.passkeys import a_passkey
from tests.factories.provider import link
from tests.factories.rules import a_rulebook
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


def test_accounts_are_found_by_rules_address_language_profile_and_ways_in(app: Flask, boss: Visitor) -> None:
    a_rulebook()
    region = a_field("Region", "choice", options={"en": "North\nSouth"})
    options = next(one.options for one in queries.choice_fields(queries.actor_of(boss.actor.id)) if one.id == region)  # type: ignore[union-attr, arg-type]
    north = next(key for key, name in options if name == "North")
    a_member("late", accepted=0)
    a_member("german", language="de")
    a_passkey(a_member("keyed"))
    linked = a_member("linked")
    with transaction() as system:
        provider = add_provider(system, ProviderDraft("company", "Company", "https://id.example.org", "forum"))
    link(linked, provider)
    northern = a_member("northern")
    fill(northern, {region: north})
    other = a_member("other")
    with transaction():
        moved = {"email": "other@mail.example.com", "email_key": "other@mail.example.com", "password_hash": None}
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == other.id).values(**moved))
    everybody = {"boss", "late", "german", "keyed", "linked", "northern", "other"}
    expected = {
        "rules=owed": {"late"},
        "rules=accepted": everybody - {"late"},
        "language=de": {"german"},
        "domain=mail.example.com": {"other"},
        "domain=@Example.org": everybody - {"other"},
        "domain=example.com": set(),
        "domain=%25": set(),
        "way=passkey": {"keyed"},
        "way=password": everybody - {"other"},
        "way=with-company": {"linked"},
        "way=with-nobody": set(),
        f"field-{region}={north}": {"northern"},
        f"field-{region}=nothing": set(),
        f"field-{region}={north}&language=de": set(),
        f"q=n&field-{region}={north}": {"northern"},
    }
    for asked, fitting in expected.items():
        assert set(names(boss, f"/admin/members?{asked}")) == fitting, asked


def test_what_is_asked_for_most_is_in_sight_and_the_rest_where_it_is_set(boss: Visitor) -> None:
    for address, is_open in (("/admin/members?state=active&role=team", False), ("/admin/members?rules=owed", True)):
        fold = read(boss.get(address)).select_one("form[role=search] details")
        assert fold is not None
        assert fold.has_attr("open") is is_open, address


def test_paging_and_acts_on_many_keep_every_filter(boss: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    a_rulebook()
    monkeypatch.setattr("forum.members.queries.finding.MOST_LOOKED_AT", 2)
    for number in range(5):
        a_member(f"m{number}", accepted=0)
    asked = "rules=accepted&domain=example.org&seen_from=2020-01-01&field-7=x"
    page = read(boss.get(f"/admin/members?{asked}"))
    onwards = [str(one["href"]) for one in page.select("main a[href*='before=']")]
    assert onwards
    assert all("rules=accepted&domain=example.org&seen_from=2020-01-01&field-7=x" in one for one in onwards)
    page = read(boss.get("/admin/members?rules=owed&domain=example.org"))
    kept = {one["name"]: one["value"] for one in page.select("#act [type=hidden]")}
    assert kept == {"rules": "owed", "domain": "example.org"}


def test_an_act_on_all_goes_on_where_nobody_fits_so_far(boss: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    petra = a_member("petra", language="de")
    for number in range(4):
        a_member(f"m{number}")
    monkeypatch.setattr("forum.members.queries.finding.MOST_LOOKED_AT", 2)
    address = "/admin/members/act?act=sign_out&all=1&language=de"
    for _turn in range(5):
        answer = boss.get(address)
        assert answer.status_code == 200, address
        page = read(answer)
        if page.select("#act [name=id]"):
            break
        link = page.select_one("main a[href*='before=']")
        assert link is not None
        address = str(link["href"])
    assert [one["value"] for one in page.select("#act [name=id]")] == [str(petra.id)]


def test_when_somebody_was_last_here_is_found_by_day(app: Flask, boss: Visitor) -> None:
    here, away = a_member("here"), a_member("away")
    a_member("never")
    Visitor(app, here)
    Visitor(app, away)
    Visitor(app, away)
    with transaction():
        then = clock.now() - timedelta(days=20)
        db.session.execute(update(SIGN_INS).where(SIGN_INS.c.member_id == away.id).values(used_at=then))
    day = (clock.now() - timedelta(days=10)).date()
    assert names(boss, "/admin/members?seen=never") == ["never"]
    assert set(names(boss, f"/admin/members?seen_from={day}")) == {"boss", "here"}
    assert names(boss, f"/admin/members?seen_until={day}") == ["away"]
    assert names(boss, f"/admin/members?seen_from={day}&seen_until={day}") == []


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
        ("seen_from=tomorrow", 400),
        ("seen_until=9999-12-31", 400),
        ("rules=maybe", 404),
        ("way=magic", 404),
        ("language=xx", 200),
        ("field-99999999999999999999=x", 200),
        ("field-0=x&field-x=y", 200),
        ("domain=%00%E2%80%AE", 200),
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
