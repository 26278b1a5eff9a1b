"""The columns of a person beside what they wrote."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, select

from forum.core.actor import Actor
from forum.members.models import MEMBERS, ROLES
from forum.threads.queries.rows import Person

PERSON_WIDTH = 6


def person_columns(members: FromClause = MEMBERS) -> tuple[ColumnElement[Any], ...]:
    """The PERSON_WIDTH columns of a person; `members` may be an alias."""
    is_staff = select(ROLES.c.role).where(ROLES.c.member_id == members.c.id).correlate(members).exists()
    return (
        members.c.id,
        members.c.username,
        members.c.display_name,
        members.c.avatar,
        members.c.standing,
        is_staff,
    )


def person(columns: Sequence[Any]) -> Person | None:
    """A person from the values of `person_columns`; None for a member who is gone."""
    if columns[0] is None:
        return None
    id, username, display_name, avatar, standing, is_staff = columns
    return Person(id, username, display_name, avatar, standing, bool(is_staff))


def is_folded(actor: Actor, author: Person | None) -> bool:
    """Whether the actor has blocked who wrote something; what somebody of the team writes stays in view."""
    return author is not None and author.id in actor.blocked_ids and not author.is_staff
