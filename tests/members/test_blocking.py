"""Blocking a member: up to so many, never somebody of the team, and undone at any time."""

import pytest
from flask import Flask

from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, NotFound
from forum.members import actions, queries
from forum.members.models import BLOCKS
from tests.factories.members import a_member
from tests.factories.ties import block


@pytest.fixture
def anna(app: Flask) -> Actor:
    return a_member("anna")


@pytest.fixture
def ben(app: Flask) -> Actor:
    return a_member("ben")


def names(actor: Actor) -> list[str]:
    return [row.face.username for row in queries.blocked(actor)]


def test_whom_one_has_blocked_is_known_of_the_actor_until_it_is_taken_back(anna: Actor, ben: Actor) -> None:
    for _ in range(2):
        anna = block(anna, ben)
    cleo = a_member("cleo")
    anna = block(anna, cleo)
    assert anna.blocked_ids == {ben.id, cleo.id}
    assert names(anna) == ["cleo", "ben"]
    for _ in range(2):
        with transaction(anna) as member:
            actions.unblock(member, ben.member_id)
    assert queries.reload(anna).blocked_ids == {cleo.id}
    assert queries.reload(ben).blocked_ids == frozenset()
    assert names(ben) == []


def test_nobody_blocks_themselves_the_team_or_whom_they_cant_see(anna: Actor) -> None:
    a_member("mona", roles=("moderator",))
    a_member("una", is_confirmed=False)
    with pytest.raises(Conflict, match="block-yourself"):
        block(anna, anna)
    with pytest.raises(Conflict, match="block-staff"):
        block(anna, "mona")
    with pytest.raises(NotFound):
        block(anna, "una")
    with pytest.raises(Denied, match="banned"):
        block(a_member("bert", is_banned=True), anna)
    assert db.session.query(BLOCKS).count() == 0


def test_the_list_has_an_end(monkeypatch: pytest.MonkeyPatch, anna: Actor, ben: Actor) -> None:
    monkeypatch.setattr("forum.members.actions.ties.MOST_BLOCKED", 1)
    anna = block(anna, ben)
    with pytest.raises(Conflict, match="blocked-many"):
        block(anna, a_member("cleo"))
    assert names(anna) == ["ben"]


def test_whoever_is_banned_since_is_unblocked_all_the_same(anna: Actor, ben: Actor) -> None:
    anna = block(anna, ben)
    with transaction():
        actions.ban(anna, ben.member_id)
    with transaction(anna) as member:
        actions.unblock(member, ben.member_id)
    assert names(anna) == []
