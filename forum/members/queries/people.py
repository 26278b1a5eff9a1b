"""Members as others see them, and a member's own settings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, exists, func, or_, select

from forum.access import may, require
from forum.core import clock, locale
from forum.core.actor import ROLES as ALL_ROLES
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Gone, NotFound
from forum.members import tokens
from forum.members.models import FORMER_NAMES, MEMBERS, ROLES, SIGN_INS, Member
from forum.members.names import folded, username_key
from forum.members.policy import AccountLike
from forum.members.queries.actors import IS_WAITING
from forum.members.queries.privacy import LAST_HERE_AT, Presence, presence_of

_ROLES = select(func.aggregate_strings(ROLES.c.role, ",")).where(ROLES.c.member_id == MEMBERS.c.id).scalar_subquery()
"""The roles of a member in one text, parted by commas, as a column beside MEMBERS."""


@dataclass(frozen=True, slots=True)
class Face:
    """A member as shown beside what they did."""

    id: int | None
    username: str
    display_name: str
    avatar: str | None = None
    is_staff: bool = False


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A profile page's head; `is_public` is False until the address is confirmed, `last_here_at` None where the member
    doesn't show it. Who may see more of it than the face: `member.know`."""

    id: int
    username: str
    display_name: str
    avatar: str | None
    about: str
    about_html: str
    language: str
    standing: str
    joined_at: datetime
    is_public: bool
    is_banned: bool
    is_silenced: bool
    roles: Sequence[str]
    profile_audience: str
    is_indexed: bool
    shows_presence: bool
    shows_votes: bool
    shows_threads: bool
    shows_posts: bool
    shows_ideas: bool
    last_here_at: datetime | None
    banner: str | None

    @property
    def is_staff(self) -> bool:
        return bool(self.roles)

    @property
    def presence(self) -> Presence | None:
        """When the member was last here, as coarse as it is told."""
        return presence_of(self.last_here_at)

    @property
    def face(self) -> Face:
        return Face(self.id, self.username, self.display_name, self.avatar, self.is_staff)


@dataclass(frozen=True, slots=True)
class SettingsRow:
    """A member's own settings."""

    id: int
    username: str
    display_name: str
    about: str
    email: str | None
    is_confirmed: bool
    has_password: bool
    language: str
    time_zone: str
    theme: str
    wants_mail: bool
    banner: str | None


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One sign-in session in the member's own list."""

    id: int
    device: str
    network: str
    created_at: datetime
    used_at: datetime
    is_this: bool


def same_name(given: str, username: str) -> bool:
    """Whether it is this name but for capitals; look-alikes are others."""
    return folded(given) == folded(username)


def get_member(actor: Actor, member_id: int, *, lock: bool = False) -> Member:
    """The entity an action needs. Raises NotFound for one that the actor may not know of."""
    statement = select(Member).where(Member.id == member_id)
    member = db.session.scalar(statement.with_for_update() if lock else statement)
    if member is None:
        raise NotFound
    require(actor, "member.see", member)
    return member


def _formerly(name: str) -> ScalarSelect[int]:
    """Who had this name before, as a value in a statement."""
    return select(FORMER_NAMES.c.member_id).where(FORMER_NAMES.c.name == folded(name)).scalar_subquery()


_PROFILE = select(
    MEMBERS.c.id,
    MEMBERS.c.username,
    MEMBERS.c.display_name,
    MEMBERS.c.avatar,
    MEMBERS.c.about,
    MEMBERS.c.about_html,
    MEMBERS.c.language,
    MEMBERS.c.standing,
    MEMBERS.c.joined_at,
    MEMBERS.c.confirmed_at,
    MEMBERS.c.is_imported,
    MEMBERS.c.banned_at,
    MEMBERS.c.silenced_until,
    _ROLES.label("roles"),
    MEMBERS.c.profile_audience,
    MEMBERS.c.is_indexed,
    MEMBERS.c.shows_presence,
    MEMBERS.c.shows_votes,
    MEMBERS.c.shows_threads,
    MEMBERS.c.shows_posts,
    MEMBERS.c.shows_ideas,
    LAST_HERE_AT.label("last_here_at"),
    MEMBERS.c.banner,
)
_SHOWN_FROM = 14
"""The first of the columns above that a ProfileRow has as they are, at its end."""


def profile(actor: Actor, username: str) -> ProfileRow:
    """The profile of this user name, present or former, capitals aside. Raises NotFound."""
    row = db.session.execute(_PROFILE.where(MEMBERS.c.username_key == username_key(username))).first()
    if row is None or not same_name(username, row.username):
        row = db.session.execute(_PROFILE.where(MEMBERS.c.id == _formerly(username))).first()
    if row is None:
        raise NotFound
    states = (
        row.confirmed_at is not None or row.is_imported,
        row.banned_at is not None,
        row.silenced_until is not None and row.silenced_until > clock.now(),
        [role for role in ALL_ROLES if row.roles and role in row.roles.split(",")],
    )
    found = ProfileRow(*(*row[:9], *states, *row[_SHOWN_FROM:]))
    require(actor, "member.see", found)
    return found


def settings_of(actor: Actor) -> SettingsRow:
    """The actor's own settings."""
    row = db.session.execute(select(MEMBERS).where(MEMBERS.c.id == actor.member_id)).one()
    return SettingsRow(
        row.id,
        row.username,
        row.display_name,
        row.about,
        row.email,
        row.confirmed_at is not None,
        row.password_hash is not None,
        locale.nearest(row.language),
        row.time_zone,
        row.theme,
        row.wants_mail,
        row.banner,
    )


def sign_ins_of(actor: Actor, this_hash: str) -> Sequence[SignInRow]:
    """The actor's living sign-in sessions, the one last used first; at most fifty."""
    return _sign_ins(actor.member_id, this_hash)


def _sign_ins(member_id: int, this_hash: str) -> Sequence[SignInRow]:
    rows = db.session.execute(
        select(SIGN_INS)
        .where(SIGN_INS.c.member_id == member_id, SIGN_INS.c.expires_at > clock.now())
        .order_by(SIGN_INS.c.used_at.desc(), SIGN_INS.c.id.desc())
        .limit(50)
    )
    return [
        SignInRow(row.id, row.device, row.network, row.created_at, row.used_at, row.token_hash == this_hash)
        for row in rows
    ]


def sessions_of(actor: Actor, account: AccountLike) -> Sequence[SignInRow]:
    """Where somebody else is signed in, for the team; as `sign_ins_of`. Raises Denied, Conflict."""
    require(actor, "member.sign_out", account)
    return _sign_ins(account.id, "")


def find_account(name_or_email: str, *, is_address_proved: bool = False) -> Member | None:
    """The account of this user name, present or former (capitals aside), or address; one statement, whatever is given.

    With `is_address_proved` an address has to be confirmed. So it is for signing in: who gives somebody else's address
    for a new account could else try whether it is in use, since then it doesn't become theirs.
    """
    given = name_or_email.replace("\0", "").strip()
    former = _formerly(given)
    rows = db.session.execute(
        select(Member, Member.id == func.coalesce(former, 0), IS_WAITING).where(
            or_(Member.username_key == username_key(given), Member.email_key == given.casefold(), Member.id == former)
        )
    ).all()
    by_email = [
        member
        for member, _was, is_waiting in rows
        if member.email_key == given.casefold()
        and (member.confirmed_at is not None or is_waiting or not is_address_proved)
    ]
    by_name = [member for member, *_facts in rows if same_name(given, member.username)]
    by_former_name = [member for member, was, _is_waiting in rows if was]
    return next(iter(by_email + by_name + by_former_name), None)


def find_listed(actor: Actor, username: str) -> Member | None:
    """The account of this user name (capitals aside) if the directory names it to the actor."""
    given = username.replace("\0", "").strip().removeprefix("@")
    member = db.session.scalar(select(Member).where(Member.username_key == username_key(given)))
    if member is None or not same_name(given, member.username) or not may(actor, "member.find", member):
        return None
    return member


def by_link(purpose: tokens.Purpose, token: str, *, lock: bool = False) -> Member:
    """Whose link from a mail this is. Raises Gone when it is forged, too old or used."""
    member_id = tokens.member_id(purpose, token)
    statement = select(Member).where(Member.id == member_id)
    member = db.session.scalar(statement.with_for_update() if lock else statement)
    if member is None or not tokens.fits(purpose, token, member):
        raise tokens.used(member_id)
    return member


def by_password_link(token: str, *, lock: bool = False) -> Member:
    """Whose link to a new password this is, or to the first one, which works for longer. Raises Gone as above."""
    try:
        return by_link("reset", token, lock=lock)
    except Gone as error:
        if error.parameters.get("what") != "forged":
            raise
    return by_link("first-password", token, lock=lock)


def resolve_names(names: Iterable[str]) -> Mapping[str, str]:
    """Given names, case folded, to the user names they mean, also to those whose former names they are; unknown and
    unconfirmed ones are left out."""
    wanted = {folded(name): username_key(name) for name in names}
    if not wanted:
        return {}
    is_public = or_(MEMBERS.c.confirmed_at.is_not(None), MEMBERS.c.is_imported)
    rows = db.session.execute(
        select(MEMBERS.c.username).where(MEMBERS.c.username_key.in_(set(wanted.values())), is_public)
    )
    found = {row.username.casefold(): row.username for row in rows if row.username.casefold() in wanted}
    if missing := wanted.keys() - found.keys():
        former = select(FORMER_NAMES.c.name, MEMBERS.c.username).join_from(
            FORMER_NAMES, MEMBERS, MEMBERS.c.id == FORMER_NAMES.c.member_id
        )
        rows = db.session.execute(former.where(FORMER_NAMES.c.name.in_(missing), is_public))
        found |= {row.name: row.username for row in rows}
    return found


def face_columns(members: Any = MEMBERS) -> tuple[Any, ...]:
    """The columns of a Face, in its order, for statements that join members."""
    return (
        members.c.id,
        members.c.username,
        members.c.display_name,
        members.c.avatar,
        exists().where(ROLES.c.member_id == members.c.id).label("is_staff"),
    )


def faces(ids: Iterable[int]) -> Mapping[int, Face]:
    """Faces by id; ids of nobody are left out."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = db.session.execute(select(*face_columns()).where(MEMBERS.c.id.in_(wanted)))
    return {row.id: Face(*row) for row in rows}
