"""Sessions that began at a provider: noted, and ended when it says so."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, delete, not_, or_, select, update

from forum.core import clock
from forum.core.database import db, insert
from forum.members.models import SIGN_INS
from forum.members.queries import token_hash
from forum.oidc.actions.once import use_up
from forum.oidc.models import IDENTITIES, SESSIONS, USED
from forum.oidc.queries import ProviderRow

REMEMBERED = timedelta(hours=1)
"""For how long a logout token's id is known; its time of issue may be minutes ago."""


def note_session(token: str, identity_id: int, sid: str | None) -> None:
    """The session with this token began by this identity, within the provider's session `sid`."""
    began = select(SIGN_INS.c.id).where(SIGN_INS.c.token_hash == token_hash(token)).scalar_subquery()
    db.session.execute(insert(SESSIONS).values(sign_in_id=began, identity_id=identity_id, sid=sid))


def end_sessions_of(identities: Select[Any], *, but_of: int | None = None, but: str = "") -> None:
    """Ends the sessions that began by these identities, but for those of a member, or the one with a token, which last
    without the provider's word for a second step."""
    began = select(SESSIONS.c.sign_in_id).where(SESSIONS.c.identity_id.in_(identities))
    stays = or_(SIGN_INS.c.member_id == (but_of or 0), SIGN_INS.c.token_hash == token_hash(but))
    db.session.execute(update(SIGN_INS).where(SIGN_INS.c.id.in_(began), stays).values(vouched_at=None))
    db.session.execute(delete(SIGN_INS).where(SIGN_INS.c.id.in_(began), not_(stays)))


def sign_out_there(provider: ProviderRow, identifier: str, subject: str | None, sid: str | None) -> list[int]:
    """Ends the sessions that began within the provider's session `sid`, or all of the subject's where none is named;
    returns whose. Raises Conflict for a logout token that came before."""
    use_up(f"logout/{provider.id}/{identifier}", REMEMBERED)
    ended = (
        select(SESSIONS.c.sign_in_id)
        .join(IDENTITIES, IDENTITIES.c.id == SESSIONS.c.identity_id)
        .where(IDENTITIES.c.provider_id == provider.id)
    )
    if subject is not None:
        ended = ended.where(IDENTITIES.c.subject == subject)
    if sid is not None:
        ended = ended.where(SESSIONS.c.sid == sid)
    gone = delete(SIGN_INS).where(SIGN_INS.c.id.in_(ended)).returning(SIGN_INS.c.member_id)
    return sorted(set(db.session.scalars(gone)))


def forget_used() -> None:
    """What could be used only once and is too old to be used anyway needn't be known any longer."""
    db.session.execute(delete(USED).where(USED.c.until <= clock.now()))
