"""Following a member: up to so many, nobody whom one has blocked, and without their learning of it."""

import pytest
from flask import Flask

from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import Conflict, Denied, Invalid, NotFound
from forum.members import actions, queries
from forum.members.queries import Privacy
from tests.factories.members import a_member
from tests.factories.ties import block, follow


@pytest.fixture
def anna(app: Flask) -> Actor:
    return a_member("anna")


@pytest.fixture
def ben(app: Flask) -> Actor:
    return a_member("ben")


def names(actor: Actor) -> list[str]:
    return [row.face.username for row in queries.followed(actor)]


def test_one_follows_until_one_does_no_longer(anna: Actor, ben: Actor) -> None:
    for _ in range(2):
        follow(anna, ben)
    follow(anna, a_member("cleo"))
    assert names(anna) == ["cleo", "ben"]
    assert queries.is_following(anna, ben.member_id)
    assert not queries.is_following(ben, anna.member_id)
    for _ in range(2):
        follow(anna, ben, "normal")
    assert names(anna) == ["cleo"]


def test_nobody_follows_themselves_whom_they_blocked_or_cant_see(anna: Actor, ben: Actor) -> None:
    a_member("una", is_confirmed=False)
    with pytest.raises(Conflict, match="follow-yourself"):
        follow(anna, anna)
    with pytest.raises(NotFound):
        follow(anna, "una")
    with transaction(ben) as hidden:
        actions.set_privacy(hidden, queries.get_member(hidden, ben.member_id), Privacy("staff", False, False, False))
    with pytest.raises(NotFound):
        follow(anna, ben)
    with transaction(ben) as shown:
        actions.set_privacy(shown, queries.get_member(shown, ben.member_id), Privacy("everybody", False, False, False))
    with pytest.raises(Invalid, match="unknown-choice"):
        follow(anna, ben, "muted")
    with pytest.raises(Denied, match="banned"):
        follow(a_member("bert", is_banned=True), anna)
    with pytest.raises(Conflict, match="follow-blocked"):
        follow(block(anna, ben), ben)
    assert names(anna) == []


def test_who_blocks_somebody_follows_them_no_longer_and_the_other_way_round_nothing_shows(
    anna: Actor, ben: Actor
) -> None:
    follow(anna, ben)
    follow(ben, anna)
    block(anna, ben)
    assert names(anna) == []
    assert names(ben) == ["anna"]
    follow(ben, anna, "normal")
    follow(ben, anna)


def test_the_list_has_an_end(monkeypatch: pytest.MonkeyPatch, anna: Actor, ben: Actor) -> None:
    monkeypatch.setattr("forum.members.actions.ties.MOST_FOLLOWED", 1)
    follow(anna, ben)
    with pytest.raises(Conflict, match="followed-many"):
        follow(anna, a_member("cleo"))
    follow(anna, ben)
    assert names(anna) == ["ben"]


def test_whoever_is_banned_since_is_followed_no_longer_if_one_likes(anna: Actor, ben: Actor) -> None:
    follow(anna, ben)
    with transaction():
        actions.ban(anna, ben.member_id)
    with transaction(anna) as member:
        actions.unfollow(member, ben.member_id)
    assert names(anna) == []
