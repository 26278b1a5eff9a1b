"""What a guest meant to do, kept through sign-in, registration and the acceptance of rules.

Two kinds of tokens. A short one names an act (`like post 42`); it holds no time and no person, so that guests' pages
are the same for all. A long one carries a text that was typed when nobody was signed in (any more). Both are signed,
shown on the button in words, and carried out only by the POST of that button.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app, redirect, request, url_for
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from forum.core import paging
from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import Conflict, Denied, Gone, Invalid, Moved, NotFound, Refused
from forum.http import errors, viewer
from forum.http.reasons import sentence
from forum.http.render import flash, wants_json
from forum.ideas import actions as idea_actions
from forum.ideas import queries as idea_queries
from forum.threads import actions, queries
from forum.threads.actions import Posted, ReplyDraft

CARRIED_SECONDS = 24 * 3600
_SALT = "carried-text"
_FIELDS = ("title", "body", "category", "area", "tags", "kind", "reply_to", "submission", "base_revision")

# ---------------------------------------------------------------- acts


def signer() -> Callable[[str], str]:
    """What signs acts such as `react:42:like`, made once for a page with many of them."""
    secret = current_app.config["SECRET_KEY"].encode()[:64]
    keyed = hashlib.blake2b(key=secret, person=b"forum-intent", digest_size=12)

    def sign(words: str) -> str:
        one = keyed.copy()
        one.update(words.encode())
        return f"{words}.{one.hexdigest()}"

    return sign


def act(*words: object) -> str:
    """A token for an act such as `act("react", 42, "like")`."""
    return signer()(":".join(map(str, words)))


def _read_act(token: str) -> list[str] | None:
    words, _dot, _signature = token.rpartition(".")
    if not words or not token.isascii() or not hmac.compare_digest(signer()(words), token):
        return None
    return words.split(":")


# ---------------------------------------------------------------- texts


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=_SALT)


def carry(place: str, fields: Mapping[str, str]) -> str:
    """A token that holds what was typed at a place (`thread:<id>`, `new`, `idea`, `edit:<post id>`)."""
    return str(_serializer().dumps({"place": place, "fields": {k: v for k, v in fields.items() if k in _FIELDS}}))


def _read_text(token: str) -> dict[str, Any] | None:
    try:
        found = _serializer().loads(token, max_age=CARRIED_SECONDS)
    except BadData:
        return None
    return found if isinstance(found, dict) else None


def keep_posted() -> Response:
    """What answers a guest's POST: the sign-in form with the text in it, or the form itself, to be sent again after
    signing in. `http` gets it at import. Raises Denied for a script.

    Only texts for threads travel through signing in: a form that one is led to with its fields filled in by others must
    not wait behind it.
    """
    if wants_json():
        raise Denied("sign-in")
    place = _place_of_request()
    if place is None:
        act = _act_of_request()
        if act is None and request.form.keys() - {"csrf_token"}:
            return errors.form_again(403, is_signed_out=True)
        return redirect(url_for("sign_in.login", next=errors.page_of_form() or _way_back(), intent=act), 303)
    from forum.web import sign_in

    return sign_in.page_that_keeps(carry(place, request.form), _way_back())


def _place_of_request() -> str | None:
    arguments = request.view_args or {}
    return {
        "threads.do_reply": f"thread:{arguments.get('thread_id')}",
        "threads.do_start": "new",
        "ideas.do_propose": "idea",
        "posts.do_edit": f"edit:{arguments.get('post_id')}",
    }.get(request.endpoint or "")


def _act_of_request() -> str | None:
    """The token of an act that a guest's POST asks for: a vote counts without a second click."""
    arguments = request.view_args or {}
    return act("vote", arguments["idea_id"]) if request.endpoint == "ideas.vote" else None


def _way_back() -> str:
    arguments = request.view_args or {}
    if "idea_id" in arguments:
        return f"/ideas/{arguments['idea_id']}"
    if request.endpoint == "ideas.do_propose":
        return "/ideas/new"
    if "thread_id" in arguments:
        return f"/t/{arguments['thread_id']}"
    return f"/p/{arguments['post_id']}" if "post_id" in arguments else "/"


# ---------------------------------------------------------------- what the sign-in page asks


def meaning(token: str | None) -> str:
    """What the button of the sign-in page says, such as "Sign in and like"; empty for no or a false token."""
    if not token:
        return ""
    words = _read_act(token)
    if words is None:
        return _("Sign in and go on writing") if _read_text(token) else ""
    if words[0] == "react":
        return {
            "like": _("Sign in and like"),
            "thanks": _("Sign in and say thanks"),
            "insightful": _("Sign in and mark as insightful"),
            "celebrate": _("Sign in and celebrate"),
        }.get(words[-1], "")
    return {"follow": _("Sign in and follow"), "vote": _("Sign in and support")}.get(words[0], "")


describe = meaning


def carry_out(actor: Actor, token: str | None) -> Response | None:
    """Does what was meant, or keeps the text as a draft, and says where to go on; None for no or a false token.

    An act that can't be done (any more) is told in a message; nothing is lost.
    """
    if not token or actor.is_guest:
        return None
    words = _read_act(token)
    if words is not None:
        return _do(actor, words)
    found = _read_text(token)
    if found is None:
        return None
    try:
        draft_id = keep_as_draft(actor, str(found["place"]), found["fields"])
    except Refused as error:
        flash(sentence(error), "bad")
        return None
    return redirect(address_of_draft(actor, draft_id), 303)


def _do(actor: Actor, words: list[str]) -> Response | None:
    try:
        with transaction(actor) as fresh:
            if words[0] == "react":
                post = queries.get_post(fresh, int(words[1]), lock=True)
                actions.react(fresh, post, words[2], True)
                return redirect(post.address, 303)
            if words[0] == "follow":
                thread = queries.get_thread(fresh, int(words[1]), lock=True)
                actions.follow(fresh, thread, "watching")
                return redirect(thread.address, 303)
            if words[0] == "vote":
                return _vote(fresh, int(words[1]))
    except Moved as error:
        flash(sentence(error), "warn")
        return redirect(error.address, 303)
    except (Conflict, Denied, Gone, Invalid, NotFound) as error:
        flash(sentence(error), "bad")
    return None


def _vote(actor: Actor, idea_id: int) -> Response:
    idea = idea_queries.get_idea(actor, idea_id, lock=True)
    if idea_actions.vote(actor, idea) == "waiting":
        flash(_("Your vote is stored. It counts as soon as your e-mail address is confirmed."), "warn")
    return redirect(idea.address, 303)


# ---------------------------------------------------------------- drafts that wait for something


def keep_as_draft(actor: Actor, place: str, fields: Mapping[str, str]) -> int:
    """Keeps what was typed, beside whatever the member keeps at that place already; returns the draft's id."""
    rest = {name: fields[name] for name in _FIELDS if fields.get(name) and name not in {"title", "body"}}
    with transaction(actor) as fresh:
        return actions.keep_beside(
            fresh, place, title=fields.get("title", ""), body=fields.get("body", ""), fields=rest
        )


def address_of_draft(actor: Actor, draft_id: int) -> str:
    """Where the composer opens with this draft in it."""
    draft = queries.get_draft(actor, draft_id)
    return draft.address or f"/drafts#draft-{draft.id}"


def publish_draft(actor: Actor, draft_id: int) -> str:
    """Publishes a draft as if its form had been sent, and returns where it stands now.

    When that is refused the draft stays, the reason is told, and the answer is the address of its composer.
    """
    draft = queries.get_draft(actor, draft_id)
    fields = draft.fields
    try:
        address = _publish(actor, draft, fields)
    except Refused as error:
        flash(sentence(error), "bad")
        return draft.address or "/drafts"
    with transaction(actor) as fresh:
        actions.discard_draft(fresh, draft.id)
    return address


def _number(value: object) -> int | None:
    return int(str(value)) if str(value or "").isdecimal() and len(str(value)) < 10 else None


def _publish(actor: Actor, draft: queries.DraftRow, fields: Mapping[str, Any]) -> str:
    kind, _colon, id = draft.place.partition(":")
    submission = str(fields.get("submission") or "")[:40] or None
    if kind == "thread":
        written = actions.write(actor, draft.body)
        with transaction(actor) as fresh:
            thread = queries.get_thread(fresh, int(id), lock=True)
            return place_of(
                actions.post_reply(fresh, thread, ReplyDraft(written, _number(fields.get("reply_to")), submission))
            )
    if kind == "edit":
        written = actions.write(actor, draft.body)
        with transaction(actor) as fresh:
            post = queries.get_post(fresh, int(id), lock=True)
            actions.edit_post(fresh, post, written, _number(fields.get("base_revision")) or 0)
            return post.address
    if kind == "idea":
        return _propose(actor, draft, fields, submission)
    chosen = str(fields.get("category") or "")
    new = actions.draft_of_thread(
        actor,
        str(fields.get("title") or draft.title),
        draft.body,
        str(fields.get("kind") or "discussion"),
        str(fields.get("tags") or ""),
        submission,
    )
    with transaction(actor) as fresh:
        category = queries.get_category(fresh, _number(chosen) or chosen)
        return place_of(actions.start_thread(fresh, category, new))


def _propose(actor: Actor, draft: queries.DraftRow, fields: Mapping[str, Any], submission: str | None) -> str:
    new = idea_actions.draft_of_idea(
        actor, str(fields.get("title") or draft.title), draft.body, str(fields.get("tags") or ""), submission
    )
    with transaction(actor) as fresh:
        area = idea_queries.get_area(fresh, str(fields.get("area") or ""))
        return place_of(idea_actions.propose(fresh, area, new))


def place_of(posted: Posted) -> str:
    """The page on which something that was just published stands, with its mark."""
    page = paging.page_of(posted.number)
    return posted.thread_address + (f"?page={page}" if page > 1 else "") + f"#p{posted.number}"


viewer.install_keeper(keep_posted)
