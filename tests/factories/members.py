"""Members in every state that decides something, with a password, made through the actions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache

from forum.core import clock
from forum.core.actor import SYSTEM, Actor
from forum.core.database import transaction
from forum.members import actions, passwords
from forum.members.actions import FieldDraft, GroupDraft
from forum.members.actions.admission import request_admission
from forum.members.queries import Privacy, actor_of, get_group, get_member

PASSWORD = "ein gutes Passwort 42"


@cache
def _hash() -> str:
    return passwords.hashed(PASSWORD)


def a_group(name: str, way_in: str = "staff", audience: str | None = None, description: str = "") -> int:
    """A group without members, seen by everybody who is signed in where they could join; returns its id."""
    seen_by = audience or ("members" if way_in == "staff" else "everybody")
    with transaction() as system:
        group = actions.create_group(system, name)
        actions.change_group(system, group, GroupDraft(name, way_in, seen_by, description))
        return group.id


def make_owner(group_id: int, member: Actor) -> Actor:
    """Makes the member an owner of the group; returns the actor as they are then."""
    with transaction() as system:
        group, account = get_group(system, group_id), get_member(system, member.member_id)
        actions.add_to_group(system, group, account)
        actions.set_owner(system, group, account, is_owner=True)
    return actor_of(member.member_id)


def shows(
    member: Actor, audience: str = "everybody", *, indexed: bool = True, presence: bool = False, votes: bool = False
) -> None:
    """Sets what the member shows of themselves, and to whom."""
    with transaction(member) as actor:
        actions.set_privacy(actor, get_member(actor, actor.member_id), Privacy(audience, indexed, presence, votes))


def a_field(
    name: str,
    kind: str = "text",
    audience: str = "everybody",
    options: Mapping[str, str] | None = None,
    *,
    is_by_team: bool = False,
) -> int:
    """A field of profiles; returns its id."""
    draft = FieldDraft({"en": name, "de": f"{name} de"}, kind, audience, options or {}, is_by_team)
    if kind == "choice" and not options:
        draft = replace(draft, options={"en": "One\nTwo"})
    with transaction() as system:
        return actions.create_field(system, draft)


def fill(member: Actor, values: Mapping[int, str]) -> None:
    """What the member says about themselves, by field."""
    with transaction(member) as actor:
        actions.fill_in(actor, get_member(actor, actor.member_id), values)


def a_member(
    username: str,
    *,
    display_name: str = "",
    language: str = "en",
    is_confirmed: bool = True,
    is_waiting: bool = False,
    accepted: int = 99,
    roles: tuple[str, ...] = (),
    groups: tuple[int, ...] = (),
    silenced_days: int = 0,
    is_banned: bool = False,
) -> Actor:
    """A member with the password PASSWORD, who has accepted the rulebook up to version `accepted`; one that `is_waiting`
    has a confirmed address and waits for the team's approval."""
    with transaction():
        member = actions.register(
            SYSTEM,
            username=username,
            email=f"{username}@example.org",
            password_hash=_hash(),
            language=language,
            time_zone="Europe/Berlin",
            display_name=display_name,
        )
        if is_waiting:
            request_admission(member, "Which of our products do you use?", "The cargo bike.")
        if is_confirmed:
            actions.confirm(member.id)
        if accepted:
            actions.note_acceptance(member.id, accepted)
        if roles:
            actions.set_roles(SYSTEM, get_member(SYSTEM, member.id), roles)
        if groups:
            actions.set_groups(SYSTEM, get_member(SYSTEM, member.id), groups)
        if silenced_days:
            actions.silence(SYSTEM, member.id, clock.now() + timedelta(days=silenced_days))
        if is_banned:
            actions.ban(SYSTEM, member.id)
        member_id = member.id
    return actor_of(member_id)
