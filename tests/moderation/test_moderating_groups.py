"""Who keeps order in one category by a group: the part of the desk that is theirs, and no trace of the rest."""

import contextlib
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from forum.access import may
from forum.core import audit
from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.core.errors import Denied, NotFound
from forum.members.queries import actor_of
from forum.moderation import actions, queries
from forum.moderation.models import CASES, DECISIONS
from forum.moderation.policy import decidable_cases, visible_cases
from forum.threads.models import POSTS, THREADS
from tests.factories.members import a_member
from tests.factories.moderation import a_decision, a_keeper, a_report, a_report_about
from tests.factories.rules import a_rulebook
from tests.factories.threads import category, reply, thread
from tests.factories.visitor import Visitor, read, words
from tests.moderation.conftest import Place


@pytest.fixture
def kim(place: Place) -> Actor:
    """Keeps order in the category of `place`."""
    return a_keeper("kim", place.category_id, display_name="Kim Klar")


def report_elsewhere(place: Place) -> int:
    """A case about the culprit in another category."""
    started = thread(place.author, category("Elsewhere"), "Somewhere else")
    return a_report(place.reporter, reply(place.culprit, started.thread_id, "Fools everywhere.").post_id)


def decided(decision_id: int) -> str | None:
    return db.session.scalar(select(DECISIONS.c.act).where(DECISIONS.c.id == decision_id))


def state(post_id: int) -> str | None:
    return db.session.scalar(select(POSTS.c.state).where(POSTS.c.id == post_id))


# ---------------------------------------------------------------- what is theirs


def test_they_find_the_cases_of_their_category_and_no_trace_of_others(place: Place, kim: Actor) -> None:
    mine = a_report(place.reporter, place.post_id)
    others = [report_elsewhere(place), a_report_about(place.reporter, place.culprit)]
    assert [row.id for row in queries.queue(kim, "open").rows] == [mine]
    assert (queries.open_count(kim), queries.next_case(kim)) == (1, mine)
    assert queries.case_file(kim, mine).case.id == mine
    for case_id in (*others, 4711, 2**70):
        with pytest.raises(NotFound):
            queries.get_case(kim, case_id)
    for case_id in (mine, *others, 4711):
        with pytest.raises(Denied):
            queries.get_case(place.reporter, case_id)


def test_a_case_goes_along_with_the_thread(place: Place, kim: Actor) -> None:
    case_id, elsewhere = a_report(place.reporter, place.post_id), category("Elsewhere")
    with transaction():
        db.session.execute(update(THREADS).where(THREADS.c.id == place.thread_id).values(category_id=elsewhere))
    assert queries.queue(kim, "open").rows == []
    with pytest.raises(NotFound):
        queries.get_case(kim, case_id)
    lou = a_keeper("lou", elsewhere)
    assert queries.get_case(lou, case_id).id == case_id


def test_the_filters_say_what_the_rules_say(place: Place, kim: Actor) -> None:
    team = [a_member(role, roles=(role,)) for role in ("manager", "admin", "product")]
    lou = a_keeper("lou", category("Another"))
    everybody = [place.moderator, *team, kim, lou, a_keeper("sil", place.category_id, silenced_days=2), place.author]
    wrote = [
        reply(one, place.thread_id, f"Words of {one.username}").post_id for one in everybody if not one.is_silenced
    ]
    cases = [a_report(place.reporter, post) for post in wrote]
    cases += [a_report(kim, place.post_id), report_elsewhere(place), a_report_about(place.reporter, place.culprit)]
    with transaction(place.moderator) as staff:
        actions.claim(staff, queries.get_case(staff, cases[-2], lock=True))
    a_decision(place.moderator, a_report(place.reporter, reply(place.culprit, place.thread_id, "Worse.").post_id))
    all_cases = db.session.scalars(select(CASES.c.id)).all()
    for actor in everybody:
        seen = set()
        for case_id in all_cases:
            with contextlib.suppress(NotFound, Denied):
                seen.add(queries.get_case(actor, case_id))
        listed = set(db.session.scalars(select(CASES.c.id).where(visible_cases(actor))))
        assert listed == {case.id for case in seen}, actor.username
        listed = set(db.session.scalars(select(CASES.c.id).where(decidable_cases(actor))))
        assert listed == {case.id for case in seen if may(actor, "case.decide", case)}, actor.username
    assert queries.open_count(kim) == len(cases) - 3  # her own post, the other category, the profile


# ---------------------------------------------------------------- what they decide


def test_they_remove_a_post_with_reasons_and_undo_it(place: Place, kim: Actor) -> None:
    case_id = a_report(place.reporter, place.post_id)
    with transaction(kim) as actor:
        actions.claim(actor, queries.get_case(actor, case_id, lock=True))
    decision_id = a_decision(kim, case_id, "remove", "It insults a member.")
    assert (decided(decision_id), state(place.post_id)) == ("remove", "removed")
    said = queries.statement_for(place.culprit, decision_id)
    assert said.reason == "It insults a member."
    with transaction(kim) as actor:
        case = queries.case_of_decision(actor, decision_id, lock=True)
        actions.reverse(actor, case, decision_id, "I was wrong.")
    assert state(place.post_id) == "published"
    entries = db.session.execute(
        select(audit.AuditEntry.act, audit.AuditEntry.actor_id).where(
            audit.AuditEntry.target_kind == "case", audit.AuditEntry.act != "report.make"
        )
    ).all()
    assert {tuple(one) for one in entries} == {
        (act, kim.id) for act in ("case.claim", "case.decide", "decision.reverse")
    }


@pytest.mark.parametrize("act", ["remove_warn", "silence", "suspend", "ban"])
def test_they_lay_no_sanction_on_anybody(place: Place, kim: Actor, act: str) -> None:
    case_id = a_report(place.reporter, place.post_id)
    with pytest.raises(Denied, match="staff-only"):
        a_decision(kim, case_id, act)
    culprit = actor_of(place.culprit.member_id)
    assert not (culprit.is_silenced)
    assert not (culprit.is_banned)
    assert queries.get_case(kim, case_id).is_open
    assert state(place.post_id) == "published"
    for verb in (actions.suspend, actions.unsuspend):
        with pytest.raises(Denied), transaction(kim) as actor:
            verb(actor, place.culprit.member_id, *((None,) if verb is actions.suspend else ()), "Enough.")


def test_what_others_decided_they_leave_and_the_team_undoes_theirs(place: Place, kim: Actor) -> None:
    lou = a_keeper("lou", place.category_id)
    decision_id = a_decision(lou, a_report(place.reporter, place.post_id), "remove")

    def undo(actor: Actor) -> None:
        with transaction(actor) as fresh:
            case = queries.case_of_decision(fresh, decision_id, lock=True)
            actions.reverse(fresh, case, decision_id, "Too hard.")

    with pytest.raises(Denied, match="decision-of-others"):
        undo(kim)
    undo(place.moderator)
    assert state(place.post_id) == "published"


def test_nobody_judges_themselves_their_own_report_or_the_team(place: Place, kim: Actor) -> None:
    own = a_report(place.reporter, reply(kim, place.thread_id, "I may say that.").post_id)
    with pytest.raises(NotFound):
        queries.get_case(kim, own)
    of_staff = a_report(place.reporter, reply(place.moderator, place.thread_id, "Quiet now!").post_id)
    with pytest.raises(Denied, match="case-about-staff"):
        a_decision(kim, of_staff, "remove")
    reported = a_report(kim, place.post_id)
    with pytest.raises(Denied, match="case-own-report"):
        a_decision(kim, reported, "remove")
    assert db.session.scalar(select(func.count()).select_from(DECISIONS)) == 0


# ---------------------------------------------------------------- their pages


def test_their_desk_names_what_they_may_decide_and_nothing_of_the_person(app: Flask, place: Place, kim: Actor) -> None:
    other = report_elsewhere(place)
    a_decision(place.moderator, other, "remove_warn")
    case_id = a_report(place.reporter, place.post_id)
    address = f"/moderation/cases/{case_id}"
    shown: dict[str, Any] = {}
    for who in (place.moderator, kim):
        page = read(Visitor(app, who).get(address))
        keys = [key.get_text() for key in page.select("[data-keys] a")]
        person = page.select_one(".desk-person")
        assert person is not None
        shown[who.username] = (keys, person.get_text(" "))
    assert [key[1:] for key in shown["kim"][0]] == ["No violation", "Remove"]
    assert len(shown["mia"][0]) == 6
    for word in ("Member since", "Sanctions", "warned", "Reactions received"):
        assert word in shown["mia"][1]
        assert word not in shown["kim"][1]
    number = queries.get_case(place.moderator, other).number
    assert (number in shown["mia"][1], number in shown["kim"][1]) == (True, False)
    assert "Warnings, silences, suspensions and bans are for the team" in words(Visitor(app, kim).get(address))
    assert Visitor(app, kim).get(f"/moderation/cases/{other}").status_code == 404
    assert Visitor(app, kim).get("/decisions/1").status_code == 404


def test_the_navigation_and_the_news_count_their_cases(app: Flask, place: Place, kim: Actor) -> None:
    report_elsewhere(place)
    visitor = Visitor(app, kim)
    assert visitor.get("/news").json["cases"] == ""
    a_report(place.reporter, place.post_id)
    assert visitor.get("/news").json["cases"] == "1"
    assert read(visitor.get("/")).select_one('a.place[href="/moderation"]') is not None
    assert "Moderation" in words(visitor.get("/shortcuts"))
    member = Visitor(app, a_member("ben"))
    assert "cases" not in member.get("/news").json
    assert read(member.get("/")).select_one('a.place[href="/moderation"]') is None
    assert member.get("/moderation").status_code == 403


def test_who_may_moderate_no_more_has_no_desk(app: Flask, place: Place) -> None:
    case_id = a_report(place.reporter, place.post_id)
    a_rulebook(is_material=True)
    for number, rests in enumerate(({"silenced_days": 3}, {"accepted": 0}, {"is_confirmed": False})):
        visitor = Visitor(app, a_keeper(f"kim{number}", place.category_id, **rests))
        assert visitor.get("/moderation").status_code == 403, rests
        assert visitor.get(f"/moderation/cases/{case_id}").status_code == 403, rests
        assert visitor.post(f"/moderation/cases/{case_id}/claim").status_code == 403, rests
