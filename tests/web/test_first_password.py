"""The way in of a member whose account the operator has made: a mail, a first password, the rules."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum.core import clock, jobs
from forum.core.actor import SYSTEM, guest
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied
from forum.members import actions, queries
from tests.factories import mail
from tests.factories.accounts import PASSWORD, a_member, browser, submit
from tests.factories.rules import a_rulebook


def made(app: Flask, password_hash: str | None = None) -> tuple[int, list[str]]:
    """A new account, and the links of the mails that it brought."""
    mail.forget(app)
    with transaction(SYSTEM) as system:
        member = actions.create_member(
            system,
            username="petra",
            email="petra@example.org",
            password_hash=password_hash,
            language="en",
            time_zone="Europe/Berlin",
        )
        member_id = member.id
    jobs.work("test")
    letters = [mail.plain(one) for one in mail.kept(app)]
    return member_id, [link for one in letters for link in re.findall(r"https?://[^/\s]+(/reset/\S+)", one)]


def test_the_link_leads_to_a_password_and_confirms_the_address_and_the_rules_are_owed(app: Flask) -> None:
    a_rulebook()
    member_id, [link] = made(app)
    assert not queries.actor_of(member_id).is_confirmed
    client = browser(app)
    assert submit(client, link, "new-password", password=PASSWORD).status_code == 303
    petra = queries.actor_of(member_id)
    assert (petra.is_confirmed, petra.owes_acceptance) == (True, True)
    assert client.get("/settings").status_code == 200
    assert browser(app).get(link).status_code == 410, "it works once"


def test_the_link_works_for_seven_days_and_another_is_asked_for_as_ever(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    member_id, [link] = made(app)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=6))
    assert browser(app).get(link).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=8))
    assert browser(app).get(link).status_code == 410
    monkeypatch.undo()  # the new link is made by the real time
    mail.forget(app)
    with transaction():
        actions.ask_for_reset(queries.find_account("petra"))
    jobs.work("test")
    [letter] = mail.kept(app)
    [link] = re.findall(r"https?://[^/\s]+(/reset/\S+)", mail.plain(letter))
    assert submit(browser(app), link, "new-password", password=PASSWORD).status_code == 303
    assert queries.actor_of(member_id).is_confirmed


def test_with_a_password_no_mail_comes_and_the_address_counts_as_confirmed(app: Flask) -> None:
    member_id, links = made(app, "a hash")
    assert links == []
    assert queries.actor_of(member_id).is_confirmed


@pytest.mark.parametrize("roles", [None, ("manager",), ("admin",)])
def test_the_operator_alone_makes_accounts_of_others(app: Flask, roles: tuple[str, ...] | None) -> None:
    doer = guest() if roles is None else a_member("boss", roles=roles)
    with pytest.raises(Denied), transaction(doer) as actor:
        actions.create_member(
            actor,
            username="petra",
            email="petra@example.org",
            password_hash="a hash",
            language="en",
            time_zone="Europe/Berlin",
        )
    assert queries.find_account("petra") is None


def test_the_audit_log_keeps_the_name_and_no_address(app: Flask) -> None:
    made(app)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "member.create")).one()
    assert (entry.before, entry.after) == (None, {"name": "petra"})


def test_an_address_of_another_account_is_refused(app: Flask) -> None:
    a_member("anna")
    with pytest.raises(Conflict, match="email-in-use"), transaction(SYSTEM) as system:
        actions.create_member(
            system,
            username="petra",
            email="anna@example.org",
            password_hash=None,
            language="en",
            time_zone="Europe/Berlin",
        )
    assert queries.find_account("petra") is None
