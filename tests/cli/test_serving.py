"""`forum serve` as processes: both children watched, and all of them gone when it ends, however it ends."""

import os
import signal
import socket

from tests.processes import Place, children, command_of, is_alive, until

ENDS_WITHIN_SECONDS = 10


def of_kind(pid: int, word: str) -> list[int]:
    return [child for child in children(pid) if word in command_of(child)]


def started(place: Place) -> int:
    process = place.start("serve", FORUM_WEB_WORKERS="2")
    until(place.answers, 40, "the first answer")
    until(lambda: of_kind(process.pid, "forum worker"), 20, "the worker's start")
    return process.pid


def test_it_says_where_it_is_and_ctrl_c_ends_everything(place: Place) -> None:
    process = place.start("serve")
    until(lambda: of_kind(process.pid, "forum worker"), 40, "the worker, which starts after the greeting")
    family = children(process.pid)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=ENDS_WITHIN_SECONDS)
    assert (process.returncode, err) == (0, "")
    assert f"http://127.0.0.1:{place.port}" in out
    assert not [pid for pid in family if is_alive(pid)]


def test_children_that_are_killed_are_started_again(place: Place) -> None:
    supervisor = started(place)
    for word in ("forum worker", "forum.cli.web"):
        (first, *_) = of_kind(supervisor, word)
        os.kill(first, signal.SIGKILL)
        until(lambda: [pid for pid in of_kind(supervisor, word) if pid != first and is_alive(pid)], 30, f"{word} again")  # noqa: B023
    until(place.answers, 30, "an answer")


def test_no_child_outlives_a_supervisor_that_is_killed(place: Place) -> None:
    supervisor = started(place)
    family = children(supervisor)
    os.kill(supervisor, signal.SIGKILL)
    until(lambda: not [pid for pid in family if is_alive(pid)], ENDS_WITHIN_SECONDS, "the end of all children")


def test_a_port_that_is_taken_is_said_in_a_sentence(place: Place) -> None:
    started(place)
    second = place.start("serve")
    _, err = second.communicate(timeout=30)
    assert second.returncode == 1
    assert "can't be listened on" in err


def test_without_a_worker_there_is_none(place: Place) -> None:
    process = place.start("serve", "--no-worker")
    until(place.answers, 40, "the first answer")
    assert not of_kind(process.pid, "forum worker")


def test_a_name_is_listened_on_at_its_address(place: Place) -> None:
    process = place.start("serve", "--no-worker", HOST="localhost")

    def is_answering() -> bool:
        try:
            socket.create_connection(("localhost", place.port), timeout=1).close()
        except OSError:
            return False
        return True

    until(is_answering, 40, "the first answer")
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=ENDS_WITHIN_SECONDS)
    assert "it is started again" not in err
