"""Links of mails that are forged, replayed, too old, or made at a time that is yet to come: each opens nothing, says so
in the reader's language, stands in the security log, and changes nothing."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from forum.core import clock
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.members import actions, queries, tokens
from forum.members.actions import InvitationDraft
from forum.members.models import EMAIL_CHANGES
from forum.members.queries.emails import purpose_of
from forum.members.tokens import LIFE_SECONDS, Purpose
from tests.factories.accounts import a_member, browser, submit, the_member
from tests.factories.refusals import refused
from tests.factories.setup import a_link, not_set_up
from tests.factories.visitor import Visitor

NOON = datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC)
Time = time_machine.Traveller

ADDRESSES: dict[Purpose, tuple[str, str]] = {  # where the link leads, and what the log calls it
    "confirm": ("/confirm/{}", "confirm"),
    "reset": ("/reset/{}", "reset"),
    "sign-in": ("/login/link/{}", "sign-in"),
    "email-new": ("/email/new/{}", "email"),
    "email-old": ("/email/old/{}", "email"),
    "unsubscribe": ("/unsubscribe/{}", "unsubscribe"),
}
LIVING = [purpose for purpose in ADDRESSES if LIFE_SECONDS[purpose] is not None]
OVER = {"de": "Dieser Link gilt nicht mehr", "en": "This link no longer works"}
EARLY = {"de": "Dieser Link gilt noch nicht", "en": "This link doesn't work yet"}


@pytest.fixture(autouse=True)
def moment(app: Flask) -> Iterator[Time]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def petra(app: Flask) -> Actor:
    """A member who has asked for another address."""
    made = a_member("petra")
    with transaction(made) as actor:
        actions.ask_for_email(actor, queries.get_member(actor, actor.member_id), "new@example.org")
    return made


def made_for(member: Actor, purpose: Purpose) -> str:
    """A link as the mail has it."""
    change = str(db.session.scalar(sa.select(EMAIL_CHANGES.c.id)))
    return tokens.issue(purpose, the_member(member), of=change if purpose.startswith("email") else "")


def opened(app: Flask, language: str, purpose: Purpose, token: str, says: str, what: str) -> None:
    """Opens the page and presses its button: both are refused."""
    address, link = ADDRESSES[purpose][0].format(token), ADDRESSES[purpose][1]
    visitor = Visitor(app, language=language)
    visitor.token()
    for send in (partial(visitor.get, address), partial(visitor.post, address, password="three happy hens")):
        [line] = refused(send, 410, says, ("link-refused", what))
        assert (line["link"], line["member_id"] is None) == (link, what == "forged")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("purpose", ADDRESSES)
def test_a_forged_link(app: Flask, petra: Actor, purpose: Purpose, language: str) -> None:
    other: Purpose = "reset" if purpose != "reset" else "confirm"
    good = made_for(petra, purpose)
    for token in ("x", f"{good}x", good.replace(good[0], "A", 1), made_for(petra, other)):
        opened(app, language, purpose, token, OVER[language], "forged")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("purpose", LIVING)
def test_a_link_that_is_too_old(app: Flask, petra: Actor, moment: Time, purpose: Purpose, language: str) -> None:
    token = made_for(petra, purpose)
    if purpose.startswith("email"):  # the change itself ends, too
        with transaction():
            db.session.execute(sa.update(EMAIL_CHANGES).values(expires_at=clock.now() + timedelta(days=9)))
    moment.shift((LIFE_SECONDS[purpose] or 0) + 1)
    opened(app, language, purpose, token, OVER[language], "old")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("purpose", LIVING)
def test_a_link_that_seems_to_come_from_the_future(
    app: Flask, petra: Actor, moment: Time, purpose: Purpose, language: str
) -> None:
    """A worker's clock that is five minutes fast, or a server's that is as slow, is told; two minutes don't matter."""
    token = made_for(petra, purpose)
    moment.shift(-5 * 60)
    opened(app, language, purpose, token, EARLY[language], "early")
    moment.shift(3 * 60)
    assert Visitor(app).get(ADDRESSES[purpose][0].format(token)).status_code == 200


def test_the_link_out_of_all_mails_asks_for_no_clock(app: Flask, petra: Actor, moment: Time) -> None:
    token = made_for(petra, "unsubscribe")
    moment.shift(-timedelta(days=400))
    assert Visitor(app).post(f"/unsubscribe/{token}").status_code == 200


def use_sign_in(app: Flask, petra: Actor) -> str:
    token = made_for(petra, "sign-in")
    assert submit(browser(app), f"/login/link/{token}", "sign-in-link").status_code == 303
    return token


def use_reset(app: Flask, petra: Actor) -> str:
    token = made_for(petra, "reset")
    sent = submit(browser(app), f"/reset/{token}", "new-password", password="three happy hens")
    assert sent.status_code == 303
    return token


def use_both_addresses(app: Flask, petra: Actor) -> dict[str, str]:
    sides = {side: made_for(petra, purpose_of(side)) for side in queries.SIDES}
    for side, token in sides.items():
        assert submit(browser(app), f"/email/{side}/{token}", "email-change").status_code == 200
    assert the_member(petra).email == "new@example.org"
    return sides


USED: dict[str, tuple[Purpose, Callable[[Flask, Actor], str]]] = {
    "sign-in": ("sign-in", use_sign_in),
    "reset": ("reset", use_reset),
    "new address": ("email-new", lambda app, petra: use_both_addresses(app, petra)["new"]),
    "present address": ("email-old", lambda app, petra: use_both_addresses(app, petra)["old"]),
}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("purpose", "use"), USED.values(), ids=USED)
def test_a_link_that_was_used(
    app: Flask, petra: Actor, purpose: Purpose, use: Callable[[Flask, Actor], str], language: str
) -> None:
    opened(app, language, purpose, use(app, petra), OVER[language], "used")


@pytest.mark.parametrize("purpose", ["confirm", "unsubscribe"])
def test_a_second_press_of_what_is_done_already_changes_nothing(app: Flask, petra: Actor, purpose: Purpose) -> None:
    """Both say once more that it is done; a former address opens them no longer."""
    token, visitor = made_for(petra, purpose), Visitor(app)
    address = ADDRESSES[purpose][0].format(token)
    visitor.post(address)
    refused(partial(visitor.post, address), 303 if purpose == "confirm" else 200, "")
    use_both_addresses(app, petra)
    opened(app, "en", purpose, token, OVER["en"], "used")


def test_stopping_a_change_that_was_stopped(app: Flask, petra: Actor) -> None:
    token, visitor = made_for(petra, "email-old"), Visitor(app)
    assert visitor.post(f"/email/old/{token}/stop").status_code == 200
    refused(partial(visitor.post, f"/email/old/{token}/stop"), 410, OVER["en"], ("link-refused", "used"))


INVITATIONS = {
    "used": ("Über diese Einladung sind schon so viele beigetreten", "As many people as it was meant for"),
    "revoked": ("Diese Einladung wurde zurückgezogen", "This invitation was withdrawn"),
    "expired": ("Diese Einladung ist abgelaufen", "This invitation has expired"),
    "unknown": ("Das ist kein Link einer Einladung", "This isn't the link of an invitation"),
}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("state", INVITATIONS)
def test_an_invitation_that_is_over(app: Flask, moment: Time, state: str, language: str) -> None:
    with transaction(SYSTEM) as system:
        token = actions.invite(system, InvitationDraft(1, 30))
    given = {"username": "petra", "email": "petra@example.org", "password": "three happy hens"}
    if state == "used":
        assert Visitor(app).post(f"/invite/{token}", **given).status_code == 303
    elif state == "revoked":
        with transaction(SYSTEM) as system:
            actions.revoke_invitation(system, queries.invitations(system).rows[0].id)
    elif state == "expired":
        moment.shift(timedelta(days=31))
    else:
        token = f"{token}x"
    visitor, says = Visitor(app, language=language), INVITATIONS[state][language == "en"]
    visitor.token()
    late = given | {"username": "paul", "email": "paul@example.org"}
    for send in (partial(visitor.get, f"/invite/{token}"), partial(visitor.post, f"/invite/{token}", **late)):
        refused(send, 410, says, ("link-refused", state))


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_link_of_the_first_run(app: Flask, language: str) -> None:
    says = {"de": "Dieser Link öffnet nichts mehr", "en": "This link opens nothing any more"}[language]
    with not_set_up():
        former, link = a_link(), a_link()
        assert submit(browser(app), link, "open-link").status_code == 303
        visitor = Visitor(app, language=language)
        visitor.token()
        for address in (former, link, f"{link}x"):
            refused(partial(visitor.get, address), 410, says, ("link-refused", "unknown"))
            refused(partial(visitor.post, address), 410, says, ("link-refused", "unknown"))
