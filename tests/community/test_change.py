"""Changing the community: what is the same changes nothing."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.community import actions, queries
from forum.community.actions import CommunityDraft, LookDraft
from forum.community.frame import Frame, Link
from forum.community.logo import prepared
from forum.community.welcome import EVERYBODY, Welcome
from forum.core import audit
from forum.core.actor import Actor
from forum.core.database import db, transaction
from tests.factories.accounts import a_member
from tests.media.samples import a_picture

WORDS = {"de": "Hallo", "en": "Hello"}


@pytest.fixture
def boss(app: Flask) -> Actor:
    return a_member("boss", roles=("admin",))


def _community(actor: Actor) -> bool:
    draft = CommunityDraft(WORDS, WORDS, "Velo", ["en", "de"], "de", True, "Europe/Vienna")
    return actions.change(actor, draft, queries.current().mark)


def _look(actor: Actor) -> bool:
    seen = queries.current().look.mark
    return actions.change_look(actor, LookDraft("#d4002a", "round", "dark", "b { color: teal }", seen))


def _logo(actor: Actor) -> bool:
    present = queries.current().logo
    draft = prepared(a_picture(size=(400, 100)), b"", in_tabs=True, present=present)
    return actions.change_logo(actor, draft, present.mark if present else "")


def _frame(actor: Actor) -> bool:
    frame = Frame((Link(WORDS, "/x"), Link(WORDS, "/y")), WORDS, (Link(WORDS, "https://example.org"),))
    return actions.change_frame(actor, frame, queries.current().frame.mark)


def _welcome(actor: Actor) -> bool:
    present = queries.current().welcome
    return actions.change_welcome(actor, Welcome(EVERYBODY, WORDS, WORDS, WORDS, "/x"), present.mark if present else "")


@pytest.mark.parametrize("change", [_community, _look, _logo, _frame, _welcome])
def test_saving_the_same_again_voids_nothing_and_is_no_act(boss: Actor, change: Callable[[Actor], bool]) -> None:
    def once() -> tuple[bool, int, int | None]:
        with transaction(boss) as actor:
            has_changed = change(actor)
        return (
            has_changed,
            queries.current().epoch,
            db.session.scalar(select(func.count()).select_from(audit.AuditEntry)),
        )

    first, second = once(), once()
    assert (first[0], second) == (True, (False, *first[1:]))
