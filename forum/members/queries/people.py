"""Members as others see them, and a member's own settings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from forum.access import require
from forum.core import clock, locale
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Gone, NotFound
from forum.members import tokens
from forum.members.models import MEMBERS, ROLES, SIGN_INS, Member
from forum.members.names import normalized, username_key

IS_STAFF: ColumnElement[bool] = exists().where(ROLES.c.member_id == MEMBERS.c.id)
"""Whether a member speaks for the company, as a column beside MEMBERS."""


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
    """A profile page's head; `is_public` is False until the address is confirmed."""

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
    is_staff: bool

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


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One sign-in session in the member's own list."""

    id: int
    device: str
    created_at: datetime
    used_at: datetime
    is_this: bool


def same_name(given: str, username: str) -> bool:
    """Whether it is this name but for capitals; look-alikes are others."""
    return normalized(given).casefold() == normalized(username).casefold()


def get_member(actor: Actor, member_id: int, *, lock: bool = False) -> Member:
    """The entity an action needs. Raises NotFound for one that the actor may not know of."""
    statement = select(Member).where(Member.id == member_id)
    member = db.session.scalar(statement.with_for_update() if lock else statement)
    if member is None:
        raise NotFound
    require(actor, "member.see", member)
    return member


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
    IS_STAFF.label("is_staff"),
)


def profile(actor: Actor, username: str) -> ProfileRow:
    """The profile of this user name, capitals aside. Raises NotFound."""
    row = db.session.execute(_PROFILE.where(MEMBERS.c.username_key == username_key(username))).first()
    if row is None or not same_name(username, row.username):
        raise NotFound
    states = (
        row.confirmed_at is not None or row.is_imported,
        row.banned_at is not None,
        row.silenced_until is not None and row.silenced_until > clock.now(),
        row.is_staff,
    )
    found = ProfileRow(*(*row[:9], *states))
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
    )


def sign_ins_of(actor: Actor, this_hash: str) -> Sequence[SignInRow]:
    """The actor's living sign-in sessions, the one last used first; at most fifty."""
    rows = db.session.execute(
        select(SIGN_INS)
        .where(SIGN_INS.c.member_id == actor.member_id, SIGN_INS.c.expires_at > clock.now())
        .order_by(SIGN_INS.c.used_at.desc(), SIGN_INS.c.id.desc())
        .limit(50)
    )
    return [SignInRow(row.id, row.device, row.created_at, row.used_at, row.token_hash == this_hash) for row in rows]


def find_account(name_or_email: str) -> Member | None:
    """The account that signs in by this user name (capitals aside) or address; one statement, whatever is given."""
    given = name_or_email.replace("\0", "").strip()
    members = db.session.scalars(
        select(Member).where(or_(Member.username_key == username_key(given), Member.email_key == given.casefold()))
    ).all()
    by_email = [member for member in members if member.email_key == given.casefold()]
    by_name = [member for member in members if same_name(given, member.username)]
    return next(iter(by_email + by_name), None)


def by_link(purpose: tokens.Purpose, token: str, *, lock: bool = False) -> Member:
    """Whose link from a mail this is. Raises Gone when it is forged, too old or used."""
    member_id = tokens.member_id(purpose, token)
    statement = select(Member).where(Member.id == member_id)
    member = db.session.scalar(statement.with_for_update() if lock else statement)
    if member is None or not tokens.fits(purpose, token, member):
        raise Gone("link-expired")
    return member


def resolve_names(names: Iterable[str]) -> Mapping[str, str]:
    """Given names, case folded, to the user names they mean; unknown and unconfirmed ones are left out."""
    wanted = {normalized(name).casefold(): username_key(name) for name in names}
    if not wanted:
        return {}
    rows = db.session.execute(
        select(MEMBERS.c.username).where(
            MEMBERS.c.username_key.in_(set(wanted.values())),
            or_(MEMBERS.c.confirmed_at.is_not(None), MEMBERS.c.is_imported),
        )
    )
    return {row.username.casefold(): row.username for row in rows if row.username.casefold() in wanted}


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
