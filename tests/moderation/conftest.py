"""A small community with an open case: what the tests of the desk begin with."""

from dataclasses import dataclass

import pytest
from flask import Flask

from forum.core.actor import Actor
from forum.core.worker import drain
from tests.factories import members, threads
from tests.factories.rules import a_rulebook


@dataclass
class Place:
    """A thread by `author` with a bad reply by `culprit`, whom `reporter` may report and `moderator` may judge."""

    app: Flask
    author: Actor
    culprit: Actor
    reporter: Actor
    moderator: Actor
    category_id: int
    thread_id: int
    post_id: int

    def work(self) -> int:
        """Lets the worker do all that is due."""
        return drain(self.app.extensions["settings"])


@pytest.fixture
def place(app: Flask) -> Place:
    a_rulebook()
    author = members.a_member("anna", display_name="Anna Adler")
    culprit = members.a_member("karl", display_name="Karl Kette", language="de")
    reporter = members.a_member("rita", display_name="Rita Ruhig")
    moderator = members.a_member("mia", display_name="Mia Meister", roles=("moderator",))
    category_id = threads.category("Cycling")
    thread = threads.thread(author, category_id, "On the cycle path", "Please be considerate.")
    reply = threads.reply(culprit, thread.thread_id, "You are a fool, and **everybody** knows it.")
    return Place(app, author, culprit, reporter, moderator, category_id, thread.thread_id, reply.post_id)
