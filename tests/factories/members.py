"""Members in every state that decides something, with a password, made through the actions."""

from datetime import timedelta
from functools import cache

from forum.core import clock
from forum.core.actor import SYSTEM, Actor
from forum.core.database import transaction
from forum.members import actions, passwords
from forum.members.queries import actor_of, get_member

PASSWORD = "ein gutes Passwort 42"


@cache
def _hash() -> str:
    return passwords.hashed(PASSWORD)


def a_group(name: str) -> int:
    """A group without members; returns its id."""
    with transaction() as system:
        return actions.create_group(system, name).id


def a_member(
    username: str,
    *,
    display_name: str = "",
    language: str = "en",
    is_confirmed: bool = True,
    accepted: int = 99,
    roles: tuple[str, ...] = (),
    groups: tuple[int, ...] = (),
    silenced_days: int = 0,
    is_banned: bool = False,
) -> Actor:
    """A member with the password PASSWORD, who has accepted the rulebook up to version `accepted`."""
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
