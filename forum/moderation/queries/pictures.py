"""Pictures of profiles that decisions took away."""

from sqlalchemy import exists, or_, select

from forum.access import may
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.members.models import MEMBERS
from forum.moderation.models import DECISIONS, REMOVED_PICTURES


def admit_to_face(actor: Actor, name: str) -> None:
    """Raises NotFound for an avatar or banner that a decision took away and that no profile shows; the team at the desk
    sees what was judged."""
    taken = exists().where(
        REMOVED_PICTURES.c.name == name,
        DECISIONS.c.id == REMOVED_PICTURES.c.decision_id,
        DECISIONS.c.reversed_at.is_(None),
    )
    is_shown = exists().where(or_(MEMBERS.c.avatar == name, MEMBERS.c.banner == name))
    if db.session.scalar(select(taken & ~is_shown)) and not may(actor, "member.judge"):
        raise NotFound
