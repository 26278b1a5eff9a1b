"""Asking another server: a place to ask in is never lost."""

import threading
from typing import Any

import pytest
from flask import Flask

from forum.core import outside
from forum.core.database import db
from forum.core.outside import MOST_AT_ONCE, Deadline, Unreachable, ask

NOBODY = "http://127.0.0.1:1/"


def answer() -> Any:
    outside.forget()
    return ask("GET", NOBODY, Deadline.within(20))


def test_who_fails_before_asking_takes_no_place(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("the database is gone")

    with monkeypatch.context() as patched:
        patched.setattr(db.session, "rollback", fail)
        for _each in range(MOST_AT_ONCE):
            with pytest.raises(OSError, match="the database is gone"):
                answer()
    with pytest.raises(Unreachable, match="unreachable"):
        answer()


def test_a_place_without_a_thread_to_ask_in_comes_back(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", fail)
        for _each in range(MOST_AT_ONCE):
            with pytest.raises(Unreachable, match="busy"):
                answer()
    with pytest.raises(Unreachable, match="unreachable"):
        answer()
