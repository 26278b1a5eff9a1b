"""What all changes of the community share: its epochs, and that nobody overwrites unseen what somebody else saved."""

from typing import Any

from sqlalchemy import select, update

from forum.community.models import COMMUNITY
from forum.core.database import db
from forum.core.errors import Conflict


def bump_epoch() -> None:
    """Voids everything cached for guests; inside the caller's transaction."""
    db.session.execute(update(COMMUNITY).values(epoch=COMMUNITY.c.epoch + 1))


def bump_people_epoch() -> None:
    """Voids what shows names, pictures or roles of members; inside the caller's transaction."""
    db.session.execute(update(COMMUNITY).values(people_epoch=COMMUNITY.c.people_epoch + 1))


def bind_rulebook(version: int) -> None:
    """Makes a rulebook version the one that members must have accepted to publish; called by `rules`."""
    db.session.execute(update(COMMUNITY).values(binding_version=version, epoch=COMMUNITY.c.epoch + 1))


def set_up(**values: Any) -> None:
    """Sets columns of the community (name, languages, source …), in the caller's transaction."""
    db.session.execute(update(COMMUNITY).values(**values, epoch=COMMUNITY.c.epoch + 1))


def lock() -> None:
    """Who changes something of the community besides its row comes after whoever does so already."""
    db.session.execute(select(COMMUNITY.c.id).with_for_update())


def be_as_seen(seen: str, mark: str, **present: Any) -> None:
    """Raises Conflict (`changed-meanwhile`, with what is there now) unless the change starts from it."""
    if seen != mark:
        raise Conflict("changed-meanwhile", **present)
