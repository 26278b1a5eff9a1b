"""The first line of an archive, and what it makes of the community that reads it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from forum.community import actions as community_actions
from forum.community import queries as community
from forum.core import jobs, origins
from forum.core.database import db, transaction
from forum.core.locale import languages as known_languages
from forum.interchange import values
from forum.interchange.lines import Parsed, Unreadable
from forum.interchange.shapes import FORMAT
from forum.members.models import MEMBERS
from forum.rules.models import RULEBOOKS
from forum.threads.models import CATEGORIES, THREADS

SOURCE_LENGTH = 100
_FIRST = "first"


@dataclass(frozen=True, slots=True)
class Head:
    """Who speaks: the system that the ids come from; `is_export` marks one that this software wrote."""

    source: str
    name: Any
    description: Any
    languages: tuple[str, ...]
    is_export: bool


def read(line: Parsed | None) -> Head:
    """The head of an archive. Raises Unreadable when the first line is none."""
    if line is None:
        raise Unreadable("The file is empty.")
    value = line.value
    if value is None or value.get("kind") != "community":
        reason = f"it {line.reason}" if value is None else "its kind is not community"
        raise Unreadable(f"Line {line.number} can't begin an archive: {reason}.")
    if value.get("format") != FORMAT:
        raise Unreadable(f"The archive has format {value.get('format')!r}; this version reads format {FORMAT}.")
    try:
        source = values.TEXT.convert(value.get("source"), values.Removed()).strip()
    except ValueError:
        source = ""
    if not source or len(source) > SOURCE_LENGTH:
        raise Unreadable(f"The first line has no source of 1 to {SOURCE_LENGTH} characters.")
    languages = value.get("languages")
    known = tuple(one for one in languages if one in known_languages()) if isinstance(languages, list) else ()
    return Head(source, _names(value.get("name")), _names(value.get("description")), known, value.get("export") is True)


def _names(given: Any) -> Any:
    try:
        return values.NAMES.convert(given, values.Removed()) if given else None
    except ValueError:
        return None


def has_content() -> bool:
    """Whether anything is in the database that an import could meet."""
    tables = (MEMBERS, CATEGORIES, THREADS, RULEBOOKS)
    return any(db.session.execute(select(table.c.id).limit(1)).first() is not None for table in tables)


@dataclass(frozen=True, slots=True)
class Standing:
    """What an archive is to this community: whether its ids are ours, and whether the database was empty before it."""

    is_own: bool
    came_first: bool


def settle(head: Head) -> Standing:
    """Gives an empty community the archive's name and languages, and takes over the source of an export of our own.

    That it came into an empty database stays noted until `finish`, for the run that goes on after an interruption.
    """
    with transaction():
        if not has_content():
            origins.remember(head.source, _FIRST, {"": 1})
            taken: dict[str, Any] = {}
            if head.name:
                taken["name"] = head.name
            if head.description:
                taken["description"] = head.description
            if head.languages:
                default = community.current().default_language
                taken["languages"] = list(head.languages)
                taken["default_language"] = default if default in head.languages else head.languages[0]
            if head.is_export:
                taken["source"] = head.source
            community_actions.set_up(**taken)
        came_first = bool(origins.known(head.source, _FIRST, [""]))
        return Standing(community.current().source == head.source, came_first)


def finish(head: Head) -> None:
    """The archive has been read to its end: from now on it is one of those that come into a community with content.
    The worker gathers the database's statistics of what has come."""
    with transaction():
        origins.forget(head.source, _FIRST)
        jobs.enqueue("core.gather_statistics")
