"""Invitations: links by which people join whatever the operator has chosen, but for a closed registration."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.community.actions import set_up
from forum.core import clock
from forum.core.actor import SYSTEM, Actor, guest
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Denied, Gone, Invalid
from forum.http import request_log
from forum.members import actions, queries
from forum.members.actions import Brought, InvitationDraft
from forum.members.models import GROUPS, INVITATIONS, MEMBERS
from tests.factories.accounts import PASSWORD, a_group, a_member, browser, sign_in_by_form, submit
from tests.factories.rules import a_rulebook
from tests.factories.visitor import Visitor, read, words
from tests.system.holding import free_before

ADDRESS = "/admin/invitations"


@pytest.fixture
def manager(app: Flask) -> FlaskClient:
    a_member("boss", roles=("manager",))
    client = browser(app)
    sign_in_by_form(client, "boss")
    return client


def an_invitation(uses: int = 1, days: int = 30, group_id: int | None = None) -> str:
    with transaction(SYSTEM) as system:
        return actions.invite(system, InvitationDraft(uses, days, group_id))


def choose(mode: str, **values: Any) -> None:
    with transaction():
        set_up(registration={"mode": mode, **values})


def joins(client: FlaskClient, token: str, name: str = "petra", **changes: Any) -> Any:
    given = {"username": name, "email": f"{name}@example.org", "password": PASSWORD} | changes
    return submit(client, f"/invite/{token}", "register", **given)


def used() -> int:
    return db.session.scalar(select(INVITATIONS.c.used_count)) or 0


def acts() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))


def member(name: str) -> Actor:
    account = queries.find_account(name)
    assert account is not None
    return queries.actor_of(account.id)


def test_a_link_is_shown_once_and_opens_the_form_and_the_group(app: Flask, manager: FlaskClient) -> None:
    group_id = a_group("Partners")
    choose("invitation")
    made = submit(manager, ADDRESS, "invitation", uses="2", days="7", group=str(group_id), note="Trade fair")
    assert (made.status_code, made.headers["Cache-Control"]) == (201, "private, no-store")
    link = read(made).select_one("#new-link").text  # type: ignore[union-attr]
    token = link.rpartition("/invite/")[2]
    assert db.session.scalar(select(INVITATIONS.c.token_hash)) == queries.token_hash(token), "only the hash is kept"
    listed = manager.get(ADDRESS)
    assert token not in listed.text
    assert "Trade fair" in words(listed)
    assert "0 of 2 used" in words(listed)
    assert "by boss" in words(listed)

    guest_browser = browser(app)
    shown = guest_browser.get(f"/invite/{token}")
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    assert "You are invited" in words(shown)
    assert "Trade fair" not in shown.text, "the note is for the team"
    assert joins(guest_browser, token).status_code == 303
    with transaction():
        actions.confirm(member("petra").member_id)
    assert group_id in member("petra").group_ids
    assert "1 of 2 used" in words(manager.get(ADDRESS))
    assert acts()[-3:] == ["invitation.make", "invitation.use", "group.add"]


@pytest.mark.parametrize(
    "registration", [{"mode": "open"}, {"mode": "domains", "domains": ["velomark.example.org"]}, {"mode": "invitation"}]
)
def test_it_opens_the_registration_in_every_mode(app: Flask, registration: dict[str, Any]) -> None:
    choose(**registration)
    assert joins(browser(app), an_invitation()).status_code == 303
    assert not member("petra").is_confirmed, "the address is confirmed as ever"


WAYS = {
    "open": {},
    "approval": {"question": {"en": "Which bicycle?", "de": "Welches Rad?"}},
    "domains": {"domains": ["example.org"]},
    "invitation": {},
}


@pytest.mark.parametrize("mode", WAYS)
def test_in_every_mode_nobody_joins_without_accepting_the_rules(app: Flask, mode: str) -> None:
    a_rulebook()
    choose(mode, **WAYS[mode])
    client, token = browser(app), an_invitation()
    given = {"username": "petra", "email": "petra@example.org", "password": PASSWORD, "answer": "A red one."}
    addresses = [f"/invite/{token}"] if mode == "invitation" else ["/register", f"/invite/{token}"]
    for address in addresses:
        answer = submit(client, address, "register", **given)
        assert (answer.status_code, [one["href"] for one in read(answer).select(".trouble a, .banner.bad a")]) == (
            400,
            ["#accept"],
        )
        assert queries.find_account("petra") is None
    assert submit(client, addresses[0], "register", **given, accept="1").status_code == 303
    assert queries.find_account("petra") is not None


def test_it_takes_the_place_of_the_approval(app: Flask) -> None:
    choose("approval", question={"en": "Why?"})
    token = an_invitation()
    assert read(browser(app).get(f"/invite/{token}")).select_one("#answer") is None
    assert joins(browser(app), token).status_code == 303
    with transaction():
        actions.confirm(member("petra").member_id)
    assert (member("petra").is_confirmed, member("petra").is_waiting) == (True, False)


def test_without_an_invitation_there_is_no_form(app: Flask) -> None:
    choose("invitation")
    visitor = Visitor(app)
    page = visitor.get("/register")
    assert (page.status_code, read(page).select("main form")) == (403, [])
    assert "open the link that you were sent" in words(page)
    assert visitor.post("/register", username="petra", email="p@example.org", password=PASSWORD).status_code == 403
    assert queries.find_account("petra") is None


def test_while_the_registration_is_closed_it_opens_nothing(app: Flask) -> None:
    token, visitor = an_invitation(), Visitor(app)
    choose("closed")
    assert visitor.get(f"/invite/{token}").status_code == 403
    form = {"username": "petra", "email": "p@example.org", "password": PASSWORD}
    assert visitor.post(f"/invite/{token}", **form).status_code == 403
    assert used() == 0


def test_a_link_that_holds_no_longer_says_why(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    spent, expired, revoked = an_invitation(), an_invitation(days=1), an_invitation()
    assert joins(browser(app), spent).status_code == 303
    with transaction(SYSTEM) as system:
        actions.revoke_invitation(system, _id_of(revoked))
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    for token, why in (
        (spent, "joined by this invitation already"),
        (expired, "has expired"),
        (revoked, "was withdrawn"),
        ("forged", "isn't the link of an invitation"),
        ("x" * 3000, "isn't the link of an invitation"),
    ):
        answer = browser(app).get(f"/invite/{token}")
        assert (answer.status_code, why in words(answer)) == (410, True), token[:20]
        form = {"username": "paul", "email": "paul@example.org", "password": PASSWORD}
        assert Visitor(app).post(f"/invite/{token}", **form).status_code == 410
    assert queries.find_account("paul") is None


def _id_of(token: str) -> int:
    return int(
        db.session.scalar(select(INVITATIONS.c.id).where(INVITATIONS.c.token_hash == queries.token_hash(token))) or 0
    )


def test_a_form_that_is_refused_uses_nothing_up(app: Flask) -> None:
    a_member("paul")
    token, client = an_invitation(), browser(app)
    for wrong in ({"username": "paul"}, {"email": "nonsense"}, {"password": "short"}):
        assert joins(client, token, **wrong).status_code == 400
    assert used() == 0
    assert joins(client, token).status_code == 303
    assert used() == 1


def test_of_two_who_want_the_last_place_at_once_one_joins(app: Flask) -> None:
    token, together = an_invitation(uses=1), threading.Barrier(6)
    refused: list[str] = []

    def join(number: int) -> None:
        with app.app_context():
            try:
                together.wait()
                with transaction(guest()) as who:
                    actions.register(
                        who,
                        username=f"petra{number}",
                        email=f"petra{number}@example.org",
                        password_hash=None,
                        language="en",
                        time_zone="Europe/Berlin",
                        brought=Brought(invitation=token),
                    )
            except Gone as error:
                refused.append(error.code)
            finally:
                db.session.remove()

    clicks = [threading.Thread(target=join, args=(number,)) for number in range(6)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert refused == ["invitation-used"] * 5
    assert used() == 1
    assert len(db.session.scalars(select(MEMBERS.c.username).where(MEMBERS.c.username.like("petra%"))).all()) == 1


def test_revoking_is_one_button_and_harmless_twice(app: Flask, manager: FlaskClient) -> None:
    token = an_invitation(uses=9)
    form = read(manager.get(ADDRESS)).select_one("form[action$='/revoke']")
    assert form is not None
    sent = {"csrf_token": form.select_one("[name=csrf_token]")["value"]}  # type: ignore[index]
    for _press in range(2):
        assert manager.post(str(form["action"]), data=sent).status_code == 303
    assert browser(app).get(f"/invite/{token}").status_code == 410
    assert acts().count("invitation.revoke") == 1
    assert "withdrawn" in words(manager.get(ADDRESS))


def test_whoever_revokes_one_holds_its_group_first(app: Flask) -> None:
    partners = a_group("Partners")
    token = an_invitation(group_id=partners)
    with free_before("UPDATE invitation", GROUPS, partners) as found, transaction(SYSTEM) as system:
        actions.revoke_invitation(system, _id_of(token))
    assert found == [False]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"uses": "0"}, "uses"),
        ({"uses": "many"}, "uses"),
        ({"uses": "1001"}, "uses"),
        ({"days": "0"}, "days"),
        ({"days": "366"}, "days"),
        ({"days": "٣"}, "days"),
        ({"group": "99999"}, "group"),
        ({"group": "1"}, "group"),
        ({"group": "x"}, "group"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_what_will_not_do_is_refused_beside_its_field(
    app: Flask, manager: FlaskClient, changes: dict[str, str], field: str
) -> None:
    answer = submit(manager, ADDRESS, "invitation", **changes)
    assert answer.status_code == 400
    assert [str(one["id"]) for one in read(answer).select(".field-error[id]")] == [f"{field}-error"]
    assert db.session.scalar(select(INVITATIONS.c.id)) is None


def test_only_managers_and_administrators_invite(app: Flask) -> None:
    for other in (a_member("ben"), a_member("mo", roles=("moderator",)), a_member("pia", roles=("product",))):
        with pytest.raises(Denied), transaction(other) as who:
            actions.invite(who, InvitationDraft(1, 30))
        with pytest.raises(Denied), transaction(other) as who:
            actions.revoke_invitation(who, 1)
    with pytest.raises(Invalid), transaction(SYSTEM) as system:
        actions.invite(system, InvitationDraft(None, 30))


def test_a_member_comes_into_the_group_with_the_account_there_is(app: Flask) -> None:
    group_id = a_group("Testers", description="Who tries what isn't out yet.")
    token, ben = an_invitation(uses=2, group_id=group_id), Visitor(app, a_member("ben"))
    shown = ben.get(f"/invite/{token}")
    assert "You are invited to the group Testers" in words(shown)
    assert "Who tries what isn't out yet." in words(shown)
    assert ben.post(f"/invite/{token}/accept").location == f"/groups/{group_id}"
    assert ben.post(f"/invite/{token}/accept").status_code == 303
    assert used() == 1
    assert group_id in member("ben").group_ids
    assert acts()[-2:] == ["invitation.use", "group.add"]
    assert ben.get(f"/invite/{token}").location.startswith(f"/groups/{group_id}/")


def test_of_several_members_at_once_the_last_place_goes_to_one(app: Flask) -> None:
    group_id = a_group("Testers")
    token = an_invitation(uses=1, group_id=group_id)
    first, second = Visitor(app, a_member("ben")), Visitor(app, a_member("cleo"))
    assert first.post(f"/invite/{token}/accept").status_code == 303
    answer = second.post(f"/invite/{token}/accept")
    assert answer.status_code == 410
    assert "joined by this invitation already" in words(answer)
    assert group_id not in member("cleo").group_ids


def test_who_may_not_write_yet_reads_why_and_takes_no_place(app: Flask) -> None:
    token = an_invitation(group_id=a_group("Testers"))
    nobody = Visitor(app, a_member("nobody", is_confirmed=False))
    assert read(nobody.get(f"/invite/{token}")).select_one(f"form[action='/invite/{token}/accept']") is None
    assert nobody.post(f"/invite/{token}/accept").status_code == 403
    assert used() == 0


def test_who_is_invited_and_has_an_account_comes_back_after_signing_in(app: Flask) -> None:
    token = an_invitation(group_id=a_group("Testers"))
    link = read(browser(app).get(f"/invite/{token}")).select_one(".form-aside a")
    assert link is not None
    assert link["href"] == f"/login?next=%2Finvite%2F{token}"


def test_a_member_is_led_on_and_the_token_is_not_logged(app: Flask) -> None:
    token = an_invitation()
    ben = Visitor(app, a_member("ben"))
    assert ben.get(f"/invite/{token}").status_code == 303
    assert ben.post(f"/invite/{token}/accept").status_code == 409
    with app.test_request_context(f"/invite/{token}"):
        assert request_log.place() == "/invite/…"
    assert used() == 0
