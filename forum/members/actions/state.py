"""Columns of an account that other rooms set: sanctions (moderation), acceptance (rules), the bell (notifications).

Those rooms have asked their own policies and keep the record of why.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import case, select, update

from forum.community.actions import bump_people_epoch
from forum.core import clock
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.core.events import publish
from forum.members.events import BanLifted, MemberBanned, MemberSilenced, ProfileChanged, SilenceLifted
from forum.members.models import MEMBERS, Member


def _set(member_id: int, **values: Any) -> None:
    """Writes past the identity map, then refreshes what is loaded of this member."""
    changed = db.session.execute(
        update(Member).where(Member.id == member_id).values(**values).execution_options(synchronize_session="fetch")
    )
    if changed.rowcount == 0:  # type: ignore[attr-defined]
        raise NotFound


def silence(_actor: Actor, member_id: int, until: datetime) -> None:
    """The member may read but not write until then."""
    _set(member_id, silenced_until=until)
    publish(MemberSilenced(member_id))


def lift_silence(_actor: Actor, member_id: int) -> None:
    """The member may write again."""
    _set(member_id, silenced_until=None)
    publish(SilenceLifted(member_id))


def ban(_actor: Actor, member_id: int) -> None:
    """The member may sign in to read the decision, and nothing else."""
    _set(member_id, banned_at=clock.now())
    publish(MemberBanned(member_id))
    bump_people_epoch()


def lift_ban(_actor: Actor, member_id: int) -> None:
    """The member may take part again."""
    _set(member_id, banned_at=None)
    publish(BanLifted(member_id))
    bump_people_epoch()


def take_pictures(_actor: Actor, member_id: int, kinds: Collection[str]) -> dict[str, str]:
    """The member has no avatar or banner any more, whichever is named; returns those they had. The files stay."""
    columns = MEMBERS.c.avatar, MEMBERS.c.banner
    row = db.session.execute(select(*columns).where(MEMBERS.c.id == member_id).with_for_update()).one()
    held = {kind: name for kind, name in row._mapping.items() if name and kind in kinds}
    if held:
        _set_pictures(member_id, dict.fromkeys(held))
    return held


def give_pictures_back(_actor: Actor, member_id: int, pictures: Mapping[str, str]) -> None:
    """The member has these again, but for what they have another one for by now."""
    columns = MEMBERS.c.avatar, MEMBERS.c.banner
    row = db.session.execute(select(*columns).where(MEMBERS.c.id == member_id).with_for_update()).one()
    missing = {kind: name for kind, name in pictures.items() if row._mapping[kind] is None}
    if missing:
        _set_pictures(member_id, missing)


def _set_pictures(member_id: int, pictures: Mapping[str, str | None]) -> None:
    _set(member_id, **pictures)
    publish(ProfileChanged(member_id))
    bump_people_epoch()


def note_acceptance(member_id: int, version: int) -> None:
    """The member has accepted the rulebook up to this version; an older one changes nothing."""
    newest = case((MEMBERS.c.accepted_version > version, MEMBERS.c.accepted_version), else_=version)
    _set(member_id, accepted_version=newest)


def add_unread(member_id: int, by: int = 1) -> None:
    """The member has so many more notifications to see (or fewer; never below none)."""
    total = MEMBERS.c.unread_count + by
    _set(member_id, unread_count=case((total > 0, total), else_=0))


def add_unread_to_all(member_ids: Collection[int], by: int = 1) -> None:
    """Each of these members has so many more notifications to see (or fewer; never below none); one statement for five
    hundred."""
    wanted = sorted(member_ids)
    total = MEMBERS.c.unread_count + by
    for start in range(0, len(wanted), 500):
        db.session.execute(
            update(MEMBERS)
            .where(MEMBERS.c.id.in_(wanted[start : start + 500]))
            .values(unread_count=case((total > 0, total), else_=0))
        )


def set_unread(member_id: int, count: int) -> None:
    """The member has exactly so many notifications to see."""
    _set(member_id, unread_count=count)


def note_all_read(member_id: int, at: datetime) -> None:
    """Nothing that was written until then is new to the member any more; called by `threads`."""
    _set(member_id, read_all_before=at)
