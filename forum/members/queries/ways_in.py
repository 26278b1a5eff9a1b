"""Whether somebody gets into their account: asked when a way in goes."""

from sqlalchemy import bindparam, select

from forum.community.queries import current
from forum.core.database import BigId, read
from forum.members.models import MEMBERS
from forum.members.queries.passkeys import has_passkey

_OWN = select(MEMBERS.c.password_hash, MEMBERS.c.email_key, MEMBERS.c.confirmed_at).where(
    MEMBERS.c.id == bindparam("member_id", type_=BigId)
)


def has_way_in(member_id: int, *, identities: int) -> bool:
    """Whether the member can sign in: by one of so many identities at providers, which the room above counts; or,
    unless one signs in by providers alone, by a password, a passkey, or a confirmed address, to which a link that signs
    in is sent. Two statements at most."""
    if identities > 0:
        return True
    if current().is_sso_only:
        return False
    row = read(_OWN, {"member_id": member_id}).one()
    if row.password_hash is not None or (row.email_key is not None and row.confirmed_at is not None):
        return True
    return has_passkey(member_id)
