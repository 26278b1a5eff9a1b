"""Suspending or banning a member from their file, and letting them take part again."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from forum.core import audit, clock
from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.core.formats import written
from forum.core.worker import drain
from forum.members import queries
from forum.moderation import actions
from forum.moderation.models import CASES, DECISIONS
from forum.moderation.queries import get_case
from tests.factories.members import PASSWORD, a_member
from tests.factories.moderation import a_report_about
from tests.factories.rules import a_rule_id, a_rulebook
from tests.factories.visitor import Visitor, read, words

REASON = "Advertising in every thread, after two warnings."


@pytest.fixture(autouse=True)
def rulebook(app: Flask) -> None:
    a_rulebook()


@pytest.fixture
def sara(app: Flask) -> Visitor:
    return Visitor(app, a_member("sara", roles=("manager",)))


@pytest.fixture
def petra(app: Flask) -> Actor:
    return a_member("petra")


def place(member: Actor) -> str:
    return f"/admin/members/{member.id}"


def is_banned(member: Actor) -> bool:
    return queries.actor_of(member.member_id).is_banned


def has_form(visitor: Visitor, member: Actor) -> bool:
    return read(visitor.get(place(member))).select_one("#suspension-form") is not None


def test_a_member_is_banned_and_takes_part_again_and_is_told_why(app: Flask, sara: Visitor, petra: Actor) -> None:
    hers = Visitor(app, petra)
    answer = sara.post(f"{place(petra)}/suspend", rule=str(a_rule_id()), reason=REASON)
    assert answer.status_code == 303
    assert is_banned(petra)
    seen = hers.get("/")
    assert (seen.status_code, "Your account is banned" in words(seen), REASON in words(seen)) == (403, True, True)
    shown = words(sara.get(place(petra)))
    assert "petra is banned, and is told why." in shown
    assert "no, banned since" in shown
    assert "Let them take part again" in shown
    entry = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.act == "case.decide")).one()
    assert (entry.actor_name, entry.reason) == ("sara", REASON)
    assert (entry.before or {})["state"] == "open"
    assert ((entry.after or {})["act"], (entry.after or {})["about"]) == ("ban", petra.id)
    assert sara.post(f"{place(petra)}/unsuspend", reason="It was somebody else.").status_code == 303
    assert not is_banned(petra)
    assert "It was somebody else." in str(db.session.scalars(select(DECISIONS.c.reversal_reason)).all())


def test_a_member_is_suspended_for_days_and_signs_in_again_after_them(app: Flask, sara: Visitor, petra: Actor) -> None:
    answer = sara.post(f"{place(petra)}/suspend", days="7", rule=str(a_rule_id()), reason=REASON)
    assert answer.status_code == 303
    shown = words(sara.get(place(petra)))
    until = written(clock.now() + timedelta(days=7), "medium", "en", "Europe/Berlin").rpartition(",")[0]
    for said in ("petra is suspended for 7 days, and is told why.", f"no, suspended until {until}", "Suspended until"):
        assert said in shown
    assert "dauerhaft gesperrt" not in words(Visitor(app, sara.actor, "de").get(place(petra)))
    seen = Visitor(app, petra).get("/")
    assert seen.status_code == 403
    assert f"Your account is suspended until {until}" in words(seen)
    assert REASON in words(seen)
    listed = words(sara.get("/admin/members?state=banned"))
    assert "petra" in listed
    assert "suspended or banned" in listed
    assert "This account is suspended or banned." in words(sara.get("/u/petra"))
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        drain(app.extensions["settings"])
        again = Visitor(app)
        again.post("/login", username="petra", password=PASSWORD)
        assert again.get("/settings/profile").status_code == 200


def test_undoing_a_suspension_lets_them_take_part_at_once(app: Flask, sara: Visitor, petra: Actor) -> None:
    sara.post(f"{place(petra)}/suspend", days="7", rule=str(a_rule_id()), reason=REASON)
    assert sara.post(f"{place(petra)}/unsuspend", reason="It was somebody else.").status_code == 303
    assert Visitor(app, petra).get("/").status_code == 200
    assert "lifted" in words(sara.get(place(petra)))


def test_a_ban_is_never_what_somebody_forgot_to_fill_in(sara: Visitor, petra: Actor) -> None:
    assert read(sara.get(place(petra))).select_one("#days")["value"] == "7"  # type: ignore[index]


@pytest.mark.parametrize("days", ["0", "366", "seven", "7d", "-1", "1.5", "9" * 30])
def test_what_is_no_length_is_refused_and_never_a_ban(sara: Visitor, petra: Actor, days: str) -> None:
    answer = sara.post(f"{place(petra)}/suspend", days=days, rule=str(a_rule_id()), reason=REASON)
    assert answer.status_code == 400
    assert not is_banned(petra)
    kept = read(answer).select_one("#days")
    assert kept is not None
    assert kept["value"] == days
    assert read(answer).select_one("#days-error")
    assert REASON in answer.text


@pytest.mark.parametrize("form", [{"reason": REASON}, {"rule": "first"}, {"rule": "999", "reason": REASON}])
def test_without_rule_or_reason_nothing_happens_and_what_was_typed_stays(
    sara: Visitor, petra: Actor, form: dict[str, str]
) -> None:
    form = form | ({"rule": str(a_rule_id())} if form.get("rule") == "first" else {})
    answer = sara.post(f"{place(petra)}/suspend", **form)
    assert answer.status_code == 400
    assert not is_banned(petra)
    assert db.session.scalar(select(CASES.c.id)) is None
    assert form.get("reason", "") in answer.text
    chosen = read(answer).select_one("#rule option[selected]")
    assert (chosen is not None) == ("reason" not in form)
    assert read(answer).select_one("#rule-error, #reason-error")


def test_letting_somebody_take_part_again_needs_a_reason(sara: Visitor, petra: Actor) -> None:
    sara.post(f"{place(petra)}/suspend", rule=str(a_rule_id()), reason=REASON)
    answer = sara.post(f"{place(petra)}/unsuspend", reason="  ")
    assert answer.status_code == 400
    assert is_banned(petra)


def test_a_second_press_makes_no_second_decision(sara: Visitor, petra: Actor) -> None:
    for _time in range(2):
        assert sara.post(f"{place(petra)}/suspend", rule=str(a_rule_id()), reason=REASON).status_code == 303
    assert "This member is suspended or banned already." in words(sara.get(place(petra)))
    assert len(db.session.scalars(select(DECISIONS.c.id)).all()) == 1


def test_the_open_case_about_the_member_is_decided_and_shown_before(sara: Visitor, petra: Actor) -> None:
    case_id = a_report_about(a_member("anna"), petra)
    assert "Suspending or banning them decides it." in words(sara.get(place(petra)))
    sara.post(f"{place(petra)}/suspend", rule=str(a_rule_id()), reason=REASON)
    assert db.session.scalars(select(DECISIONS.c.case_id)).all() == [case_id]


def test_who_works_on_the_case_is_not_overtaken_and_nothing_typed_is_lost(sara: Visitor, petra: Actor) -> None:
    case_id = a_report_about(a_member("anna"), petra)
    with transaction(a_member("mod", roles=("moderator",))) as mod:
        actions.claim(mod, get_case(mod, case_id, lock=True))
    assert not has_form(sara, petra)
    assert "mod is working on this case." in words(sara.get(place(petra)))
    answer = sara.post(f"{place(petra)}/suspend", rule=str(a_rule_id()), reason=REASON)
    assert answer.status_code == 409
    assert REASON in answer.text
    assert not is_banned(petra)


def test_who_has_reported_the_member_does_not_judge_them(sara: Visitor, petra: Actor) -> None:
    assert sara.actor is not None
    a_report_about(sara.actor, petra)
    assert not has_form(sara, petra)
    assert sara.post(f"{place(petra)}/suspend", rule=str(a_rule_id()), reason=REASON).status_code == 403
    assert not is_banned(petra)


def test_managers_judge_nobody_of_the_team_and_nobody_themselves(app: Flask, sara: Visitor) -> None:
    boss, mod = a_member("boss", roles=("admin",)), a_member("mod", roles=("moderator",))
    form = {"rule": str(a_rule_id()), "reason": REASON}
    for member in (boss, mod):
        assert not has_form(sara, member)
        assert sara.post(f"{place(member)}/suspend", **form).status_code == 403
    theirs = Visitor(app, boss)
    assert not has_form(theirs, boss)
    assert theirs.post(f"{place(boss)}/suspend", **form).status_code == 409
    assert has_form(theirs, mod)
    assert theirs.post(f"{place(mod)}/suspend", **form).status_code == 303
    assert not has_form(sara, mod)
    assert sara.post(f"{place(mod)}/unsuspend", reason="No.").status_code == 403
    assert (is_banned(boss), is_banned(mod)) == (False, True)


def test_a_ban_without_a_decision_is_not_undone_here(app: Flask, sara: Visitor) -> None:
    gone = a_member("gone", is_banned=True)
    assert not has_form(sara, gone)
    assert "without a decision that could be undone" in words(sara.get(place(gone)))
    sara.post(f"{place(gone)}/unsuspend", reason="Is back.")
    assert is_banned(gone)
