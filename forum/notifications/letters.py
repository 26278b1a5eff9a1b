"""A notification as a mail: its sentence, what there is to read at once, and where to go."""

from collections.abc import Sequence
from dataclasses import dataclass

from forum.community import letters
from forum.community.queries import CommunityRow
from forum.core.locale import translations
from forum.core.mail import Letter
from forum.core.settings import installed
from forum.moderation.queries import Statement
from forum.notifications import words
from forum.notifications.queries import NotificationRow, Recipient
from forum.text import told_text


@dataclass(frozen=True, slots=True)
class Body:
    """What a mail says beyond the sentence: paragraphs of ours, facts as (label, value), a passage that is quoted."""

    paragraphs: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    passage: str = ""
    passage_label: str = ""
    passage_language: str = ""


def about_post(row: NotificationRow, tongue: str) -> Body:
    """The first words of what it tells of."""
    return Body(passage=words.excerpt(row, tongue), passage_language=row.language)


def about_answer(html: str, tongue: str) -> Body:
    """The official answer to an idea, whole, with the addresses of its links."""
    return Body(
        passage=told_text(html, installed().base_url), passage_label=translations(tongue).gettext("Official answer")
    )


def about_decision(said: Statement, tongue: str, zone: str) -> Body:
    """The statement of reasons, whole (Regulation (EU) 2022/2065, article 17), and what was decided on."""
    _ = translations(tongue).gettext
    facts = [(_("Number"), said.number)]
    if said.at is not None:
        facts.append((_("Decided on"), words.day(said.at, tongue, zone)))
    return Body(words.letter(said, tongue, zone), facts, said.excerpt, _("What you wrote"))


def about_reversal(said: Statement, tongue: str) -> Body:
    """That a decision was undone, and why."""
    return Body(words.reversal(said, tongue), [(translations(tongue).gettext("Number"), said.number)])


def notification_letter(
    house: CommunityRow, to: Recipient, row: NotificationRow, body: Body, unsubscribe: str
) -> Letter:
    """The mail to a member; `unsubscribe` is the address that ends such mails without signing in. A statement of
    reasons comes always, and so names no way to end it."""
    base_url, tongue = installed().base_url, house.tongue(to.language)
    return letters.write(
        house,
        to.language,
        "notification",
        name=to.name,
        sentence=words.sentence(row, tongue, to.time_zone),
        paragraphs=body.paragraphs,
        facts=body.facts,
        passage=body.passage,
        passage_label=body.passage_label,
        passage_language=body.passage_language,
        label=words.action(row, tongue),
        address=f"{base_url}/notifications/{row.id}",
        because=words.why(row, tongue),
        settings="" if row.is_statement else f"{base_url}/settings/mail",
        unsubscribe="" if row.is_statement else unsubscribe,
    )
