"""What an account sees before its address is confirmed and the team has approved: what guests see, and its own things."""

from typing import Any

import pytest
from flask import Flask

from forum.core.actor import EVERYONE, MEMBERS, SYSTEM, Actor
from forum.core.database import transaction
from forum.members import actions, queries
from forum.members.actions import InvitationDraft
from tests.factories import threads as make
from tests.factories.accounts import PASSWORD, a_group, a_member, browser, submit
from tests.factories.visitor import Visitor, read, words

SEEN_BY_ALL = frozenset({("see", EVERYONE), ("start", MEMBERS), ("reply", MEMBERS)})


def private(*groups: int) -> frozenset[tuple[str, int]]:
    return frozenset((verb, group) for group in groups for verb in ("see", "start", "reply"))


def newcomer(state: str) -> Actor:
    return a_member("new", is_waiting=True) if state == "waiting" else a_member("new", is_confirmed=False)


@pytest.mark.parametrize("state", ["unconfirmed", "waiting"])
def test_what_all_members_see_is_not_there_before(app: Flask, state: str) -> None:
    author = a_member("anna")
    hidden = make.thread(author, make.category("Members only", private(MEMBERS)), "Price list")
    shown = make.thread(author, make.category("For all", SEEN_BY_ALL), "Spokes")
    new = newcomer(state)
    visitor = Visitor(app, new)
    for address in (hidden.address, f"/t/{hidden.thread_id}", "/c/members-only"):
        assert visitor.get(address).status_code == Visitor(app).get(address).status_code == 404
    for address in ("/", "/search?q=price", "/new"):
        page = visitor.get(address)
        assert "Price list" not in page.text
        assert "Members only" not in page.text
    assert visitor.get(shown.address).status_code == 200
    answer = visitor.post(f"/t/{hidden.thread_id}/reply", body="Guessed the number")
    assert answer.status_code == 404
    for address in ("/members", "/groups"):
        assert visitor.get(address).status_code == 403, address
    assert read(visitor.get("/")).select("a.place[href='/members']") == [], "a door that is shut isn't shown"
    with transaction(SYSTEM):
        if state == "waiting":
            actions.approve(SYSTEM, new.member_id)
        else:
            actions.confirm(new.member_id)
    assert visitor.get(hidden.address).status_code == 200
    assert "Price list" in visitor.get("/").text
    assert visitor.get("/members").status_code == 200
    assert len(read(visitor.get("/")).select("a.place[href='/members']")) == 1


@pytest.mark.parametrize("state", ["unconfirmed", "waiting"])
def test_drafts_are_kept_for_where_members_write(app: Flask, state: str) -> None:
    shown = make.thread(a_member("anna"), make.category("For all", SEEN_BY_ALL), "Spokes")
    visitor = Visitor(app, newcomer(state))
    choices = {str(one["value"]) for one in read(visitor.get("/new")).select("[name=category][value], option[value]")}
    assert "for-all" in choices
    given: dict[str, Any] = {"title": "My first", "body": "Hello there", "category": "for-all"}
    assert visitor.post("/drafts/keep?place=new", **given).status_code == 303
    assert "My first" in words(visitor.get("/drafts"))
    assert visitor.post(f"/t/{shown.thread_id}/reply", body="Not yet").status_code == 303
    assert "Not yet" in visitor.get(shown.address).text, "in the composer, for later"
    assert "Not yet" not in Visitor(app).get(shown.address).text


def test_an_invitations_group_opens_its_categories_once_the_address_is_confirmed(app: Flask) -> None:
    partners = a_group("Partners")
    started = make.thread(a_member("mo", roles=("moderator",)), make.category("Partners", private(partners)), "Terms")
    with transaction(SYSTEM) as system:
        token = actions.invite(system, InvitationDraft(1, 30, partners))
    client = browser(app)
    joining = {"username": "petra", "email": "petra@example.org", "password": PASSWORD}
    assert submit(client, f"/invite/{token}", "register", **joining).status_code == 303
    account = queries.find_account("petra")
    assert account is not None
    member_id = account.id
    assert queries.actor_of(member_id).group_ids == {EVERYONE}
    assert client.get(started.address).status_code == 404
    assert "Terms" not in client.get("/").text
    with transaction(SYSTEM):
        actions.confirm(member_id)
    assert queries.actor_of(member_id).group_ids == {EVERYONE, MEMBERS, partners}
    assert client.get(started.address).status_code == 200
