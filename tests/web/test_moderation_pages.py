"""Reporting and the desk, through the browser's door."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.core.paging import encode
from forum.core.worker import drain
from forum.moderation import actions, queries
from forum.moderation.models import CASES, DECISIONS, REPORTS
from forum.notifications import queries as notifications
from forum.notifications import words
from forum.threads import actions as thread_actions
from forum.threads.models import POSTS
from tests.factories.members import a_member
from tests.factories.moderation import a_decision, a_report, a_report_about
from tests.factories.rules import a_rule_id, a_rulebook
from tests.factories.threads import category, on_post, reply, sign_in, thread

CULPRIT = "You are a fool."


@pytest.fixture
def people(app: Flask) -> dict[str, Actor]:
    a_rulebook()
    return {
        "anna": a_member("anna", display_name="Anna Adler"),
        "karl": a_member("karl", display_name="Karl Kette", language="de"),
        "mia": a_member("mia", display_name="Mia Meister", roles=("moderator",)),
        "max": a_member("max", display_name="Max Mut", roles=("moderator",)),
    }


@pytest.fixture
def post_id(people: dict[str, Actor]) -> int:
    started = thread(people["anna"], category(), "On the cycle path")
    return reply(people["karl"], started.thread_id, CULPRIT).post_id


def signed_in(app: Flask, actor: Actor) -> FlaskClient:
    return sign_in(app.test_client(), actor)


def body(answer: object) -> str:
    return answer.get_data(as_text=True)  # type: ignore[attr-defined, no-any-return]


def token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def send_report(client: FlaskClient, post_id: int, **fields: object) -> object:
    page = body(client.get(f"/report?post={post_id}"))
    values = {"csrf_token": token(page), "post": post_id, "rule": a_rule_id(), "text": "He insults Anna.", **fields}
    return client.post("/report", data=values)


def test_a_guest_who_reports_signs_in_first(client: FlaskClient, post_id: int) -> None:
    answer = client.get(f"/report?post={post_id}")
    assert answer.status_code == 303
    assert answer.location.startswith("/login?next=/report")


def test_a_report_is_one_form_and_a_receipt_with_a_number(app: Flask, people: dict[str, Actor], post_id: int) -> None:
    client = signed_in(app, people["anna"])
    page = body(client.get(f"/report?post={post_id}"))
    assert 'id="report"' in page
    assert "Stay friendly" in page
    assert CULPRIT in page
    answer = send_report(client, post_id)
    assert answer.status_code == 303  # type: ignore[attr-defined]
    receipt = body(client.get(answer.location))  # type: ignore[attr-defined]
    case = db.session.execute(select(CASES.c.id, CASES.c.opened_at)).one()
    assert queries.reference(case.opened_at, case.id) in receipt
    again = client.get(f"/report?post={post_id}")
    assert (again.status_code, again.location) == (303, "/reports/" + str(db.session.scalar(select(REPORTS.c.id))))
    assert "He insults Anna." in body(client.get("/reports"))


def test_who_reported_a_post_sees_that_beside_it_and_nobody_else_does(
    app: Flask, people: dict[str, Actor], post_id: int
) -> None:
    thread_id = db.session.scalar(select(POSTS.c.thread_id).where(POSTS.c.id == post_id))
    where = signed_in(app, people["anna"]).get(f"/t/{thread_id}").location
    send_report(signed_in(app, people["anna"]), post_id)
    mine = body(signed_in(app, people["anna"]).get(where))
    assert "reported by you" in mine
    assert f"/report?post={post_id}" not in mine
    other = body(signed_in(app, people["mia"]).get(where))
    assert "reported by you" not in other
    assert f"/report?post={post_id}" in other


def test_a_refused_report_keeps_what_was_typed(app: Flask, people: dict[str, Actor], post_id: int) -> None:
    client = signed_in(app, people["anna"])
    answer = send_report(client, post_id, rule="", text="My words")
    assert answer.status_code == 400  # type: ignore[attr-defined]
    page = body(answer)
    assert "Please choose the rule that this is about." in page
    assert "My words" in page
    assert db.session.scalar(select(func.count()).select_from(REPORTS)) == 0


@pytest.mark.parametrize("address", ["/report", "/report?post=x", "/report?post=999999", "/report?member=0"])
def test_what_is_not_there_can_not_be_reported(app: Flask, people: dict[str, Actor], address: str) -> None:
    assert signed_in(app, people["anna"]).get(address).status_code == 404


def test_ones_own_post_can_not_be_reported(app: Flask, people: dict[str, Actor], post_id: int) -> None:
    answer = signed_in(app, people["karl"]).get(f"/report?post={post_id}", headers={"Accept-Language": "de"})
    assert answer.status_code == 403


def test_a_member_can_be_reported(app: Flask, people: dict[str, Actor]) -> None:
    client = signed_in(app, people["anna"])
    member = people["karl"].member_id
    page = body(client.get(f"/report?member={member}"))
    values = {"csrf_token": token(page), "member": member, "rule": a_rule_id(), "text": "An advert."}
    assert client.post("/report", data=values).status_code == 303
    assert db.session.scalar(select(CASES.c.member_id)) == member


def test_the_desk_is_for_the_team(app: Flask, client: FlaskClient, people: dict[str, Actor], post_id: int) -> None:
    case_id = a_report(people["anna"], post_id)
    for address in ("/moderation", f"/moderation/cases/{case_id}"):
        assert client.get(address).status_code == 303
        assert signed_in(app, people["anna"]).get(address).status_code == 403
        assert signed_in(app, people["mia"]).get(address).status_code == 200
    assert signed_in(app, people["mia"]).get("/moderation/cases/999").status_code == 404


def test_the_second_who_takes_a_case_is_told_who_has_it(app: Flask, people: dict[str, Actor], post_id: int) -> None:
    address = f"/moderation/cases/{a_report(people['anna'], post_id)}"
    first, second = signed_in(app, people["mia"]), signed_in(app, people["max"])
    pages = [body(client.get(address)) for client in (first, second)]
    assert first.post(f"{address}/claim", data={"csrf_token": token(pages[0])}).status_code == 303
    late = second.post(f"{address}/claim", data={"csrf_token": token(pages[1])})
    assert late.status_code == 409
    assert "Mia Meister is working on this case." in body(late)
    assert "Mia Meister" in body(second.get(address))
    assert first.post(f"{address}/release", data={"csrf_token": token(pages[0])}).status_code == 303


def test_a_case_shows_what_was_reported_and_what_became_of_it(
    app: Flask, people: dict[str, Actor], post_id: int
) -> None:
    case_id = a_report(people["anna"], post_id, "He insults Anna.")
    on_post(thread_actions.edit_post, people["karl"], post_id, thread_actions.write(people["karl"], "You are kind."), 1)
    page = body(signed_in(app, people["mia"]).get(f"/moderation/cases/{case_id}"))
    assert CULPRIT in page
    assert "Edited since the report" in page
    assert "kind" in page
    assert "He insults Anna." in page
    assert "Karl Kette" in page


def test_the_letter_is_shown_in_the_authors_language_before_it_is_sent(
    app: Flask, people: dict[str, Actor], post_id: int
) -> None:
    case_id = a_report(people["anna"], post_id)
    client = signed_in(app, people["mia"])
    page = body(client.get(f"/moderation/cases/{case_id}?act=remove_warn"))
    assert "Greif niemanden an." in page
    values = {"csrf_token": token(page), "act": "remove_warn", "rule": a_rule_id(), "reason": "Das war grob."}
    shown = client.post(f"/moderation/cases/{case_id}/preview", data=values)
    assert shown.status_code == 200
    assert "Das war grob." in body(shown)
    letter = client.post(f"/moderation/cases/{case_id}/preview", data=values, headers={"Accept": "application/json"})
    assert "Das war grob." in letter.get_json()["letter"]
    assert db.session.scalar(select(func.count()).select_from(DECISIONS)) == 0


def test_who_would_remove_an_opening_post_is_told_what_goes_with_it(app: Flask, people: dict[str, Actor]) -> None:
    started = thread(people["karl"], category(), body=CULPRIT)
    for name in ("anna", "max"):
        reply(people[name], started.thread_id, f"Quiet, please, says {name}.")
    case_id = a_report(people["anna"], started.post_id)
    client = signed_in(app, people["mia"])
    for act, is_told in (("remove", True), ("ban", True), ("no_action", False)):
        page = body(client.get(f"/moderation/cases/{case_id}?act={act}"))
        assert ("hides the whole thread, with 2 more posts" in page) is is_told, act
    a_decision(people["mia"], case_id)
    again = a_report(people["anna"], reply(people["karl"], thread(people["anna"], category()).thread_id).post_id)
    assert "hides the whole thread" not in body(client.get(f"/moderation/cases/{again}?act=remove"))


def test_a_decision_leads_to_the_next_case_and_can_be_undone(
    app: Flask, people: dict[str, Actor], post_id: int
) -> None:
    first = a_report(people["anna"], post_id)
    other = reply(people["karl"], thread(people["anna"], category()).thread_id, "Worse.").post_id
    second = a_report(people["anna"], other)
    client = signed_in(app, people["mia"])
    page = body(client.get(f"/moderation/cases/{first}?act=remove"))
    values = {"csrf_token": token(page), "act": "remove", "rule": a_rule_id(), "reason": ""}
    refused = client.post(f"/moderation/cases/{first}/decide", data=values)
    assert refused.status_code == 400
    assert "Please give the reason" in body(refused)
    done = client.post(f"/moderation/cases/{first}/decide", data=values | {"reason": "An insult."})
    assert (done.status_code, done.location) == (303, f"/moderation/cases/{second}")
    assert "is decided: removed." in body(client.get(done.location))
    decided = body(client.get(f"/moderation/cases/{first}?view=decided"))
    decision = db.session.scalar(select(DECISIONS.c.id))
    refused = client.post(f"/moderation/decisions/{decision}/reverse", data={"csrf_token": token(decided)})
    assert refused.status_code == 400
    assert "data-focus" in body(refused)
    back = client.post(
        f"/moderation/decisions/{decision}/reverse", data={"csrf_token": token(decided), "reason": "Too hard."}
    )
    assert back.status_code == 303
    assert "Too hard." in body(client.get(back.location))
    assert (
        client.post(
            f"/moderation/decisions/{decision}/reverse", data={"csrf_token": token(decided), "reason": "Again."}
        ).status_code
        == 409
    )


def test_somebody_is_suspended_at_the_desk_for_the_days_that_were_said(
    app: Flask, people: dict[str, Actor], post_id: int
) -> None:
    client = signed_in(app, people["mia"])
    first = a_report(people["anna"], post_id)
    values = {"act": "suspend", "rule": a_rule_id(), "reason": "Das war grob."}
    for case_id, proposed in ((first, "3"), (a_report_about(people["max"], people["karl"]), "7")):
        page = body(client.get(f"/moderation/cases/{case_id}?act=suspend"))
        assert re.search(rf'name="days"[^>]*value="{proposed}"', page)
        assert "Dein Konto ist bis" in page
        sent = values | {"csrf_token": token(page)}
        assert client.post(f"/moderation/cases/{case_id}/decide", data=sent | {"days": "x"}).status_code == 400
        done = client.post(f"/moderation/cases/{case_id}/decide", data=sent | {"days": proposed})
        assert done.status_code == 303
    decided = body(client.get(f"/moderation/cases/{first}?view=decided"))
    assert "<b>suspended</b> · 3 days" in decided
    assert "suspended until" in decided
    assert "banned" not in decided
    page = body(signed_in(app, people["karl"]).get("/"))
    assert "Dein Konto ist bis" in page
    drain(app.extensions["settings"])
    told = [words.sentence(row, "de", "UTC") for row in notifications.notifications(people["karl"]).rows]
    assert any(one.startswith("Dein Konto ist bis") and one.endswith("gesperrt") for one in told)


def test_a_decision_is_read_by_the_one_it_concerns_and_the_team_only(
    app: Flask, people: dict[str, Actor], post_id: int
) -> None:
    decision_id = a_decision(people["mia"], a_report(people["anna"], post_id), "remove", "An insult to Anna.")
    for name, status in (("karl", 200), ("mia", 200), ("anna", 404)):
        answer = signed_in(app, people[name]).get(f"/decisions/{decision_id}")
        assert answer.status_code == status
        if status == 200:
            assert "An insult to Anna." in body(answer)
            assert CULPRIT in body(answer)


def test_a_banned_member_reads_the_reason_and_nothing_else(app: Flask, people: dict[str, Actor], post_id: int) -> None:
    a_decision(people["mia"], a_report(people["anna"], post_id), "ban", "Again and again.")
    client = signed_in(app, people["karl"])
    answer = client.get("/")
    assert answer.status_code == 403
    assert "Again and again." in body(answer)


def test_a_notification_leads_to_its_post_and_counts_down_after_the_answer(
    app: Flask, people: dict[str, Actor], post_id: int
) -> None:
    drain(app.extensions["settings"])
    client = signed_in(app, people["anna"])
    page = body(client.get("/notifications"))
    assert "Karl Kette replied in “On the cycle path”" in page
    assert "is-unread" in page
    link = re.search(r'href="(/notifications/\d+)"', page)
    assert link
    answer = client.get(link[1], buffered=True)
    assert answer.status_code == 302
    assert answer.location.startswith("/t/")
    page = body(client.get("/notifications"))
    assert "is-unread" not in page
    assert signed_in(app, people["mia"]).get(link[1]).status_code == 404


def test_all_notifications_are_marked_by_one_button(app: Flask, people: dict[str, Actor], post_id: int) -> None:
    drain(app.extensions["settings"])
    client = signed_in(app, people["anna"])
    page = body(client.get("/notifications"))
    assert client.post("/notifications/seen", data={"csrf_token": token(page)}).status_code == 303
    assert "is-unread" not in body(client.get("/notifications"))


def test_the_lists_of_the_desk_and_of_notifications_take_few_statements(
    app: Flask, people: dict[str, Actor], post_id: int
) -> None:
    client = signed_in(app, people["mia"])
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    def counted(address: str) -> int:
        statements.clear()
        assert client.get(address).status_code == 200
        return len([one for one in statements if not one.startswith(("PRAGMA", "BEGIN", "COMMIT"))])

    case_id = a_report(people["anna"], post_id)
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        few = counted(f"/moderation/cases/{case_id}")
        for number in range(25):
            wrong = reply(people["karl"], thread(people["anna"], category()).thread_id, f"Bad {number}").post_id
            a_report(people["anna"], wrong)
            a_report(people["max"], wrong)
        assert counted(f"/moderation/cases/{case_id}") == few
        assert few <= 22
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_who_moderates_claims_and_decides_in_one_step(app: Flask, people: dict[str, Actor], post_id: int) -> None:
    case_id = a_report(people["anna"], post_id)
    with transaction(people["max"]) as actor:
        actions.claim(actor, queries.get_case(actor, case_id, lock=True))
    client = signed_in(app, people["mia"])
    page = body(client.get(f"/moderation/cases/{case_id}?act=no_action"))
    assert "Max Mut" in page
    assert 'id="decision"' not in page
    values = {"csrf_token": token(page), "act": "no_action", "reason": "Kept text"}
    late = client.post(f"/moderation/cases/{case_id}/decide", data=values)
    assert late.status_code == 409
    assert "Kept text" in body(late)


def test_a_place_in_the_list_that_nobody_was_given_is_not_found(app: Flask, people: dict[str, Actor]) -> None:
    desk = signed_in(app, people["mia"])
    for moment in ("yesterday", "0001-01-01T00:00:00+23:59"):
        assert desk.get(f"/moderation?before={encode(moment, 1)}").status_code == 404
