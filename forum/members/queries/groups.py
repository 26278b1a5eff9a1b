"""Groups: which there are, who belongs to one, who asks to join."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select, tuple_

from forum.access import may, require
from forum.core import paging
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.core.paging import Page
from forum.members.models import (
    EVERYBODY,
    GROUP_MEMBERS,
    GROUP_REQUESTS,
    GROUPS,
    MEMBERS,
    MOST_CALLED,
    ROLES,
    Group,
)
from forum.members.names import folded, sort_key, username_key
from forum.members.policy import FINDABLE, visible_groups
from forum.members.queries.actors import ROLES_HELD, actors_of
from forum.members.queries.admin import HeldRoles
from forum.members.queries.automatic import FILLS_ITSELF, Why, why_in
from forum.members.queries.people import Face, face_columns
from forum.members.queries.ties import at_odds
from forum.text import slug

PAGE = 50
MOST_OWNERS = 20


def group_address(id: int, name: str) -> str:
    """Where a group's page stands."""
    return f"/groups/{id}/{slug(name)}"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group, and whether it fills itself; the two built-in ones stand in lists of the administration only."""

    id: int
    name: str
    is_builtin: bool
    way_in: str
    audience: str
    description: str
    handle: str | None
    is_automatic: bool

    @property
    def address(self) -> str:
        return group_address(self.id, self.name)


@dataclass(frozen=True, slots=True)
class Belonging:
    """That a member belongs to a group, whether as one of its owners, and whether because the group fills itself."""

    group_id: int
    member_id: int
    is_owner: bool
    is_automatic: bool


@dataclass(frozen=True, slots=True)
class GroupMemberRow:
    """One of a group as its page lists them; whether who looks may make them an owner or take that from them, and
    whether they may take them out, as far as the rank of both goes."""

    face: Face
    since: datetime
    belonging: Belonging
    may_own: bool
    may_go: bool


@dataclass(frozen=True, slots=True)
class RequestRow:
    """Who asks to join a group, and in which words."""

    id: int
    group_id: int
    member_id: int
    words: str
    asked_at: datetime
    face: Face


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """How many belong to a group, and how many ask to."""

    members: int = 0
    requests: int = 0


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group for one reader: whether they belong to it or have asked to, what leads them into it where it fills
    itself, who owns it, a stretch of who belongs, and, for who may answer them, the oldest requests."""

    group: GroupRow
    mine: Belonging | None
    has_asked: bool
    why: Sequence[Why]
    owners: Sequence[Face]
    found: Page[GroupMemberRow]
    requests: Sequence[RequestRow]


_GROUP = select(
    GROUPS.c.id,
    GROUPS.c.name,
    GROUPS.c.is_builtin,
    GROUPS.c.way_in,
    GROUPS.c.audience,
    GROUPS.c.description,
    GROUPS.c.handle,
    FILLS_ITSELF.label("is_automatic"),
)
_FACE = face_columns()
_BELONGING = (
    GROUP_MEMBERS.c.group_id,
    GROUP_MEMBERS.c.member_id,
    GROUP_MEMBERS.c.is_owner,
    GROUP_MEMBERS.c.is_automatic,
)
_BELONGS = select(*_FACE, GROUP_MEMBERS.c.since, *_BELONGING, ROLES_HELD.label("roles")).join(
    GROUP_MEMBERS, GROUP_MEMBERS.c.member_id == MEMBERS.c.id
)
_REQUEST = select(
    GROUP_REQUESTS.c.id,
    GROUP_REQUESTS.c.group_id,
    GROUP_REQUESTS.c.member_id,
    GROUP_REQUESTS.c.words,
    GROUP_REQUESTS.c.asked_at,
    *_FACE,
).join(MEMBERS, MEMBERS.c.id == GROUP_REQUESTS.c.member_id)


def _by_name(rows: Iterable[Row[Any]]) -> list[GroupRow]:
    """There are few groups, so they are put in order here, where every language's letters are known."""
    return sorted((GroupRow(*row) for row in rows), key=lambda row: (not row.is_builtin, sort_key(row.name), row.id))


def groups() -> Sequence[GroupRow]:
    """All groups, the two built-in ones first."""
    return _by_name(db.session.execute(_GROUP))


def resolve_groups(names: Iterable[str]) -> Mapping[str, GroupRow]:
    """Given names, case folded, to the groups that are mentioned by them; whoever names them may not know of all."""
    wanted = {folded(name): username_key(name) for name in names}
    if not wanted:
        return {}
    rows = [GroupRow(*row) for row in db.session.execute(_GROUP.where(GROUPS.c.handle_key.in_(set(wanted.values()))))]
    return {folded(row.handle): row for row in rows if row.handle and folded(row.handle) in wanted}


def mention_links(groups: Mapping[str, GroupRow]) -> Mapping[str, tuple[str, str]]:
    """What a text shows of those, by name: words and address where everybody who is signed in may know of the group.
    All readers get the same text, so of others it holds no more than what was typed."""
    return {name: (f"@{row.handle}", row.address) for name, row in groups.items() if row.audience == EVERYBODY}


def is_too_large_to_call(group_id: int) -> bool:
    """Whether more than MOST_CALLED members belong to a group."""
    some = select(GROUP_MEMBERS.c.member_id).where(GROUP_MEMBERS.c.group_id == group_id).limit(MOST_CALLED + 1)
    return (db.session.scalar(select(func.count()).select_from(some.subquery())) or 0) > MOST_CALLED


def called(group_id: int) -> tuple[str, Sequence[int]]:
    """By what a group is mentioned, and who belongs to it: at most MOST_CALLED."""
    handle = db.session.scalar(select(GROUPS.c.handle).where(GROUPS.c.id == group_id))
    some = select(GROUP_MEMBERS.c.member_id).where(GROUP_MEMBERS.c.group_id == group_id).limit(MOST_CALLED)
    return handle or "", db.session.scalars(some).all()


def belongings_of(member_id: int) -> Sequence[Belonging]:
    """Which groups a member belongs to, but for the built-in ones."""
    return [
        Belonging(*row) for row in db.session.execute(select(*_BELONGING).where(GROUP_MEMBERS.c.member_id == member_id))
    ]


def known_groups(actor: Actor, member_id: int | None = None) -> Sequence[GroupRow]:
    """The groups that the actor may see: all of them, or those a member belongs to."""
    statement = _GROUP.where(visible_groups(actor))
    if member_id is not None:
        statement = statement.join(
            GROUP_MEMBERS, and_(GROUP_MEMBERS.c.group_id == GROUPS.c.id, GROUP_MEMBERS.c.member_id == member_id)
        )
    return _by_name(db.session.execute(statement))


def group_figures(actor: Actor) -> Mapping[int, GroupFigures]:
    """Members and requests of each group that has any, by its id."""
    require(actor, "group.manage")
    counts = [
        dict(db.session.execute(select(table.c.group_id, func.count()).group_by(table.c.group_id)).tuples().all())
        for table in (GROUP_MEMBERS, GROUP_REQUESTS)
    ]
    return {id: GroupFigures(*(one.get(id, 0) for one in counts)) for id in set().union(*counts)}


def find_group(group_id: int, *these: ColumnElement[bool], lock: bool) -> Group | None:
    """The group, if there is one of which these hold; with `lock` it stays until the transaction ends. For whoever asks
    the policy."""
    statement = select(Group).where(Group.id == group_id, *these)
    held = statement.with_for_update(read=True, key_share=True) if lock else statement
    return db.session.scalar(held) if 0 < group_id < 2**63 else None


def get_group(actor: Actor, group_id: int, *, lock: bool = False) -> Group:
    """The entity of a group that can be changed; with `lock` it stays until the transaction ends, for whoever puts
    somebody into it. Raises NotFound for one that the actor may not know of, and for the built-in ones."""
    group = find_group(group_id, lock=lock)
    if group is None:
        raise NotFound
    require(actor, "group.see", group)
    return group


def who_sees(group_id: int, member_ids: Collection[int], *, lock: bool = False) -> Sequence[int]:
    """Those of the members who may see the group, which nobody does where there is none any more; with `lock` it stays
    until the transaction ends."""
    try:
        group = get_group(SYSTEM, group_id, lock=lock)
    except NotFound:
        return []
    found = actors_of(member_ids)
    return [id for id in member_ids if id in found and may(found[id], "group.see", group)]


def groups_there(group_ids: Collection[int], *, is_in_haste: bool = False) -> set[int]:
    """Those of these groups that there are; they stay until the transaction ends. In haste nothing is waited for: one
    that somebody changes or deletes at this moment is missing.

    Held before any member is, in the order in which both are when a group is deleted, or else in haste."""
    ids = [id for id in group_ids if 0 < id < 2**63]
    if not ids:
        return set()
    held = select(GROUPS.c.id).where(GROUPS.c.id.in_(ids)).order_by(GROUPS.c.id)
    return set(db.session.scalars(held.with_for_update(read=True, key_share=True, skip_locked=is_in_haste)))


def belonging(group_id: int, member_id: int, *, lock: bool = False) -> Belonging | None:
    """That this member belongs to this group, or None."""
    statement = select(*_BELONGING).where(GROUP_MEMBERS.c.group_id == group_id, GROUP_MEMBERS.c.member_id == member_id)
    row = db.session.execute(statement.with_for_update() if lock else statement).first()
    return Belonging(*row) if row else None


def group_members(actor: Actor, group: Group, before: str | None = None) -> Page[GroupMemberRow]:
    """Who belongs to a group, the newest first; whom the directory doesn't name only for who manages groups."""
    require(actor, "group.see", group)
    order = (GROUP_MEMBERS.c.since, GROUP_MEMBERS.c.member_id)
    statement = (
        _BELONGS.where(GROUP_MEMBERS.c.group_id == group.id)
        .order_by(*(column.desc() for column in order))
        .limit(PAGE + 1)
    )
    if not may(actor, "group.manage"):
        statement = statement.where(FINDABLE)
    if (position := paging.decode(before, int, int)) is not None:
        statement = statement.where(tuple_(*order) < (paging.moment(position[0]), position[1]))
    rows = db.session.execute(statement).all()
    page = paging.cut(rows, PAGE, lambda row: paging.encode(paging.micros(row.since), row.id))
    return Page([_group_member(actor, row) for row in page.rows], page.older)


def _group_member(actor: Actor, row: Row[Any]) -> GroupMemberRow:
    width = len(_FACE)
    held = HeldRoles(row.id, frozenset(row.roles.split(",")) if row.roles else frozenset())
    may_own = may(actor, "member.groups", held)
    may_go = may_own or row.group_id in actor.owned_group_ids
    return GroupMemberRow(Face(*row[:width]), row.since, Belonging(*row[width + 1 : -1]), may_own, may_go)


def _owners(group_id: int) -> Sequence[Face]:
    rows = db.session.execute(
        select(*_FACE)
        .join(GROUP_MEMBERS, GROUP_MEMBERS.c.member_id == MEMBERS.c.id)
        .where(GROUP_MEMBERS.c.group_id == group_id, GROUP_MEMBERS.c.is_owner, FINDABLE)
        .order_by(MEMBERS.c.sort_key, MEMBERS.c.id)
        .limit(MOST_OWNERS)
    )
    return [Face(*row) for row in rows]


def answerers(request: RequestRow) -> Sequence[int]:
    """Who hears of a request: the group's owners, but for who has blocked the one who asks, or is blocked by them;
    where there is none, managers, and without these administrators. Each of them sees the group at present."""
    owners = [face.id for face in _owners(request.group_id) if face.id is not None]
    odd = at_odds(request.member_id, owners)
    hearers = who_sees(request.group_id, [id for id in owners if id not in odd])
    for role in ("manager", "admin"):
        if not hearers:
            staff = (
                select(MEMBERS.c.id)
                .join(ROLES, and_(ROLES.c.member_id == MEMBERS.c.id, ROLES.c.role == role))
                .where(FINDABLE, MEMBERS.c.id != request.member_id)
                .order_by(MEMBERS.c.id)
                .limit(MOST_OWNERS)
            )
            hearers = who_sees(request.group_id, db.session.scalars(staff).all())
    return hearers


def _requests(group_id: int) -> Sequence[RequestRow]:
    rows = db.session.execute(
        _REQUEST.where(GROUP_REQUESTS.c.group_id == group_id, FINDABLE).order_by(GROUP_REQUESTS.c.id).limit(PAGE)
    )
    return [_request(row) for row in rows]


def _request(row: Row[Any]) -> RequestRow:
    id, group_id, member_id, words, asked_at, *face = row
    return RequestRow(id, group_id, member_id, words, asked_at, Face(*face))


def open_request(request_id: int) -> RequestRow | None:
    """A request that nobody has answered yet."""
    row = db.session.execute(_REQUEST.where(GROUP_REQUESTS.c.id == request_id)).first()
    return _request(row) if row else None


def group_page(actor: Actor, group: Group, before: str | None = None) -> GroupPage:
    """A group as the actor sees it. Raises NotFound for a cursor that isn't ours."""
    found = group_members(actor, group, before)
    own_request = select(GROUP_REQUESTS.c.id).where(
        GROUP_REQUESTS.c.group_id == group.id, GROUP_REQUESTS.c.member_id == actor.id
    )
    mine = belonging(group.id, actor.member_id)
    return GroupPage(
        group=_by_name(db.session.execute(_GROUP.where(GROUPS.c.id == group.id)))[0],
        mine=mine,
        has_asked=db.session.scalar(own_request) is not None,
        why=why_in(actor, group.id) if mine is not None and mine.is_automatic else (),
        owners=_owners(group.id),
        found=found,
        requests=_requests(group.id) if may(actor, "group.tend", group) else (),
    )
