"""Every mail with made-up contents, so that administrators see what their members get."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from forum.access import require
from forum.community.queries import CommunityRow
from forum.core import clock
from forum.core.actor import Actor
from forum.core.errors import NotFound
from forum.core.locale import translations
from forum.core.mail import Letter
from forum.core.settings import installed
from forum.members.letters import AccountLetter, account_letter, facts_of_identity, facts_of_passkey, facts_of_sign_in
from forum.members.queries import Face
from forum.moderation.models import FOR_DAYS
from forum.moderation.queries import Statement, reference
from forum.notifications.letters import (
    Body,
    about_answer,
    about_decision,
    about_post,
    about_reversal,
    notification_letter,
)
from forum.notifications.queries import NotificationRow, Recipient
from forum.rules.queries import NamedRule

_ACCOUNT: Mapping[AccountLetter, str] = {
    "confirm": "/confirm/example",
    "created": "/reset/example",
    "taken": "/reset",
    "reset": "/reset/example",
    "sign_in": "/login/link/example",
    "device": "/settings/devices",
    "recovery_used": "/settings/two-factor",
    "passkey_added": "/settings/passkeys",
    "passkey_removed": "/settings/passkeys",
    "identity_linked": "/settings/providers",
    "identity_unlinked": "/settings/providers",
    "password_changed": "/settings/devices",
    "two_factor_on": "/settings/two-factor",
    "two_factor_off": "/settings/two-factor",
    "approved": "/",
    "refused": "/",
    "email_new": "/email/new/example",
    "email_old": "/email/old/example",
    "email_lost": "/email/old/example",
    "email_taken": "/reset",
    "trial": "/admin/mails",
}
"""The mails about accounts, and where the button of each leads."""
_ABOUT_POSTS = ("mention", "quote", "reply", "thread", "reaction", "solution")
_ABOUT_IDEAS = ("idea_status", "idea_merged", "idea_made")
_ABOUT_GROUPS = ("group_request", "group_answer", "group_invited", "group_invite_answer")
_ACTS = {"decision": "remove_warn", "silence": "silence", "suspension": "suspend", "ban": "ban"}
EXAMPLES = (*_ACCOUNT, *_ABOUT_POSTS, *_ABOUT_IDEAS, *_ABOUT_GROUPS, *_ACTS, "report_outcome", "reversal")
"""The mails by name, in the order in which they are shown."""


def example(actor: Actor, house: CommunityRow, name: str, language: str) -> Letter:
    """The mail of this name as the actor would get it. Raises NotFound for a name that isn't in EXAMPLES."""
    require(actor, "community.change")
    if name not in EXAMPLES:
        raise NotFound
    for kind, path in _ACCOUNT.items():
        if name == kind:
            return _about_account(actor, house, language, kind, path)
    tongue = house.tongue(language)
    _ = translations(tongue).gettext
    said = _statement(_, _ACTS.get(name, "remove_warn"))
    row = _row(_, actor, name, said)
    body = _body(_, row, said, tongue, house.time_zone)
    unsubscribe = f"{installed().base_url}/settings/mail"
    to = Recipient(actor.member_id, "", actor.display_name, language, house.time_zone)
    return notification_letter(house, to, row, body, unsubscribe)


def _about_account(actor: Actor, house: CommunityRow, language: str, kind: AccountLetter, path: str) -> Letter:
    _ = translations(house.tongue(language)).gettext
    said: dict[str, Any] = {"email": "new@example.org"}
    if kind == "device":
        where = {"device": "Firefox · Linux", "network": "203.0.113.9"}
        said["facts"] = facts_of_sign_in(house, language, at=clock.now(), zone=actor.time_zone, **where)
    elif kind in {"passkey_added", "passkey_removed"}:
        said["facts"] = facts_of_passkey(house, language, at=clock.now(), zone=actor.time_zone, name="Firefox · Linux")
    elif kind in {"identity_linked", "identity_unlinked"}:
        said["facts"] = facts_of_identity(house, language, at=clock.now(), zone=actor.time_zone, name="Example GmbH")
    elif kind == "refused":
        said["passage"] = _("This community is for owners of our products.")
    return account_letter(house, language, kind, name=actor.display_name, username=actor.username, path=path, **said)


def _statement(_: Callable[[str], str], act: str) -> Statement:
    now = clock.now()
    rule = NamedRule(
        0, 2, 3, _("Stay friendly"), _("Argue about the matter, never about the person. Nobody is insulted here."), 2
    )
    return Statement(
        act=act,
        is_about_post=True,
        title=_("How far do you get in winter?"),
        written_at=now - timedelta(days=2),
        rule=rule,
        reason=_("You called another member a liar. You may doubt figures, and say why, without a word like that."),
        days=3,
        until=now + timedelta(days=3) if act in FOR_DAYS else None,
        removed_post=act == "remove_warn",
        at=now,
        was_reported=True,
        excerpt=_("80 kilometres at minus ten? You are a liar, and everybody here knows it."),
        reversal_reason=_("The word stood in a quotation, which we had overlooked. We are sorry."),
        decision_id=0,
        number=reference(now, 42),
    )


def _row(_: Callable[[str], str], actor: Actor, name: str, said: Statement) -> NotificationRow:
    data: dict[str, Any] = {}
    if name in _ACTS:
        data = {"act": said.act, "title": said.title, "is_about_post": True}
        data["until"] = said.until.isoformat() if said.until else None
    elif name == "report_outcome":
        data = {"report_id": 0, "number": said.number, "act": said.act}
    elif name == "idea_status":
        data = {"is_new_status": True, "status": _("Planned")}
    elif name in _ABOUT_GROUPS:
        data = {"is_accepted": True, "words": _("I repair e-bikes in Bremen and would like to read along.")}
    elif name in _ABOUT_IDEAS:
        data = {"from_title": said.title, "source_title": _("Tell me before the frost comes")}
    is_idea = name in _ABOUT_IDEAS
    title = _("Warm the battery before the ride") if is_idea else said.title
    if name in _ABOUT_GROUPS:
        title = _("Partners")
    return NotificationRow(
        id=0,
        member_id=actor.member_id,
        kind="decision" if name in _ACTS else name,
        data=data,
        created_at=clock.now(),
        seen_at=None,
        mailed_at=None,
        actor=Face(None, "ben", "Ben Berg"),
        title=title,
        is_about_idea=is_idea,
        excerpt=_("With the battery kept indoors I still get 60 kilometres at minus five. What about you?"),
        language="",
        address="/",
        reaction_count=3,
    )


def _body(_: Callable[[str], str], row: NotificationRow, said: Statement, tongue: str, zone: str) -> Body:
    if row.kind == "decision":
        return about_decision(said, tongue, zone)
    if row.kind == "reversal":
        return about_reversal(said, tongue)
    if row.kind == "idea_status":
        return about_answer(_("We build it into version 3, which comes in spring. Thank you for asking!"), tongue)
    return about_post(row, tongue)
