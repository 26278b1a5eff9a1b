"""Codes of the second step: which are taken, how often, and what the database tells of them."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, Invalid
from forum.core.worker import drain
from forum.members import actions, queries, two_factor
from forum.members.models import RECOVERY_CODES, TWO_FACTORS
from tests.factories import mail
from tests.factories.accounts import a_member
from tests.factories.two_factor import SEED, App, switched_on

NOON = datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC)
Time = time_machine.Traveller


@pytest.fixture
def moment() -> Iterator[Time]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def petra(app: Flask, moment: Time) -> Actor:
    return a_member("petra")


def use(member: Actor, typed: str) -> str:
    """What became of it: `yes`, or the code of the refusal."""
    try:
        with transaction():
            actions.use_code(member.member_id, typed)
    except Invalid as refused:
        return refused.code if refused.field == "code" else f"{refused.code} beside {refused.field}"
    return "yes"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(59, "94287082"), (1111111109, "07081804"), (1234567890, "89005924"), (20000000000, "65353130")],
)
def test_codes_are_those_of_the_standard(seconds: int, expected: str) -> None:
    """RFC 6238, appendix B; of its eight digits an app shows the last six."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert two_factor.code_at(secret, seconds // 30) == expected[-6:]


def test_each_step_is_good_for_one_code_and_none_before_it(petra: Actor, moment: Time) -> None:
    app, _codes = switched_on(petra)
    assert use(petra, app.code()) == "code-used"
    moment.shift(30)
    earlier = app.code()
    moment.shift(30)
    assert use(petra, app.code()) == "yes"
    assert use(petra, app.code()) == "code-used"
    assert use(petra, earlier) == "code-used"


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_clock_may_be_off_by_a_step(petra: Actor, moment: Time, seconds: int) -> None:
    app, _codes = switched_on(petra)
    moment.shift(90)
    app.seconds_off = seconds
    assert use(petra, app.code()) == "yes"


@pytest.mark.parametrize("written", ["{0} {1}", " {0}-{1} ", "{0}\u00a0{1}"])
def test_a_code_may_be_written_as_the_app_shows_it(petra: Actor, moment: Time, written: str) -> None:
    app, _codes = switched_on(petra)
    moment.shift(30)
    code = app.code()
    assert use(petra, written.format(code[:3], code[3:])) == "yes"


def test_a_slow_clock_is_told_from_a_wrong_code(petra: Actor, moment: Time) -> None:
    app, _codes = switched_on(petra)
    moment.shift(3600)
    app.seconds_off = -300
    with transaction(), pytest.raises(Invalid) as refused:
        actions.use_code(petra.member_id, app.code())
    assert (refused.value.code, refused.value.parameters["count"]) == ("code-of-slow-clock", 5)


def test_who_guesses_is_not_told_of_a_code_that_is_yet_to_come(petra: Actor, moment: Time) -> None:
    app, _codes = switched_on(petra)
    moment.shift(3600)
    app.seconds_off = 300
    assert use(petra, app.code()) == "code-wrong"


@pytest.mark.parametrize(("seconds", "code"), [(300, "code-of-fast-clock"), (-300, "code-of-slow-clock")])
def test_who_sets_it_up_is_told_which_way_the_clock_is_off(petra: Actor, seconds: int, code: str) -> None:
    app = App(two_factor.secret_of(petra.member_id, SEED), seconds)
    with transaction(petra) as actor, pytest.raises(Invalid) as refused:
        actions.switch_on(actor, queries.get_member(actor, petra.member_id), SEED, app.code())
    assert (refused.value.code, refused.value.parameters["count"]) == (code, 5)
    assert not queries.has_two_factor(petra.member_id)


@pytest.mark.parametrize("typed", ["12345", "1234567", "١٢٣٤٥٦", "a", "\0", "\ud800", "x" * 5000, "000000"])
def test_anything_else_is_refused(petra: Actor, moment: Time, typed: str) -> None:
    switched_on(petra)
    assert use(petra, typed) == "code-wrong"


def test_nothing_is_asked_for_again(petra: Actor) -> None:
    switched_on(petra)
    assert use(petra, " ") == "required"


def test_each_recovery_code_opens_once_and_is_told_by_mail(app: Flask, petra: Actor) -> None:
    _app, codes = switched_on(petra)
    assert len(set(codes)) == 10
    assert use(petra, codes[0].upper().replace("-", " ").replace("0", "o")) == "yes"
    assert use(petra, codes[0]) == "code-wrong"
    assert use(petra, codes[1]) == "yes"
    left = queries.two_factor_of(petra)
    assert left is not None
    assert left.codes_left == 8
    drain(app.extensions["settings"])
    told = mail.kept(app, "recovery_used-*")
    assert told
    mail.check(told[0])


def test_new_recovery_codes_end_the_former_ones(petra: Actor) -> None:
    _app, codes = switched_on(petra)
    with transaction(petra) as actor:
        fresh = actions.renew_recovery_codes(actor, queries.get_member(actor, petra.member_id), codes[0])
    assert use(petra, codes[1]) == "code-wrong"
    assert use(petra, fresh[1]) == "yes"


def test_the_codes_of_one_are_nothing_to_another(petra: Actor) -> None:
    paul = a_member("paul")
    _petras, codes = switched_on(petra)
    switched_on(paul)
    assert use(paul, codes[0]) == "code-wrong"
    assert two_factor.secret_of(petra.member_id, SEED) != two_factor.secret_of(paul.member_id, SEED)


def test_it_is_switched_on_once_and_by_oneself_alone(petra: Actor, moment: Time) -> None:
    paul = a_member("paul")
    switched_on(petra)
    moment.shift(30)
    with pytest.raises(Conflict):
        switched_on(petra)
    with transaction(paul) as actor, pytest.raises(Denied):
        actions.switch_off(actor, queries.get_member(actor, petra.member_id), "000000")


def test_the_database_tells_neither_secret_nor_codes(petra: Actor) -> None:
    app, codes = switched_on(petra)
    kept = repr([db.session.execute(sa.select(TWO_FACTORS)).all(), db.session.execute(sa.select(RECOVERY_CODES)).all()])
    assert app.secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    assert base64.b32encode(bytes.fromhex(SEED)).decode() != app.secret
