"""What the team has noted about a member."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.access import require
from forum.community.marks import mark_of
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.members.models import NOTES, MemberNote
from forum.members.policy import Account
from forum.members.queries.people import Face, faces

MOST_NOTES = 100


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note as the file shows it; `author` is None when their account is gone."""

    id: int
    member_id: int
    author_id: int | None
    body: str
    written_at: datetime
    edited_at: datetime | None
    author: Face | None

    @property
    def mark(self) -> str:
        """What tells one wording of it from another."""
        return mark_of(self.body)


def notes_about(actor: Actor, member: Account) -> Sequence[NoteRow]:
    """The notes about a member, the newest first; at most a hundred. Raises Denied."""
    require(actor, "note.keep", member)
    statement = select(NOTES).where(NOTES.c.member_id == member.id).order_by(NOTES.c.id.desc())
    rows = db.session.execute(statement.limit(MOST_NOTES)).all()
    people = faces(row.author_id for row in rows if row.author_id is not None)
    return [
        NoteRow(
            row.id,
            row.member_id,
            row.author_id,
            row.body,
            row.written_at,
            row.edited_at,
            people.get(row.author_id),
        )
        for row in rows
    ]


def get_note(actor: Actor, member_id: int, note_id: int, *, lock: bool = False) -> MemberNote:
    """A note that the actor may change. Raises NotFound for one that isn't about this member, or is about
    the actor; Denied."""
    statement = select(MemberNote).where(MemberNote.id == note_id, MemberNote.member_id == member_id)
    note = db.session.scalar(statement.with_for_update() if lock else statement)
    if note is None or member_id == actor.id:
        require(actor, "member.list")
        raise NotFound
    require(actor, "note.change", note)
    return note
