"""Signing in by the link of a mail."""

from forum.core import clock, jobs
from forum.core.database import db
from forum.members.actions.accounts import confirm
from forum.members.models import Member
from forum.members.queries.people import by_link


def ask_for_sign_in(member: Member | None, way: str = "") -> None:
    """Asks for the mail with the link that signs in; for nobody, the same work is asked for and ends there. `way` is
    what the link carries on behind its token: where to go then."""
    asked_at = int(clock.now().timestamp())
    jobs.enqueue("members.mail_sign_in", member_id=member.id if member else 0, asked_at=asked_at, way=way)


def use_sign_in_link(token: str) -> Member:
    """Whose link this is, whose address is proved by it, too; from now on no such link of theirs works any more. Raises
    Gone for one that is forged, older than a quarter of an hour, or used."""
    member = by_link("sign-in", token, lock=True)
    member.links_used += 1
    db.session.flush()
    return confirm(member.id)
