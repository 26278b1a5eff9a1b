"""What happens when a version's time has come."""

from forum.community import queries as community
from forum.core import clock, jobs
from forum.core.database import db, transaction
from forum.rules.actions import come_into_force
from forum.rules.models import Rulebook


def take_effect(rulebook_id: int) -> None:
    """Makes a version binding at its time; safe to repeat, and never takes a newer one's place."""
    with transaction():
        book = db.session.get(Rulebook, rulebook_id)
        if book is None:
            return
        if book.effective_at > clock.now():
            jobs.enqueue("rules.take_effect", at=book.effective_at, rulebook_id=book.id)
        elif book.version > community.current().binding_version:
            come_into_force(book)
