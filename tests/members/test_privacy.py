"""Who sees a profile, and what of it: the rules, and the filters that say the same of lists."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.access import may
from forum.core import actor as actors
from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.core.errors import Denied, Invalid
from forum.members import actions, queries
from forum.members.models import MEMBERS, SIGN_INS, Member
from forum.members.policy import known_profiles
from forum.members.queries import Privacy, Wanted, directory
from tests.factories.members import a_member, shows
from tests.factories.threads import sign_in


@pytest.fixture
def people(app: Flask) -> dict[str, Actor]:
    """A member for each audience, and every kind of viewer."""
    found = {name: a_member(name) for name in ("everybody", "members", "staff")}
    for name, member in found.items():
        shows(member, name)
    found["moderator"] = a_member("moderator", roles=("moderator",))
    found["unconfirmed"] = a_member("unconfirmed", is_confirmed=False)
    found["guest"] = actors.guest()
    return found


KNOWN = {
    "guest": {"everybody", "moderator"},
    "unconfirmed": {"everybody", "moderator"},
    "everybody": {"everybody", "members", "moderator"},
    "staff": {"everybody", "members", "staff", "moderator"},
    "moderator": {"everybody", "members", "staff", "moderator"},
}


def test_a_profile_is_known_to_its_audience_its_owner_and_the_team(people: dict[str, Actor]) -> None:
    members = db.session.scalars(select(Member).where(Member.confirmed_at.is_not(None))).all()
    for viewer, expected in KNOWN.items():
        by_rule = {member.username for member in members if may(people[viewer], "member.know", member)}
        filtered = select(MEMBERS.c.username).where(MEMBERS.c.confirmed_at.is_not(None), known_profiles(people[viewer]))
        assert by_rule == set(db.session.scalars(filtered)) == expected, viewer


def test_the_directory_names_whom_only_the_team_may_know_of_to_the_team_alone(people: dict[str, Actor]) -> None:
    for viewer, hidden in (("everybody", {"staff"}), ("staff", {"staff"}), ("moderator", set())):
        for wanted in (Wanted(), Wanted(sort="newest")):
            found = {row.username for row in directory(people[viewer], wanted).rows}
            assert found == {"everybody", "members", "staff", "moderator"} - hidden, viewer
        assert bool(directory(people[viewer], Wanted(name="staff")).rows) is not hidden
        member = db.session.scalars(select(Member).where(Member.username == "staff")).one()
        assert may(people[viewer], "member.find", member) is not bool(hidden)


def test_presence_and_votes_are_shown_by_choice_alone(people: dict[str, Actor]) -> None:
    def seen_by(viewer: str, verb: str) -> bool:
        return bool(may(people[viewer], verb, queries.profile(people[viewer], "members")))

    assert [seen_by(viewer, "member.votes") for viewer in ("everybody", "members", "moderator")] == [False, True, True]
    assert not any(seen_by(viewer, "member.presence") for viewer in ("guest", "everybody", "moderator"))
    shows(people["members"], "members", presence=True, votes=True)
    for verb in ("member.votes", "member.presence"):
        assert [seen_by(viewer, verb) for viewer in ("everybody", "moderator", "guest")] == [True, True, False], verb
    shows(people["members"], "everybody", presence=True, votes=True)
    assert seen_by("guest", "member.votes")
    assert not seen_by("guest", "member.presence")


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (timedelta(minutes=14), "now"),
        (timedelta(minutes=16), "day"),
        (timedelta(days=2), "week"),
        (timedelta(days=8), "month"),
        (timedelta(days=31), None),
    ],
)
def test_presence_comes_from_the_sessions_and_is_coarse(app: Flask, ago: timedelta, told: str | None) -> None:
    anna, ben = a_member("anna"), a_member("ben")
    sign_in(app.test_client(), anna)
    assert queries.profile(ben, "anna").presence is None
    shows(anna, presence=True)
    with transaction():
        db.session.execute(update(SIGN_INS).values(used_at=clock.now() - ago))
    assert queries.profile(ben, "anna").presence == told
    with transaction(anna) as actor:
        actions.sign_out_everywhere(actor)
    assert queries.profile(ben, "anna").presence is None


def test_privacy_is_ones_own_and_a_choice_of_those_offered(app: Flask) -> None:
    anna, ben = a_member("anna"), a_member("ben")
    with pytest.raises(Invalid), transaction(anna) as actor:
        actions.set_privacy(actor, queries.get_member(actor, anna.member_id), Privacy("nobody", True, True, True))
    with pytest.raises(Denied), transaction(ben) as actor:
        actions.set_privacy(actor, queries.get_member(actor, anna.member_id), Privacy("staff", True, True, True))
    assert queries.privacy_of(anna) == Privacy("everybody", True, False, False)
