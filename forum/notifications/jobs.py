"""Mails that tell of notifications."""

from forum.community import queries as community
from forum.core.database import db, transaction
from forum.core.errors import NotFound
from forum.core.mail import Mail, send
from forum.core.mail_text import write
from forum.core.settings import installed
from forum.members.queries import actor_of
from forum.moderation import queries as moderation
from forum.notifications import words
from forum.notifications.actions import note_mailed
from forum.notifications.queries import NotificationRow, get_notification, recipient_of


def _paragraphs(row: NotificationRow, language: str, zone: str) -> list[str]:
    """The body: the whole statement of a decision, else a few words of the post."""
    decision_id = row.data.get("decision_id")
    if decision_id is not None:
        said = moderation.statement(decision_id)
        return words.letter(said, language, zone) if row.kind == "decision" else words.reversal(said, language)
    excerpt = words.excerpt(row, language)
    return [f"> {excerpt}"] if excerpt else []


def mail(notification_id: int) -> None:
    """Sends one notification by mail, if its member wants that, hasn't seen it and may still read it.

    A repeat carries the same Message-ID; once the mail is noted as sent, a repeat does nothing.
    """
    to = recipient_of(notification_id)
    if to is None:
        return
    try:
        row = get_notification(actor_of(to.member_id), notification_id)
    except NotFound:
        return
    house, base_url = community.current(), installed().base_url
    name = house.name(to.language)
    subject, text = write(
        "notification",
        to.language,
        community=name,
        name=to.name,
        sentence=words.sentence(row, to.language, to.time_zone),
        paragraphs=_paragraphs(row, to.language, to.time_zone),
        address=f"{base_url}/notifications/{row.id}",
        settings=f"{base_url}/settings",
    )
    db.session.rollback()  # nothing of the database is held while the mail server is spoken to
    send(Mail(to.email, to.name, subject, text, f"notification-{row.id}.{house.key}"), name)
    with transaction():
        note_mailed(row.id)
