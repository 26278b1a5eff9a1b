"""An address that a guest asks for again is answered in front of Flask, with the same headers and one statement."""

from forum.http import cache
from tests.factories.threads import reply
from tests.factories.visitor import Visitor
from tests.system.conftest import Stage
from tests.system.statements import counted

OWN = {"X-Request-ID", "Date"}


def _headers(answer: object) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in OWN}  # type: ignore[attr-defined]


def test_the_same_address_again_costs_one_statement_and_brings_the_same_answer(stage: Stage) -> None:
    cache.forget()
    guest, address = Visitor(stage.app), stage.world.address("/t/{thread}/{slug}")
    first = guest.get(address)
    with counted() as said:
        again = guest.get(address)
        assert again.data == first.data
    assert len(said) == 1
    assert _headers(again) == _headers(first)
    assert again.headers["X-Request-ID"] != first.headers["X-Request-ID"]


def test_a_reply_is_seen_at_once(stage: Stage) -> None:
    guest, address = Visitor(stage.app), stage.world.address("/t/{thread}/{slug}")
    for _ in range(2):
        guest.get(address)
    reply(stage.world.members["helper"], stage.world.places["thread"], "Seen at the next look.")
    assert "Seen at the next look." in guest.get(address).get_data(as_text=True)


def test_each_language_has_its_own_answer(stage: Stage) -> None:
    guest = Visitor(stage.app)
    for _ in range(2):
        for language in ("de", "en"):
            answer = guest.get("/", headers={"Accept-Language": language})
            assert f'<html lang="{language}"' in answer.get_data(as_text=True)


def test_a_member_is_never_answered_with_a_guests_page(stage: Stage) -> None:
    address = stage.world.address("/t/{thread}/{slug}")
    for _ in range(2):
        Visitor(stage.app).get(address)
    assert 'action="/logout"' in Visitor(stage.app, stage.world.members["helper"]).get(address).get_data(as_text=True)
