"""Passkeys in the browser: making, using, naming and removing them, and every answer that doesn't hold."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
import structlog
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from forum.community import actions as community
from forum.community.marks import mark_of
from forum.community.queries import current
from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.core.settings import install, installed
from forum.core.worker import drain
from forum.members import actions, queries
from forum.members.models import MEMBERS, PASSKEYS
from tests.factories import mail
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit
from tests.factories.passkeys import Device, read
from tests.factories.two_factor import switched_on
from tests.factories.visitor import words

NOON = datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC)
Time = time_machine.Traveller
PAGE = "/settings/passkeys"


@pytest.fixture(autouse=True)
def moment(app: Flask) -> Iterator[Time]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _warnings_are_logged() -> Iterator[None]:
    usual = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    yield
    structlog.configure(wrapper_class=usual)


@pytest.fixture
def petra(app: Flask) -> Actor:
    return a_member("petra")


@pytest.fixture
def client(app: Flask, petra: Actor) -> FlaskClient:
    """Petra's browser, signed in."""
    client = browser(app)
    sign_in_by_form(client, "petra")
    return client


def options(client: FlaskClient, page: str = "/login/passkey") -> dict[str, Any]:
    """What the script of a page asks for."""
    answer = client.get(page)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    return dict(answer.get_json())


def fields(html: str, form: str) -> dict[str, str]:
    found = BeautifulSoup(html, "html5lib").select_one(form)
    assert found is not None, html
    return {str(one["name"]): str(one.get("value", "")) for one in found.select("input[name]")}


def send_new(client: FlaskClient, answer: str, name: str = "My phone") -> TestResponse:
    return submit(client, PAGE, "new-passkey", name=name, passkey=answer)


def add(client: FlaskClient, name: str = "My phone", **made: Any) -> Device:
    """The member adds a passkey."""
    device = Device(**made)
    answer = send_new(client, device.make(options(client, f"{PAGE}/options")), name)
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    return device


def send_use(client: FlaskClient, answer: str, page: str = "/login?next=/rules/changes", **more: str) -> TestResponse:
    form = fields(client.get(page).text, "#login") | {"days": "30", "passkey": answer} | more
    return client.post("/login/passkey", data=form)


def enter(client: FlaskClient, device: Device, **wrong: Any) -> TestResponse:
    """Somebody signs in with a passkey at the sign-in page."""
    client.get("/login")
    return send_use(client, device.use(options(client), **wrong))


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/settings").status_code == 200


def refused(client: FlaskClient, send: Callable[[], TestResponse], *, what: str) -> str:
    """Sends it, sees to it that it is refused and noted, and returns the words of the page."""
    with capture_logs() as lines:
        answer = send()
    assert answer.status_code == 400
    assert [(line["kind"], line["what"]) for line in lines if line["event"] == "security"] == [
        ("passkey-refused", what)
    ]
    return words(answer)


# ---------------------------------------------------------------- making one


def test_a_member_adds_a_passkey_and_signs_in_without_a_user_name(app: Flask, client: FlaskClient) -> None:
    device = add(client, "Büro <b>")
    page = words(client.get(PAGE))
    assert "Büro <b>" in page
    assert "never used" in page
    fresh = browser(app)
    answer = enter(fresh, device)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/rules/changes")
    assert is_signed_in(fresh)
    page = words(fresh.get(PAGE))
    assert "last used" in page
    assert "never used" not in page


def test_what_the_browser_is_asked_for(client: FlaskClient, petra: Actor) -> None:
    asked = options(client, f"{PAGE}/options")
    assert asked["rp"]["id"] == "localhost"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["attestation"] == "none"
    assert asked["user"]["name"] == "petra"
    assert len(read(asked["user"]["id"])) == 32
    device = add(client)
    again = options(client, f"{PAGE}/options")
    assert again["user"]["id"] == device.user_handle
    assert [one["id"] for one in again["excludeCredentials"]] == [device.credential_id]
    asked = options(client)
    assert asked["userVerification"] == "required"
    assert not asked.get("allowCredentials")
    assert asked["challenge"] != options(client)["challenge"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\u200bb"])
def test_a_name_that_will_not_do_is_refused_and_kept(client: FlaskClient, name: str) -> None:
    answer = send_new(client, Device().make(options(client, f"{PAGE}/options")), name)
    assert answer.status_code == 400
    field = BeautifulSoup(answer.text, "html5lib").select_one("#name[aria-invalid=true]")
    assert field is not None
    assert field["value"] == name.strip()


def test_a_passkey_is_added_once_and_by_one_member(app: Flask, client: FlaskClient) -> None:
    device = add(client)
    answer = send_new(client, device.make(options(client, f"{PAGE}/options")))
    assert (answer.status_code, "known here already" in words(answer)) == (400, True)
    other_actor = a_member("paul")
    other = browser(app)
    sign_in_by_form(other, "paul")
    stolen = replace(device)
    assert send_new(other, stolen.make(options(other, f"{PAGE}/options"))).status_code == 400
    assert queries.passkeys_of(other_actor) == []
    fresh = browser(app)
    enter(fresh, device)
    assert "@petra" in fresh.get("/settings/account").text


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"origin": "http://evil.example"}, "elsewhere"),
        ({"origin": "http://localhost:8000.evil.example"}, "elsewhere"),
        ({"host": "evil.example"}, "elsewhere"),
        ({"knows_owner": False}, "unfit"),
    ],
)
def test_what_was_made_elsewhere_or_for_anybody_is_refused(
    client: FlaskClient, petra: Actor, wrong: Mapping[str, Any], what: str
) -> None:
    asked = options(client, f"{PAGE}/options")
    told = refused(client, lambda: send_new(client, Device(**wrong).make(asked)), what=what)
    assert ("http://localhost:8000" in told) is (what == "elsewhere")
    assert queries.passkeys_of(petra) == []


def test_a_challenge_is_for_one_purpose_one_session_and_five_minutes(
    app: Flask, client: FlaskClient, moment: Time
) -> None:
    asked = options(client, f"{PAGE}/options")
    to_use = asked | {"challenge": options(client)["challenge"]}
    refused(client, lambda: send_new(client, Device().make(to_use)), what="expired")
    a_member("paul")
    other = browser(app)
    sign_in_by_form(other, "paul")
    refused(other, lambda: send_new(other, Device().make(asked)), what="expired")
    moment.shift(301)
    refused(client, lambda: send_new(client, Device().make(asked)), what="expired")


def test_nobody_has_more_than_twenty(client: FlaskClient, petra: Actor) -> None:
    device = add(client)
    kept = db.session.execute(sa.select(PASSKEYS)).one()._asdict()
    del kept["id"]
    rows = [kept | {"credential_id": f"{device.credential_id}{number}"} for number in range(19)]
    with transaction():
        db.session.execute(sa.insert(PASSKEYS), rows)
    assert "new-passkey" not in client.get(PAGE).text
    token = fields(client.get("/settings/two-factor").text, "#switch-on")["csrf_token"]
    made = Device().make(options(client, f"{PAGE}/options"))
    answer = client.post(PAGE, data={"csrf_token": token, "name": "One more", "passkey": made})
    assert answer.status_code == 400
    assert "20 passkeys" in words(answer)
    assert len(queries.passkeys_of(petra)) == 20


# ---------------------------------------------------------------- signing in


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"origin": "https://localhost:8000"}, "elsewhere"),
        ({"origin": "http://localhost"}, "elsewhere"),
        ({"host": "evil.example"}, "elsewhere"),
        ({"knows_owner": False}, "unfit"),
        ({"user_handle": "AAAA"}, "unfit"),
        ({"user_handle": None}, "unfit"),
    ],
)
def test_what_was_answered_elsewhere_or_by_anybody_signs_nobody_in(
    app: Flask, client: FlaskClient, wrong: Mapping[str, Any], what: str
) -> None:
    device, fresh = replace(add(client), **wrong), browser(app)
    told = refused(fresh, lambda: enter(fresh, device), what=what)
    assert ("http://localhost:8000" in told) is (what == "elsewhere")
    assert not is_signed_in(fresh)


def test_another_signature_signs_nobody_in_and_keeps_the_way_back(app: Flask, client: FlaskClient) -> None:
    device, fresh = add(client), browser(app)
    fresh.get("/login")
    answer = send_use(fresh, device.use(options(fresh), tampers=True), days="30")
    assert answer.status_code == 400
    assert fields(answer.text, "#login")["next"] == "/rules/changes"
    assert not fields(answer.text, "#login")["passkey"]
    assert not is_signed_in(fresh)
    other = Device(user_handle=device.user_handle, credential_id=device.credential_id)
    refused(fresh, lambda: enter(fresh, other), what="unfit")
    assert enter(fresh, device).status_code == 303


def test_an_answer_is_good_for_once_whatever_cookies_come_back(app: Flask, client: FlaskClient) -> None:
    device, fresh = add(client, count=None), browser(app)
    fresh.get("/login")
    answer = device.use(options(fresh))
    before = fresh.get_cookie("session")
    assert before is not None
    assert send_use(fresh, answer).status_code == 303
    again = browser(app)
    again.set_cookie("session", before.value)
    refused(again, lambda: send_use(again, answer), what="expired")
    assert not is_signed_in(again)


def test_an_older_challenge_is_taken_no_more(app: Flask, client: FlaskClient, moment: Time) -> None:
    device, first, second = add(client), browser(app), browser(app)
    first.get("/login")
    older = options(first)
    moment.shift(1)
    assert enter(second, device).status_code == 303
    refused(first, lambda: send_use(first, device.use(older)), what="expired")


@pytest.mark.parametrize(("seconds", "status"), [(300, 303), (301, 400)])
def test_a_challenge_lasts_for_five_minutes(
    app: Flask, client: FlaskClient, moment: Time, seconds: int, status: int
) -> None:
    device, fresh = add(client), browser(app)
    fresh.get("/login")
    asked = options(fresh)
    moment.shift(seconds)
    assert send_use(fresh, device.use(asked)).status_code == status


def test_a_challenge_is_of_its_browser(app: Flask, client: FlaskClient) -> None:
    device, theirs, mine = add(client), browser(app), browser(app)
    theirs.get("/login")
    lured = device.use(options(theirs))
    refused(mine, lambda: send_use(mine, lured), what="expired")
    forged = device.use({"challenge": "AAAA"})
    refused(mine, lambda: send_use(mine, forged), what="expired")


def test_a_count_that_goes_backwards_is_refused_until_it_is_higher(
    app: Flask, client: FlaskClient, moment: Time
) -> None:
    device = add(client, count=7)
    copy = replace(device)
    moment.shift(1)
    assert enter(browser(app), device).status_code == 303
    fresh = browser(app)
    moment.shift(1)
    assert "copy" in refused(fresh, lambda: enter(fresh, copy), what="copied")
    zero = replace(device, count=None)
    refused(fresh, lambda: enter(fresh, zero), what="copied")
    assert enter(fresh, device).status_code == 303


def test_a_passkey_that_does_not_count_goes_on_working(app: Flask, client: FlaskClient, moment: Time) -> None:
    device = add(client, count=None)
    assert "on several devices" in words(client.get(PAGE))
    for _time in range(3):
        moment.shift(1)
        assert enter(browser(app), device).status_code == 303


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ("", "missing"),
        ("{}", "unfit"),
        ("[]", "unfit"),
        ("null", "unfit"),
        ("[" * 5000, "unfit"),
        ("x" * 30_000, "unfit"),
        ("\x00\ud7ff", "unfit"),
        (json.dumps({"id": "A", "rawId": "A", "type": "public-key", "response": {}}), "unfit"),
        (
            json.dumps(
                {
                    "id": "AAAA",
                    "rawId": "AAAA",
                    "type": "public-key",
                    "response": dict.fromkeys(
                        ("clientDataJSON", "authenticatorData", "signature", "userHandle"), "AAAA"
                    ),
                }
            ),
            "unknown",
        ),
    ],
)
def test_anything_else_is_refused(app: Flask, answer: str, what: str) -> None:
    fresh = browser(app)
    refused(fresh, lambda: send_use(fresh, answer), what=what)


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature"])
@pytest.mark.parametrize("value", ["AAAA", "", "W10", "e30", "?"])
def test_a_part_that_is_none_is_refused(app: Flask, client: FlaskClient, part: str, value: str) -> None:
    device, fresh = add(client), browser(app)
    fresh.get("/login")
    answer = json.loads(device.use(options(fresh)))
    answer["response"][part] = value
    assert send_use(fresh, json.dumps(answer)).status_code == 400
    assert not is_signed_in(fresh)


def test_a_new_device_is_told_and_the_length_is_chosen(app: Flask, client: FlaskClient) -> None:
    device, fresh = add(client), browser(app)
    drain(app.extensions["settings"])
    mail.forget(app)
    fresh.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone) Safari/604.1"
    fresh.get("/login")
    assert send_use(fresh, device.use(options(fresh)), days="7").status_code == 400
    assert send_use(fresh, device.use(options(fresh)), days="1").status_code == 303
    drain(app.extensions["settings"])
    assert len(mail.kept(app, "device-*")) == 1


def test_who_is_signed_in_already_goes_on(client: FlaskClient) -> None:
    device = add(client)
    token = fields(client.get("/settings/two-factor").text, "#switch-on")["csrf_token"]
    form = {"csrf_token": token, "passkey": device.use(options(client)), "next": "//evil.example"}
    answer = client.post("/login/passkey", data=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


# ---------------------------------------------------------------- two steps


def ask_for(*roles: str) -> None:
    with transaction():
        community.set_up(two_factor_roles=list(roles))


def test_a_passkey_needs_no_code_and_the_password_still_does(
    app: Flask, client: FlaskClient, petra: Actor, moment: Time
) -> None:
    device = add(client)
    switched_on(petra)
    assert enter(browser(app), device).headers["Location"] == "/rules/changes"
    moment.shift(1)
    fresh = browser(app)
    answer = sign_in_by_form(fresh, "petra", next="/rules/changes")
    assert answer.headers["Location"] == "/login/code?next=/rules/changes"
    form = fields(fresh.get(answer.headers["Location"]).text, "#code-form")
    answer = fresh.post("/login/passkey", data=form | {"passkey": device.use(options(fresh))})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/rules/changes")
    assert is_signed_in(fresh)


def test_whose_role_asks_for_nothing_has_the_password_besides(app: Flask, client: FlaskClient) -> None:
    ask_for("moderator")
    add(client)
    fresh = browser(app)
    assert sign_in_by_form(fresh, "petra").headers["Location"] == "/rules"
    assert is_signed_in(fresh)


def test_a_role_comes_back_with_a_passkey_and_the_password_alone_opens_nothing_any_more(app: Flask) -> None:
    ask_for("moderator")
    mona = a_member("mona", roles=("moderator",))
    at_home, elsewhere = browser(app), browser(app)
    for client in (at_home, elsewhere):
        sign_in_by_form(client, "mona")
        assert client.get("/moderation").status_code == 303
    device = add(at_home)
    assert queries.actor_of(mona.member_id).roles == {"moderator"}
    assert at_home.get("/moderation").status_code == 200
    assert not is_signed_in(elsewhere), "it began with the password alone"
    answer = sign_in_by_form(elsewhere, "mona", next="/moderation")
    assert answer.headers["Location"] == "/login/code?next=/moderation"
    asked = elsewhere.get(answer.headers["Location"])
    form = fields(asked.text, "#code-form")
    assert "code" not in form
    assert elsewhere.post("/login/code", data=form | {"code": "123456"}).status_code == 400
    told = elsewhere.post("/login/passkey", data=form | {"passkey": device.use(options(elsewhere), tampers=True)})
    assert (told.status_code, fields(told.text, "#code-form")["next"]) == (400, "/moderation")
    answer = elsewhere.post("/login/passkey", data=form | {"passkey": device.use(options(elsewhere))})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/moderation")
    assert elsewhere.get("/moderation").status_code == 200


def demand(*roles: str) -> None:
    with transaction() as system:
        actions.require_two_factor(system, roles, mark_of(current().two_factor_roles))


@pytest.mark.parametrize("given_last", [True, False])
def test_sessions_of_the_password_alone_end_when_a_role_begins_to_rest_on_the_passkey(
    client: FlaskClient, petra: Actor, given_last: bool
) -> None:
    add(client)
    if given_last:
        demand("moderator")
    with transaction() as system:
        actions.set_roles(system, queries.get_member(system, petra.member_id), ["moderator"])
    if not given_last:
        demand()
        assert is_signed_in(client)
        demand("moderator")
    assert not is_signed_in(client)


def test_who_has_not_confirmed_the_address_adds_none(app: Flask) -> None:
    """Else somebody could register with the address of another and keep a way in."""
    una = browser(app)
    a_member("una", is_confirmed=False)
    sign_in_by_form(una, "una")
    answer = send_new(una, Device().make(options(una, f"{PAGE}/options")))
    assert answer.status_code == 403
    assert "confirm your e-mail address first" in words(answer)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PASSKEYS)) == 0


def test_a_role_rests_again_without_the_last_passkey(app: Flask) -> None:
    ask_for("moderator")
    mona = a_member("mona", roles=("moderator",))
    client = browser(app)
    sign_in_by_form(client, "mona")
    add(client)
    (kept,) = queries.passkeys_of(mona)
    remove(client, kept.id)
    assert queries.actor_of(mona.member_id).owes_second_step
    assert sign_in_by_form(browser(app), "mona").headers["Location"].startswith("/settings/two-factor")


def test_the_page_of_the_team_counts_members_with_passkeys(app: Flask) -> None:
    mona, admin = a_member("mona", roles=("moderator",)), a_member("admin", roles=("admin",))
    a_member("max", roles=("moderator",))
    client = browser(app)
    sign_in_by_form(client, "mona")
    add(client)
    add(client, "Another one")
    switched_on(mona)
    counts = {row.role: (row.holders, row.with_two_factor) for row in queries.two_factor_counts(admin)}
    assert (counts["moderator"], counts["admin"]) == ((2, 1), (1, 0))


# ---------------------------------------------------------------- proving who sits there


def later(client: FlaskClient, moment: Time) -> TestResponse:
    """An hour later somebody wants to add a passkey; the page that asks who that is."""
    moment.shift(3600)
    token = fields(client.get("/settings/two-factor").text, "#switch-on")["csrf_token"]
    answer = client.post("/settings/two-factor", data={"csrf_token": token, "code": "000000"})
    assert answer.status_code == 403
    return answer


def test_a_passkey_proves_what_the_password_would(client: FlaskClient, moment: Time) -> None:
    device = add(client)
    form = fields(later(client, moment).text, "#prove")
    assert (form["code"], form["proof_passkey"]) == ("000000", "")
    proof = device.use(options(client))
    answer = client.post("/settings/two-factor", data=form | {"proof_passkey": proof})
    assert (answer.status_code, "doesn't fit" in words(answer)) == (400, True), "the code was looked at"
    assert proof not in answer.text
    assert client.post("/settings/two-factor", data=form).status_code == 400, "asked once, not each time"


def test_another_members_passkey_proves_nothing(app: Flask, client: FlaskClient, moment: Time) -> None:
    add(client)
    a_member("paul")
    other = browser(app)
    sign_in_by_form(other, "paul")
    theirs = add(other)
    form = fields(later(client, moment).text, "#prove")
    sent = form | {"proof_passkey": theirs.use(options(client))}
    refused(client, lambda: client.post("/settings/two-factor", data=sent), what="unknown")
    again = client.post("/settings/two-factor", data=sent).text
    assert again.count("proof_passkey") == 1, "what was answered doesn't come along"
    assert later(client, moment).status_code == 403


def test_an_account_without_a_password_proves_itself(client: FlaskClient, petra: Actor, moment: Time) -> None:
    device = add(client)
    with transaction():
        db.session.execute(sa.update(MEMBERS).where(MEMBERS.c.id == petra.id).values(password_hash=None))
    asked = later(client, moment)
    assert "Use your passkey" in words(asked)
    form = fields(asked.text, "#prove") | {"proof_passkey": device.use(options(client))}
    assert client.post("/settings/two-factor", data=form).status_code == 400


def test_without_passkeys_the_page_offers_none(client: FlaskClient, moment: Time) -> None:
    assert "passkey" not in later(client, moment).text.lower()


# ---------------------------------------------------------------- naming and removing


def remove(client: FlaskClient, passkey_id: int) -> TestResponse:
    address = f"{PAGE}/{passkey_id}"
    token = fields(client.get(address).text, f"form[action='{address}/remove']")["csrf_token"]
    return client.post(f"{address}/remove", data={"csrf_token": token})


def test_a_passkey_gets_another_name(app: Flask, client: FlaskClient, petra: Actor) -> None:
    add(client)
    (kept,) = queries.passkeys_of(petra)
    assert submit(client, f"{PAGE}/{kept.id}", "rename-passkey", name=" Tablet ").status_code == 303
    assert queries.passkey(petra, kept.id).name == "Tablet"
    answer = submit(client, f"{PAGE}/{kept.id}", "rename-passkey", name="x" * 61)
    assert (answer.status_code, "Tablet" in words(answer)) == (400, True)
    a_member("paul")
    other = browser(app)
    sign_in_by_form(other, "paul")
    token = fields(other.get("/settings/two-factor").text, "#switch-on")["csrf_token"]
    assert other.get(f"{PAGE}/{kept.id}").status_code == 404
    for address in (f"{PAGE}/{kept.id}", f"{PAGE}/{kept.id}/remove"):
        assert other.post(address, data={"csrf_token": token, "name": "Mine"}).status_code == 404
    assert queries.passkey(petra, kept.id).name == "Tablet"


def test_a_removed_passkey_signs_nobody_in(app: Flask, client: FlaskClient, petra: Actor) -> None:
    device = add(client)
    (kept,) = queries.passkeys_of(petra)
    assert remove(client, kept.id).status_code == 303
    assert queries.passkeys_of(petra) == []
    fresh = browser(app)
    refused(fresh, lambda: enter(fresh, device), what="unknown")
    assert not is_signed_in(fresh)


def test_removing_one_needs_a_proof(client: FlaskClient, petra: Actor, moment: Time) -> None:
    add(client)
    (kept,) = queries.passkeys_of(petra)
    moment.shift(3600)
    assert remove(client, kept.id).status_code == 403
    assert len(queries.passkeys_of(petra)) == 1


def test_the_only_way_in_stays(client: FlaskClient, petra: Actor) -> None:
    add(client, "First")
    add(client, "Second")
    with transaction():
        gone = {"password_hash": None, "email": None, "email_key": None}
        db.session.execute(sa.update(MEMBERS).where(MEMBERS.c.id == petra.id).values(**gone))
    first, second = queries.passkeys_of(petra)
    assert remove(client, first.id).status_code == 303
    answer = remove(client, second.id)
    assert (answer.status_code, "only way into your account" in words(answer)) == (400, True)
    assert [row.name for row in queries.passkeys_of(petra)] == ["Second"]


def test_the_member_is_told_of_each_by_mail(app: Flask, client: FlaskClient, petra: Actor) -> None:
    add(client, "Phone <b>")
    (kept,) = queries.passkeys_of(petra)
    remove(client, kept.id)
    drain(app.extensions["settings"])
    for kind in ("passkey_added", "passkey_removed"):
        (letter,) = mail.kept(app, f"{kind}-*")
        mail.check(letter)
        assert "Phone <b>" in mail.plain(letter)
        assert "/settings/passkeys" in mail.plain(letter)
        assert "/reset" in mail.plain(letter)


def test_the_passkeys_go_with_the_account(client: FlaskClient, petra: Actor) -> None:
    add(client)
    with transaction():
        db.session.execute(sa.delete(MEMBERS).where(MEMBERS.c.id == petra.id))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PASSKEYS)) == 0


# ---------------------------------------------------------------- where browsers have none


@pytest.fixture
def elsewhere(app: Flask) -> Iterator[Callable[[str], None]]:
    """Gives the community another address."""
    before = installed()
    yield lambda address: install(replace(before, base_url=address))
    install(before)


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "https://[::1]", "http://community.example.org"])
def test_where_browsers_have_none_nothing_offers_them(
    client: FlaskClient, app: Flask, elsewhere: Callable[[str], None], address: str
) -> None:
    elsewhere(address)
    page = client.get(PAGE)
    assert "encrypted connection" in words(page)
    assert "new-passkey" not in page.text
    assert client.get(f"{PAGE}/options").status_code == 404
    fresh = browser(app)
    assert "passkey" not in fresh.get("/login").text
    assert fresh.get("/login/passkey").status_code == 404


@pytest.mark.parametrize(
    ("address", "host", "origin"),
    [
        ("https://community.example.org", "community.example.org", "https://community.example.org"),
        ("https://Community.Example.org:443/", "community.example.org", "https://community.example.org"),
        ("https://bücher.example:8443", "xn--bcher-kva.example", "https://xn--bcher-kva.example:8443"),
        ("http://localhost", "localhost", "http://localhost"),
    ],
)
def test_host_and_origin_are_those_of_the_public_address(
    app: Flask, client: FlaskClient, elsewhere: Callable[[str], None], address: str, host: str, origin: str
) -> None:
    elsewhere(address)
    device = add(client, host=host, origin=origin)
    assert enter(browser(app), device).status_code == 303


def test_without_a_script_nothing_of_it_shows(app: Flask, client: FlaskClient) -> None:
    page = BeautifulSoup(browser(app).get("/login").text, "html5lib")
    part = page.select_one("[data-passkeys]")
    assert part is not None
    assert part.has_attr("hidden")
    assert page.select_one("#login button") is not None
    assert not page.select("#login button")[0].has_attr("formaction"), "Enter signs in with the password"
    page = BeautifulSoup(client.get(PAGE).text, "html5lib")
    assert page.select_one("#new-passkey[hidden]") is not None
    assert "runs no scripts" in page.select_one("[data-without-passkeys]").text  # type: ignore[union-attr]
