"""Members in the interchange format: rows of the format to tables, in bulk, and back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import Table, case, func, select, union, update

from forum.community.actions import bump_people_epoch
from forum.core import audit, clock, origins
from forum.core.actor import ROLES as ALL_ROLES
from forum.core.actor import SYSTEM
from forum.core.database import db, insert
from forum.core.errors import Invalid
from forum.core.exchange import CHUNK, Intake, Line, Record, batched, in_order, iso, slim
from forum.members.actions import add_names, check_email, fit_to_groups, free_handle
from forum.members.actions.filling import bring_in_values
from forum.members.models import (
    DISPLAY_NAME_LENGTH,
    EVERYBODY,
    FORMER_NAMES,
    GROUP_MEMBERS,
    GROUP_NAME_LENGTH,
    GROUPS,
    MEMBERS,
    ROLES,
)
from forum.members.names import check_display_name, check_username, normalized, sort_key, username_key, valid_username
from forum.members.queries.fields import filled_in

TABLES: dict[str, Table] = {"member": MEMBERS}
NAME = "username"
"""Kind of the origins that tell who an imported text means by @name."""

_LISTED = ("shows_threads", "shows_posts", "shows_ideas")
"""What a profile gathers unless its member says otherwise."""
_AVATAR_LENGTH = 80
_LANGUAGE_LENGTH = 10
_RANK = tuple(reversed(ALL_ROLES))


# ---------------------------------------------------------------- in


def bring_in(lines: Sequence[Line], intake: Intake) -> None:
    """Writes members with their roles and groups; user names are made valid and unique."""
    taken = _Taken(lines)
    rows: list[Record] = []
    given: dict[int, list[str]] = {}
    names: dict[str, int] = {}
    groups = groups_by_name(name for line in lines for name in line.record["groups"] or ())
    memberships = []
    for line in lines:
        record = line.record
        username = _username(record["username"], taken, intake)
        email, email_key = _email(record["email"], taken, intake)
        display_name = _display_name(record, username)
        names.setdefault(name_key(record["username"]), line.id)
        for origin in record["origin"] or ():
            if origin["username"]:
                origins.remember(origin["source"], NAME, {name_key(origin["username"]): line.id})
        rows.append(_row(line, intake, username, display_name) | {"email": email, "email_key": email_key})
        given[line.id] = _roles(record, intake)
        memberships += [
            {"group_id": groups[name], "member_id": line.id}
            for name in dict.fromkeys(group_name(name) for name in record["groups"] or ())
            if name and groups[name] > _LAST_BUILTIN
        ]
    db.session.execute(insert(MEMBERS), rows)
    add_names((row["id"], (row["username"], row["display_name"])) for row in rows)
    _give_roles({member_id: roles for member_id, roles in given.items() if roles}, intake)
    if memberships:
        db.session.execute(insert(GROUP_MEMBERS).on_conflict_do_nothing(), memberships)
    left_out = bring_in_values({line.id: line.record["profile_fields"] or {} for line in lines})
    intake.notes.count("values of profile fields (left out)", left_out)
    fit_to_groups([line.id for line in lines])
    origins.remember(intake.source, NAME, names)
    bump_people_epoch()


_LAST_BUILTIN = 2
_NAME_KEYS = (MEMBERS.c.username_key, FORMER_NAMES.c.username_key, GROUPS.c.handle_key)


def _roles(record: Record, intake: Intake) -> list[str]:
    """The roles that a member gets: those of the record, where this import may make somebody staff."""
    named = dict.fromkeys([*(record["roles"] or ()), *([record["role"]] if record["role"] else [])])
    roles = [role for role in named if role in ALL_ROLES]
    if not intake.with_roles:
        intake.notes.count("roles left out (see --with-roles)", len(roles))
        return []
    return roles


def _give_roles(given: Mapping[int, list[str]], intake: Intake) -> None:
    rows = [{"member_id": member_id, "role": role} for member_id, roles in given.items() for role in roles]
    if rows:
        db.session.execute(insert(ROLES), rows)
    for member_id, roles in given.items():
        after = {"roles": sorted(roles), "source": intake.source}
        audit.record(SYSTEM, "member.roles", ("member", member_id), before={"roles": []}, after=after)


class _Taken:
    """Keys of user names and addresses that are in use, as far as this batch can meet them."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.emails: set[str] = set()
        addresses = {line.record["email"].strip().casefold() for line in lines if line.record["email"]}
        for chunk in batched(addresses, CHUNK):
            self.emails.update(db.session.scalars(select(MEMBERS.c.email_key).where(MEMBERS.c.email_key.in_(chunk))))
        self._names: set[str] = set()
        self._asked: set[str] = set()
        keys = {username_key(valid_username(line.record["username"], ())) for line in lines}
        for chunk in batched(keys, CHUNK):
            self._asked.update(chunk)
            self._names.update(db.session.scalars(union(*(select(key).where(key.in_(chunk)) for key in _NAME_KEYS))))

    def __contains__(self, key: object) -> bool:
        if key not in self._asked and isinstance(key, str):
            self._asked.add(key)
            if db.session.scalar(union(*(select(column).where(column == key) for column in _NAME_KEYS))) is not None:
                self._names.add(key)
        return key in self._names

    def add(self, username: str) -> None:
        self._asked.add(username_key(username))
        self._names.add(username_key(username))


def name_key(name: str) -> str:
    """A name of another system as it is looked up when a text mentions it."""
    return normalized(name).casefold()[:200]


def _username(original: str, taken: _Taken, intake: Intake) -> str:
    try:
        username = check_username(original, is_new=False)
    except Invalid:
        username = ""
    if not username or username_key(username) in taken:
        username = valid_username(original, taken)
    if username != original:
        intake.notes.count("user names made valid or unique")
    taken.add(username)
    return username


def _display_name(record: Record, username: str) -> str:
    for candidate in (record["display_name"], record["username"]):
        if candidate and candidate.strip():
            try:
                return check_display_name(" ".join(candidate.split())[:DISPLAY_NAME_LENGTH].strip(), username)
            except Invalid:
                shown = "".join(sign for sign in candidate if sign.isprintable())[:DISPLAY_NAME_LENGTH].strip()
                if shown:
                    return shown
    return username


def _email(given: str | None, taken: _Taken, intake: Intake) -> tuple[str | None, str | None]:
    if not given or not given.strip():
        return None, None
    try:
        email = check_email(given)
    except Invalid:
        intake.notes.count("e-mail addresses that are none (left out)")
        return None, None
    if email.casefold() in taken.emails:
        intake.notes.count("e-mail addresses that another member has (left out)")
        return None, None
    taken.emails.add(email.casefold())
    return email, email.casefold()


def _row(line: Line, intake: Intake, username: str, display_name: str) -> Record:
    record, now = line.record, clock.now()
    zone = record["time_zone"]
    about = line.rendered
    avatar, banner = record["avatar"], record["banner"]
    return {
        "id": line.id,
        "username": username,
        "username_key": username_key(username),
        "display_name": display_name,
        "sort_key": sort_key(display_name),
        "about": about.body,
        "about_html": about.html,
        "about_version": about.version,
        "avatar": avatar if avatar and len(avatar) <= _AVATAR_LENGTH else None,
        "banner": banner if banner and len(banner) <= _AVATAR_LENGTH else None,
        "language": language_of(record["language"]) or intake.default_language,
        "time_zone": zone if zone and zone in _time_zones() else intake.time_zone,
        "theme": "community",
        "wants_mail": True,
        "standing": record["standing"] or "new",
        "joined_at": record["joined_at"] or now,
        "confirmed_at": record["confirmed_at"],
        "accepted_version": 0,
        "unread_count": 0,
        "read_all_before": now,
        "is_imported": True,
        "profile_audience": record["profile_audience"] or EVERYBODY,
        "is_indexed": record["is_indexed"] is not False,
        "shows_presence": bool(record["shows_presence"]),
        "shows_votes": bool(record["shows_votes"]),
        **{name: record[name] is not False for name in _LISTED},
    }


@cache
def _time_zones() -> set[str]:
    """The zones there are; looking for them takes a while."""
    return available_timezones()


def language_of(given: str | None) -> str | None:
    """A language tag as it may be kept, or None."""
    if given and len(given) <= _LANGUAGE_LENGTH and given.replace("-", "").isalnum() and given.isascii():
        return given
    return None


def group_name(name: str) -> str:
    """The name of a group as it is kept."""
    return " ".join(sign for sign in "".join(c if c.isprintable() else " " for c in name).split())[:GROUP_NAME_LENGTH]


def groups_by_name(names: Iterable[str]) -> Mapping[str, int]:
    """Ids of the groups with these names; those that are not there are made. Inside the caller's transaction."""
    wanted = [name for name in dict.fromkeys(map(group_name, names)) if name]
    if not wanted:
        return {}
    rows: list[dict[str, Any]] = [{"name": name, "is_builtin": False} for name in wanted]
    known: dict[str, int] = {}
    for chunk in batched(wanted, CHUNK):
        known |= {row.name: row.id for row in db.session.execute(select(GROUPS).where(GROUPS.c.name.in_(chunk)))}
    missing = [row for row in rows if row["name"] not in known]
    for row in missing:
        handle = free_handle(str(row["name"]))
        row |= {"handle": handle, "handle_key": username_key(handle)}
        known[str(row["name"])] = db.session.execute(insert(GROUPS).values(row).returning(GROUPS.c.id)).scalar_one()
    return known


def named(source: str | None, names: Iterable[str]) -> Mapping[str, str]:
    """Who is meant by these names, case folded, in texts of a source: the user names they have here."""
    keys = {name_key(name) for name in names}
    ids: dict[str, int] = {}
    for chunk in batched(keys, CHUNK):
        ids |= origins.known(source or "", NAME, chunk)
    usernames = {}
    for member_ids in batched(set(ids.values()), CHUNK):
        rows = db.session.execute(select(MEMBERS.c.id, MEMBERS.c.username).where(MEMBERS.c.id.in_(member_ids)))
        usernames.update({row.id: row.username for row in rows})
    return {name: usernames[id] for name, id in ids.items() if id in usernames}


def note_acceptances(versions: Mapping[int, int]) -> None:
    """The newest version that each of these members accepted, where it is newer than what is known."""
    for member_id, version in versions.items():
        newest = case((MEMBERS.c.accepted_version > version, MEMBERS.c.accepted_version), else_=version)
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == member_id).values(accepted_version=newest))


# ---------------------------------------------------------------- out


def count() -> int:
    """How many records the export will have of this room."""
    return db.session.scalar(select(func.count()).select_from(MEMBERS)) or 0


def groups() -> Mapping[int, str]:
    """Names of all groups by id, built-in ones included."""
    return {row.id: row.name for row in db.session.execute(select(GROUPS.c.id, GROUPS.c.name))}


def _lists(table: Table, column: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for chunk in batched(ids, CHUNK):
        rows = db.session.execute(
            select(table.c.member_id, column).where(table.c.member_id.in_(chunk)).order_by(table.c.member_id, column)
        )
        for member_id, value in rows:
            found.setdefault(member_id, []).append(value)
    return found


def members() -> Iterator[list[Record]]:
    """Every member, oldest id first, in batches."""
    names = groups()
    for batch in in_order(select(MEMBERS), MEMBERS.c.id):
        ids = [row.id for row in batch]
        roles, memberships = _lists(ROLES, ROLES.c.role, ids), _lists(GROUP_MEMBERS, GROUP_MEMBERS.c.group_id, ids)
        filled = filled_in(ids)
        yield [
            _record(row, roles.get(row.id, []), [names[id] for id in memberships.get(row.id, [])])
            | ({"profile_fields": filled[row.id]} if row.id in filled else {})
            for row in batch
        ]


def _record(row: Any, roles: list[str], group_names: list[str]) -> Record:
    ranked = sorted(roles, key=_RANK.index)
    return slim(
        {
            "kind": "member",
            "id": str(row.id),
            "username": row.username,
            "display_name": row.display_name,
            "email": row.email if row.email_key else None,
            "joined_at": iso(row.joined_at),
            "about": row.about or None,
            "role": ranked[0] if ranked else None,
            "roles": ranked if len(ranked) > 1 else None,
            "groups": sorted(group_names) or None,
            "language": row.language,
            "time_zone": row.time_zone,
            "standing": row.standing if row.standing != "new" else None,
            "avatar": row.avatar,
            "banner": row.banner,
            "confirmed_at": iso(row.confirmed_at) if row.confirmed_at else None,
            "profile_audience": row.profile_audience if row.profile_audience != EVERYBODY else None,
            "is_indexed": None if row.is_indexed else False,
            "shows_presence": row.shows_presence or None,
            "shows_votes": row.shows_votes or None,
            **{name: None if getattr(row, name) else False for name in _LISTED},
        }
    )


# ---------------------------------------------------------------- HTML of the profiles


def _outdated(below: int | None) -> Any:
    statement = select(MEMBERS.c.id, MEMBERS.c.about).where(MEMBERS.c.about != "")
    return statement if below is None else statement.where(MEMBERS.c.about_version < below)


def outdated_count(below: int | None) -> int:
    """How many profiles an older version than `below` of the text pipeline made; None: all profiles."""
    return db.session.scalar(select(func.count()).select_from(_outdated(below).subquery())) or 0


def outdated_profiles(below: int | None) -> Iterator[list[tuple[int, str]]]:
    """Member and text of those profiles, in batches."""
    for batch in in_order(_outdated(below), MEMBERS.c.id):
        yield [(row.id, row.about) for row in batch]


def write_html(html: Mapping[tuple[int, str], str], version: int) -> None:
    """Stores what was made of each profile's text, in the caller's transaction; not where it was changed meanwhile."""
    for (member_id, about), made in html.items():
        chosen = update(MEMBERS).where(MEMBERS.c.id == member_id, MEMBERS.c.about == about)
        db.session.execute(chosen.values(about_html=made, about_version=version))
    bump_people_epoch()
