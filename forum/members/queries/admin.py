"""Members and groups as the administration lists them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, String, and_, case, cast, func, or_, select, tuple_

from forum.access import require
from forum.core import clock
from forum.core.actor import EVERYONE, Actor
from forum.core.actor import MEMBERS as EVERY_MEMBER
from forum.core.database import db
from forum.core.errors import NotFound
from forum.core.paging import Page, cut, decode, encode
from forum.members.models import GROUP_MEMBERS, GROUPS, MEMBERS, ROLES, Group
from forum.members.names import sort_key, username_key
from forum.members.queries.people import Face, face_columns

PAGE = 50


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as the administration sees it."""

    id: int
    username: str
    display_name: str
    avatar: str | None
    email: str | None
    joined_at: datetime
    confirmed_at: datetime | None
    silenced_until: datetime | None
    banned_at: datetime | None
    accepted_version: int
    is_imported: bool
    roles: Sequence[str]

    @property
    def is_silenced(self) -> bool:
        return self.silenced_until is not None and self.silenced_until > clock.now()


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with the number of its members (None for the two built-in ones, which have no rows)."""

    id: int
    name: str
    is_builtin: bool
    member_count: int | None


_ROLE_NAMES = (
    select(func.aggregate_strings(cast(ROLES.c.role, String), ","))
    .where(ROLES.c.member_id == MEMBERS.c.id)
    .scalar_subquery()
)
_ACCOUNT = select(
    MEMBERS.c.id,
    MEMBERS.c.username,
    MEMBERS.c.display_name,
    MEMBERS.c.avatar,
    MEMBERS.c.email,
    MEMBERS.c.joined_at,
    MEMBERS.c.confirmed_at,
    MEMBERS.c.silenced_until,
    MEMBERS.c.banned_at,
    MEMBERS.c.accepted_version,
    MEMBERS.c.is_imported,
    _ROLE_NAMES.label("roles"),
    MEMBERS.c.sort_key,
)


def _account(row: Row[Any]) -> AccountRow:
    roles = tuple(sorted(row.roles.split(","))) if row.roles else ()
    return AccountRow(*(*row[:11], roles))


def _begins(text: str) -> str:
    """A LIKE pattern for what begins so; its own signs are taken literally."""
    for sign in "\\%_":
        text = text.replace(sign, f"\\{sign}")
    return f"{text}%"


def list_accounts(actor: Actor, search: str = "", role: str = "", before: str | None = None) -> Page[AccountRow]:
    """Accounts by name; `search` is the beginning of a name or a whole address."""
    require(actor, "member.list")
    statement = _ACCOUNT.order_by(MEMBERS.c.sort_key, MEMBERS.c.id).limit(PAGE + 1)
    if search:
        statement = statement.where(
            or_(
                MEMBERS.c.sort_key.like(_begins(sort_key(search)), escape="\\"),
                MEMBERS.c.username_key.like(_begins(username_key(search)), escape="\\"),
                MEMBERS.c.email_key == search.replace("\0", "").strip().casefold(),
            )
        )
    if role:
        statement = statement.where(
            select(ROLES).where(ROLES.c.member_id == MEMBERS.c.id, ROLES.c.role == role).exists()
        )
    if (position := decode(before, str, int)) is not None:
        statement = statement.where(tuple_(MEMBERS.c.sort_key, MEMBERS.c.id) > tuple_(*position))
    rows = db.session.execute(statement).all()
    page = cut(rows, PAGE, lambda row: encode(row.sort_key, row.id))
    return Page([_account(row) for row in page.rows], page.older)


def account(actor: Actor, member_id: int) -> AccountRow:
    """One account. Raises NotFound."""
    require(actor, "member.list")
    row = db.session.execute(_ACCOUNT.where(MEMBERS.c.id == member_id)).first()
    if row is None:
        raise NotFound
    return _account(row)


def other_admins(member_id: int) -> int:
    """How many administrators there are, beside this member, who can sign in and act; held until the transaction ends,
    so that two of them can't dismiss each other at once."""
    statement = (
        select(ROLES.c.member_id)
        .join(MEMBERS, ROLES.c.member_id == MEMBERS.c.id)
        .where(ROLES.c.role == "admin", MEMBERS.c.banned_at.is_(None))
        .order_by(ROLES.c.member_id)
        .with_for_update(of=ROLES)
    )
    return len(set(db.session.scalars(statement)) - {member_id})


# ---------------------------------------------------------------- groups

_SIZE = select(func.count()).where(GROUP_MEMBERS.c.group_id == GROUPS.c.id).correlate(GROUPS).scalar_subquery()
_GROUP = select(
    GROUPS.c.id, GROUPS.c.name, GROUPS.c.is_builtin, case((GROUPS.c.is_builtin, None), else_=_SIZE).label("size")
)


def groups() -> Sequence[GroupRow]:
    """All groups, the two built-in ones first."""
    return _by_name(db.session.execute(_GROUP))


def _by_name(rows: Iterable[Row[Any]]) -> list[GroupRow]:
    """There are few groups, so they are put in order here, where every language's letters are known."""
    return sorted((GroupRow(*row) for row in rows), key=lambda row: (not row.is_builtin, sort_key(row.name), row.id))


def groups_of(member_id: int) -> Sequence[GroupRow]:
    """The groups a member was put into."""
    held = _GROUP.join(GROUP_MEMBERS, GROUP_MEMBERS.c.group_id == GROUPS.c.id)
    return _by_name(db.session.execute(held.where(GROUP_MEMBERS.c.member_id == member_id)))


def get_group(actor: Actor, group_id: int) -> Group:
    """The entity of a group that can be changed. Raises NotFound, also for the built-in ones."""
    require(actor, "group.manage")
    group = db.session.get(Group, group_id)
    if group is None or group.is_builtin or group.id in {EVERYONE, EVERY_MEMBER}:
        raise NotFound
    return group


def group_members(actor: Actor, group_id: int, before: str | None = None) -> Page[Face]:
    """Who belongs to a group, by name."""
    require(actor, "group.manage")
    statement = (
        select(*face_columns(), MEMBERS.c.sort_key)
        .join(GROUP_MEMBERS, and_(GROUP_MEMBERS.c.member_id == MEMBERS.c.id, GROUP_MEMBERS.c.group_id == group_id))
        .order_by(MEMBERS.c.sort_key, MEMBERS.c.id)
        .limit(PAGE + 1)
    )
    if (position := decode(before, str, int)) is not None:
        statement = statement.where(tuple_(MEMBERS.c.sort_key, MEMBERS.c.id) > tuple_(*position))
    page = cut(db.session.execute(statement).all(), PAGE, lambda row: encode(row.sort_key, row.id))
    return Page([Face(*row[:5]) for row in page.rows], page.older)
