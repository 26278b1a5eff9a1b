"""The beginnings of names by which the directory finds members."""

from collections.abc import Iterable

from sqlalchemy import delete

from forum.core.database import db, insert
from forum.members.models import NAMES, Member
from forum.members.names import beginnings


def add_names(members: Iterable[tuple[int, str, str]]) -> None:
    """Members who had none are found from now on: id, user name and shown name of each."""
    rows = [
        {"key": key, "member_id": id}
        for id, username, display_name in members
        for key in sorted(beginnings(username, display_name))
    ]
    if rows:
        db.session.execute(insert(NAMES), rows)


def renew_names(member: Member) -> None:
    """The member is found by the present names; not at all before others may know of them."""
    db.session.execute(delete(NAMES).where(NAMES.c.member_id == member.id))
    if member.is_public:
        add_names([(member.id, member.username, member.display_name)])
