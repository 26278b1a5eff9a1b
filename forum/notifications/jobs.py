"""Mails that tell of notifications, and telling many members of one thing."""

from forum.community import queries as community
from forum.core import jobs
from forum.core.actor import SYSTEM
from forum.core.database import db, transaction
from forum.core.errors import NotFound, Refused
from forum.core.mail import Mail, send
from forum.core.settings import installed
from forum.ideas import queries as ideas
from forum.members import tokens
from forum.members.queries import absent_actor, followers, get_member, settings_of
from forum.moderation import queries as moderation
from forum.notifications import actions, letters
from forum.notifications.actions import Telling, note_mailed, notify
from forum.notifications.examples import example
from forum.notifications.letters import Body, notification_letter
from forum.notifications.queries import (
    NotificationRow,
    Place,
    first_post,
    get_notification,
    public_post,
    readers,
    recipient_of,
    shorten,
    told_of,
)

AT_ONCE = 500


def _body(row: NotificationRow, tongue: str, zone: str) -> Body:
    """The whole statement of a decision, the whole answer to an idea, else a few words of the post."""
    decision_id = row.data.get("decision_id")
    if decision_id is not None:
        said = moderation.statement(decision_id)
        if row.kind == "decision":
            return letters.about_decision(said, tongue, zone)
        return letters.about_reversal(said, tongue)
    if row.kind == "idea_status":
        return letters.about_answer(ideas.told_change(row.data["change_id"]).answer_html, tongue)
    return letters.about_post(row, tongue)


def mail(notification_id: int) -> None:
    """Sends one notification by mail, if its member wants that, hasn't seen it and may still read it; the reasons for a
    decision always (Regulation (EU) 2022/2065, article 17).

    A repeat carries the same Message-ID; once the mail is noted as sent, a repeat does nothing. Mail programs show a
    button that ends such mails (RFC 8058), but for those that can't be ended.
    """
    to = recipient_of(notification_id)
    if to is None:
        return
    try:
        row = get_notification(absent_actor(to.member_id), notification_id)
    except NotFound:
        return
    house, base_url = community.current(), installed().base_url
    unsubscribe = f"{base_url}/unsubscribe/{tokens.issue('unsubscribe', get_member(SYSTEM, to.member_id))}"
    body = _body(row, house.tongue(to.language), to.time_zone)
    letter = notification_letter(house, to, row, body, unsubscribe)
    headers = {} if row.is_statement else {"List-Unsubscribe": f"<{unsubscribe}>"}
    if headers and installed().is_https:
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    db.session.rollback()  # nothing of the database is held while the mail server is spoken to
    send(Mail(to.email, to.name, letter, f"notification-{row.id}.{house.key}", headers), house.name(to.language))
    with transaction():
        note_mailed(row.id)


def mail_example(member_id: int, kind: str, language: str, asked_at: int) -> None:
    """Sends an administrator one mail with made-up contents; nothing to whom isn't one any more."""
    house = community.current()
    try:
        actor = absent_actor(member_id)
        to, letter = settings_of(actor).email, example(actor, house, kind, language)
    except Refused:
        return
    if to is None:
        return
    db.session.rollback()
    stable_id = f"example-{kind}-{language}-{member_id}-{asked_at}"
    send(Mail(to, actor.display_name, letter, stable_id), house.name(language))


def tell_of_status(change_id: int, after: int = 0) -> None:
    """Tells those concerned of an idea's new status or answer, from the member `after` on; asks for its next stretch.

    Who was told by a run that was interrupted is not told again.
    """
    with transaction():
        change = ideas.told_change(change_id)
        post = first_post(change.idea_id)
        if post is None:
            return
        found = ideas.concerned(change.idea_id, after, AT_ONCE)
        data = {
            "change_id": change_id,
            "status": change.status,
            "is_new_status": change.is_new_status,
            "answer": shorten(change.answer_html),
        }
        subject = f"idea:{change.idea_id}:{change_id}"
        notify(
            [
                Telling(id, "idea_status", subject, post.id, change.actor_id, data)
                for id in readers(post, found, change.actor_id)
            ]
        )
        if len(found) == AT_ONCE:
            key = f"idea-status-{change_id}-{found[-1]}"
            jobs.enqueue("notifications.tell_of_status", unique_key=key, change_id=change_id, after=found[-1])


def tell_of_merge(merge_id: int, after: int = 0) -> None:
    """Tells author and voters of an idea that it was merged into another; in stretches, as `tell_of_status`."""
    with transaction():
        merge = ideas.told_merge(merge_id)
        post = first_post(merge.target_id) if merge is not None else None
        if merge is None or post is None:
            return
        found = ideas.supporters(merge.source_id, merge.target_id, after, AT_ONCE)
        notify(
            [
                Telling(
                    id,
                    "idea_merged",
                    f"merge:{merge_id}",
                    post.id,
                    merge.actor_id,
                    {"source_title": merge.title, "is_own": id == merge.author_id},
                )
                for id in readers(post, found, merge.actor_id)
            ]
        )
        if len(found) == AT_ONCE:
            key = f"idea-merge-{merge_id}-{found[-1]}"
            jobs.enqueue("notifications.tell_of_merge", unique_key=key, merge_id=merge_id, after=found[-1])


def settle(place: Place, id: int, after: int) -> None:
    """Settles what waits at the bell of those who were told of a category, thread, post or group, when who may read it
    has changed; in stretches, as `tell_of_status`."""
    with transaction():
        further = actions.settle(place, id, after)
        if further is not None:
            jobs.enqueue("notifications.settle", place=place, id=id, after=further)


def tell_of_thread(post_id: int, after: int = 0) -> None:
    """Tells those who follow its author of a new thread, by its first post; in stretches, as `tell_of_status`. Who was
    mentioned there has heard of it."""
    with transaction():
        post = public_post(post_id)
        if post is None or post.author_id is None:
            return
        found = followers(post.author_id, after, AT_ONCE)
        hearers = readers(post, found, post.author_id)
        told = told_of(post.id, hearers)
        subject = f"post:{post.id}"
        notify([Telling(id, "thread", subject, post.id, post.author_id) for id in hearers - told])
        if len(found) == AT_ONCE:
            key = f"thread-started-{post.id}-{found[-1]}"
            jobs.enqueue("notifications.tell_of_thread", unique_key=key, post_id=post.id, after=found[-1])
