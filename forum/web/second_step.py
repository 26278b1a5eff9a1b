"""Between the two steps of signing in. Whoever has done the first keeps, in this browser's session, a proof of it that
lives for minutes and ends with the password; nobody is signed in by it."""

from dataclasses import dataclass

from flask import Response, redirect, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from forum.core.actor import SYSTEM
from forum.core.errors import Gone, Invalid
from forum.core.logging import security
from forum.http.limits import network
from forum.http.render import page
from forum.members import queries, tokens
from forum.web import intents, passkeys
from forum.web.forms.members import CodeForm

_KEPT = "second_step"
_WORDS = {"code-used": "used", "code-of-slow-clock": "clock", "code-of-fast-clock": "clock"}
LONG = 1000
"""What is longer than so many signs doesn't travel in addresses."""


@dataclass(frozen=True, slots=True)
class Through:
    """By which identity somebody signs in at an OpenID provider (0: by none), the provider's name for its session,
    whether it has asked for a second step, and when it last asked them who they are, in seconds of the epoch (None:
    just now)."""

    identity_id: int = 0
    sid: str = ""
    is_vouched_for: bool = False
    authenticated_at: int | None = None


NO_PROVIDER = Through()


@dataclass(frozen=True, slots=True)
class Entrant:
    """Who is signing in: `name` is what they typed to be found, `days` how long they stay signed in without use.
    `is_expected` says that they know of it without a mail: they have just registered, or came by the link of one."""

    member_id: int
    name: str
    days: int
    is_expected: bool
    through: Through = NO_PROVIDER


def wait_for(entrant: Entrant) -> None:
    """Notes that this browser has proved the first step for the member."""
    proof = tokens.issue("second-step", queries.get_member(SYSTEM, entrant.member_id))
    through = [entrant.through.identity_id, entrant.through.sid, entrant.through.authenticated_at]
    session[_KEPT] = [proof, entrant.name[:300], entrant.days, entrant.is_expected, through]


def waiting() -> Entrant | None:
    """Whose second step this browser is asked for; None where the first step wasn't done, or too long ago."""
    proof, name, days, is_expected, through = session.get(_KEPT, ("", "", 0, False, (0, "", None)))
    identity_id, sid, at = [*through, None][:3]  # two of them, in a cookie of the release before
    try:
        member_id = queries.by_link("second-step", proof).id
    except Gone:
        return None
    is_due = queries.second_step_of(member_id) is not None
    through = Through(identity_id, sid, authenticated_at=at)
    return Entrant(member_id, name, days, is_expected, through) if is_due else None


def ask(next_address: str, intent: str | None) -> AnyResponse:
    """Leads to the page that asks for the second step; a text that was typed before signing in comes along."""
    if intent and len(intent) > LONG:
        return form_page(CodeForm(formdata=None, data={"next": next_address, "intent": intent}))
    return redirect(url_for("sign_in_code.code", next=next_address, intent=intent or None), 303)


def form_page(form: CodeForm, status: int = 200) -> Response:
    """The page itself."""
    found = waiting()
    due = queries.second_step_of(found.member_id) if found is not None else None
    return page(
        "sign_in/code.html",
        status,
        form=form,
        intent=intents.meaning(form.intent.data),
        by_app=due is None or due.has_app,
        by_passkey=due is not None and due.has_passkey and passkeys.are_possible(),
    )


def note_refused(member_id: int, error: Invalid) -> None:
    """A line of the security log for a code that doesn't fit; an empty field is none."""
    if error.code.startswith("code-"):
        security("code-refused", member_id, network(), what=_WORDS.get(error.code, "wrong"))
