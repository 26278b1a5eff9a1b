"""The team's notes about a member.

That one was written, changed or deleted stands in the audit log, its words don't: the log is kept for good, a note goes
with the account.
"""

from sqlalchemy import delete, select

from forum.access import require
from forum.community.marks import mark_of
from forum.core import audit, clock
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Conflict, Invalid
from forum.members.models import NOTES, MemberNote
from forum.members.policy import Account
from forum.text import clean_body

NOTE_LENGTH = 4_000


def _checked(body: str) -> str:
    body = clean_body(body).text.strip()
    if not body:
        raise Invalid("required", field="body")
    if len(body) > NOTE_LENGTH:
        raise Invalid("too-long", field="body", limit=NOTE_LENGTH)
    return body


def write_note(actor: Actor, member: Account, body: str) -> bool:
    """Notes something about the member; False where the newest note is the actor's and says the same already, as
    after a form that was sent twice. Raises Invalid beside `body`."""
    require(actor, "note.keep", member)
    body = _checked(body)
    newest = select(NOTES).where(NOTES.c.member_id == member.id).order_by(NOTES.c.id.desc()).limit(1)
    last = db.session.execute(newest).first()
    if last is not None and (last.author_id, last.body) == (actor.id, body):
        return False
    note = MemberNote(member_id=member.id, author_id=actor.id, body=body, written_at=clock.now())
    db.session.add(note)
    db.session.flush()
    audit.record(actor, "note.write", ("member", member.id), after={"note": note.id, "characters": len(body)})
    return True


def change_note(actor: Actor, note: MemberNote, body: str, seen: str) -> None:
    """Other words; `seen` is the mark of those that the form began with. Raises Invalid beside `body`, Conflict with
    the present ones where somebody else has changed them."""
    require(actor, "note.change", note)
    body = _checked(body)
    if body == note.body:
        return
    if seen != mark_of(note.body):
        raise Conflict("changed-meanwhile", body=note.body)
    before = {"note": note.id, "characters": len(note.body)}
    note.body, note.edited_at = body, clock.now()
    db.session.flush()
    after = {"note": note.id, "characters": len(body)}
    audit.record(actor, "note.change", ("member", note.member_id), before=before, after=after)


def delete_note(actor: Actor, note: MemberNote) -> None:
    """The note is gone for good."""
    require(actor, "note.change", note)
    db.session.execute(delete(NOTES).where(NOTES.c.id == note.id))
    before = {"note": note.id, "characters": len(note.body), "author": note.author_id}
    audit.record(actor, "note.delete", ("member", note.member_id), before=before)
