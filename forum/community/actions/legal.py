"""Writing legal texts."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import delete, insert, select

from forum.community.actions.changing import be_as_seen, lock, set_up
from forum.community.legal import LEGAL_TEXTS, LegalText
from forum.community.marks import mark_of
from forum.community.models import TEXTS
from forum.community.queries import legal_bodies
from forum.core import audit, clock
from forum.core.actor import Actor
from forum.core.database import db


def write_legal_text(actor: Actor, name: str, texts: Sequence[LegalText], seen: str) -> bool:
    """Puts a legal text in the place of what was there; without any, the page is gone. Returns whether anything is
    different. The audit log keeps the whole Markdown as it was and as it is.

    `seen` is the mark (`marks.mark_of`) of what the change starts from. Raises NotFound for an unknown name; Conflict
    (`changed-meanwhile`, with the present bodies by language) when somebody else was faster.
    """
    lock()
    before = legal_bodies(actor, name)
    after = {one.language: one.body for one in texts}
    if before == after:
        return False
    be_as_seen(seen, mark_of(before), bodies=before)
    db.session.execute(delete(TEXTS).where(TEXTS.c.name == name))
    for one in texts:
        db.session.execute(insert(TEXTS).values(name=name, changed_at=clock.now(), **asdict(one)))
    there = set(db.session.scalars(select(TEXTS.c.name)))
    set_up(legal_texts=[name for name in LEGAL_TEXTS if name in there])
    audit.record(actor, "legal-text.change", ("community", None), before={name: before}, after={name: after})
    return True
