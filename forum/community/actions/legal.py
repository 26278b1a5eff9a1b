"""Writing legal texts."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import insert

from forum import text
from forum.community.actions.changing import be_as_seen, lock, set_up
from forum.community.legal import DEMANDED, LEGAL_TEXTS, NOTE_LENGTH, LegalText
from forum.community.marks import mark_of
from forum.community.models import VERSIONS
from forum.community.queries import current, legal_bodies, legal_numbers
from forum.core import audit, clock
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Invalid


def write_legal_text(actor: Actor, name: str, texts: Sequence[LegalText], seen: str, note: str = "") -> bool:
    """Puts a legal text in the place of what was there; without any, it is withdrawn. Returns whether anything is
    different: each language in which it is gets its next version, and what was there stays as an earlier one.

    `note` says what has changed; the audit log keeps it with the whole Markdown as it was and as it is. `seen` is the
    mark (`marks.mark_of`) of what the change starts from. Raises NotFound for an unknown name; Conflict
    (`changed-meanwhile`, with the present bodies by language) when somebody else was faster; Invalid for a note that is
    too long, and for withdrawing what the law demands.
    """
    lock()
    before = legal_bodies(actor, name)
    after = {one.language: one.body for one in texts}
    if before == after:
        return False
    be_as_seen(seen, mark_of(before), bodies=before)
    if len(note := text.clean_line(note).text) > NOTE_LENGTH:
        raise Invalid("too-long", "note", limit=NOTE_LENGTH)
    if not after and name in DEMANDED:
        raise Invalid("legal-text-demanded", f"body_{next(iter(before))}")
    numbers, now = legal_numbers(actor, name), clock.now()
    changed = [one for one in texts if before.get(one.language) != one.body]
    for one in (*changed, *(LegalText(language, "", "") for language in before.keys() - after.keys())):
        version = {"number": numbers.get(one.language, 0) + 1, "author_name": actor.username, "note": note}
        db.session.execute(insert(VERSIONS).values(name=name, changed_at=now, **version, **asdict(one)))
    there = {*current().legal_texts, name} if after else {*current().legal_texts} - {name}
    set_up(legal_texts=[one for one in LEGAL_TEXTS if one in there])
    audit.record(
        actor, "legal-text.change", ("community", None), before={name: before}, after={name: after}, reason=note
    )
    return True
