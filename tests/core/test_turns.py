"""Turns: who waits for another server lets others go on, and everybody else waits until it is their turn."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from forum.core import turns
from forum.core.turns import Turns, others_go_on

PATIENCE_SECONDS = 20


def asked(application: Turns, path: str) -> list[bytes]:
    return list(application({"PATH_INFO": path}, lambda *_head: lambda _body: None))


def test_with_one_turn_everybody_else_is_answered_while_some_wait_for_another_server() -> None:
    arrived, answered = threading.Barrier(turns.MOST_WAITING + 1), threading.Event()

    def application(environ: dict[str, Any], _start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/slow":
            with others_go_on():
                arrived.wait(PATIENCE_SECONDS)
                answered.wait(PATIENCE_SECONDS)
        return [b"done"]

    site = Turns(application, 1)
    with ThreadPoolExecutor(turns.MOST_WAITING) as pool:
        slow = [pool.submit(asked, site, "/slow") for _each in range(turns.MOST_WAITING)]
        arrived.wait(PATIENCE_SECONDS)
        assert asked(site, "/") == [b"done"]
        assert not any(one.done() for one in slow)
        answered.set()
        assert [one.result() for one in slow] == [[b"done"]] * turns.MOST_WAITING


def test_who_computes_keeps_the_turn() -> None:
    running: list[int] = []
    most = []

    def application(environ: dict[str, Any], _start: Callable[..., Any]) -> Iterable[bytes]:
        running.append(1)
        most.append(len(running))
        sum(range(20_000))  # long enough for another thread to come in between, if it could
        running.pop()
        return [environ["PATH_INFO"].encode()]

    site = Turns(application, 1)
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda number: asked(site, f"/{number}"), range(200)))
    assert done == [[f"/{number}".encode()] for number in range(200)]
    assert set(most) == {1}


def test_outside_of_a_web_process_nothing_is_given_away() -> None:
    with others_go_on():
        pass


def test_a_turn_comes_back_from_a_request_that_broke() -> None:
    def application(_environ: dict[str, Any], _start: Callable[..., Any]) -> Iterable[bytes]:
        with others_go_on():
            raise LookupError

    site = Turns(application, 1)
    for _time in range(turns.MOST_WAITING + 1):
        with pytest.raises(LookupError):
            asked(site, "/")


def test_what_follows_an_answer_waits_for_its_turn() -> None:
    closed: list[str] = []

    class Body:
        def __iter__(self) -> Iterator[bytes]:
            return iter([b"done"])

        def close(self) -> None:
            assert turns._mine.free is not None
            closed.append("it")

    site = Turns(lambda _environ, _start: Body(), 1)
    answer = site({"PATH_INFO": "/"}, lambda *_head: lambda _body: None)
    assert list(answer) == [b"done"]
    answer.close()
    assert closed == ["it"]
    assert asked(site, "/") == [b"done"], "the turn is free again"
