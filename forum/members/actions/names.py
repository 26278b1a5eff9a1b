"""The beginnings of names by which the directory and the administration find members."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select

from forum.core.database import db, insert
from forum.members.models import FORMER_NAMES, GROUPS, MEMBERS, NAMES, Member
from forum.members.names import beginnings, username_key, valid_username
from forum.members.queries.names import former_names


def add_names(members: Iterable[tuple[int, Sequence[str]]], *, is_public: bool = True) -> None:
    """Members who had none are found from now on: the id and all names of each. Unless they are public, by the
    administration alone."""
    rows = [
        {"key": key, "member_id": id, "is_public": is_public}
        for id, names in members
        for key in sorted(beginnings(*names))
    ]
    if rows:
        db.session.execute(insert(NAMES), rows)


def is_name_taken(username: str, but: int | None = None, *, but_group: int | None = None) -> bool:
    """Whether a member, other than `but`, has or had this name or one that resembles it, or a group other than
    `but_group` is mentioned by it."""
    return _is_key_taken(username_key(username), but, but_group)


class _Taken:
    """The keys that are taken, one of them asked for at a time."""

    def __contains__(self, key: object) -> bool:
        return _is_key_taken(str(key))


def free_handle(name: str) -> str:
    """By what a new group of this name is mentioned: as close to the name as possible, and free."""
    return valid_username(name.replace(" ", "-"), _Taken())


def _is_key_taken(key: str, but: int | None = None, but_group: int | None = None) -> bool:
    # In this order: who gives a name up at this moment has it in one table or in the other.
    for ids in (
        select(MEMBERS.c.id).where(MEMBERS.c.username_key == key),
        select(FORMER_NAMES.c.member_id).where(FORMER_NAMES.c.username_key == key),
    ):
        if any(id != but for id in db.session.scalars(ids)):
            return True
    groups = db.session.scalars(select(GROUPS.c.id).where(GROUPS.c.handle_key == key))
    return any(id != but_group for id in groups)


def renew_names(member: Member) -> None:
    """The member is found by the present names and by former user names; by the administration alone before others may
    know of them."""
    db.session.execute(delete(NAMES).where(NAMES.c.member_id == member.id))
    names = (member.username, member.display_name, *former_names(member.id))
    add_names([(member.id, names)], is_public=member.is_public)
