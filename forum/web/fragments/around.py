"""What stands around posts and lists: parts of a page that are the same for many readers, drawn once."""

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from flask import current_app
from markupsafe import Markup

from forum.http import language, render
from forum.threads.queries import ThreadPage
from forum.web.forms.threads import ReplyForm
from forum.web.fragments.pieces import Piece, mark

_drawn: dict[tuple[Any, ...], tuple[tuple[Any, ...], Markup | Piece, bool]] = {}
MOST_DRAWN = 2_000
MOST_STOPS = 4
"""How many posts between the first and the last the scrubber leads to."""
LONG = 10
"""From so many posts on it does."""


def drawn(part: str, *values: Any, **slots: object) -> Markup:
    """A part of a page (`template:macro`, or a macro of `components/frame.html`), drawn once for each language and set
    of values. What is in `slots` the macro only writes out: it is put in anew each time, and so is the token of forms.

    `threads.queries` hands out one tuple of categories for all readers who see the same: it goes into the key by its
    id, and is kept along so that the id stays its own.
    """
    environment = current_app.jinja_env
    key = (part, language.spoken(), id(environment), *[id(v) if v.__class__ is tuple else v for v in values])
    kept = _drawn.get(key)
    if kept is None:
        if len(_drawn) >= MOST_DRAWN:
            _drawn.pop(next(iter(_drawn)), None)
        template, _colon, name = part.rpartition(":")
        macro = getattr(environment.get_template(template or "components/frame.html").module, name)
        with render.marking_tokens(mark("csrf_token")):
            html = macro(*values, **{slot: mark(slot) for slot in slots if slot in macro.arguments})
        has_token = mark("csrf_token") in html
        kept = _drawn[key] = (values, Piece.of(html) if slots or has_token else html, has_token)
    _values, found, has_token = kept
    if isinstance(found, Markup):
        return found
    if has_token:
        slots["csrf_token"] = render.token()
    return Markup(found.fill(**slots))  # noqa: S704  every value was escaped


@lru_cache(maxsize=1)
def _empty_reply() -> ReplyForm:
    marks = {name: mark(name) for name in ("body", "reply_to", "submission")}
    return ReplyForm(formdata=None, data=marks, meta={"csrf": False})


def reply_form(page: ThreadPage, tongue: str, **typed: str) -> Markup:
    """The form for a reply as it stands under a thread before anything was refused; `typed` is what its fields hold."""
    answered = typed.get("reply_to", "")
    part, thread = "threads/_around.html:reply", page.thread
    return drawn(
        part, _empty_reply(), tongue, thread.kind, answered != "", id=thread.id, whom=whom(page, answered), **typed
    )


def whom(page: ThreadPage, number: str | None) -> str:
    """Name and number of the post that is answered, or the number alone where it stands on another page."""
    found = next((post for post in page.posts if str(post.number) == number and post.author), None)
    return f"{found.author.display_name} · {number}" if found and found.author else str(number)


def _position(page: ThreadPage) -> dict[str, object]:
    """What bar and scrubber show of the place in a thread, before a script knows it more exactly."""
    newest, numbers = page.thread.last_number, [post.number for post in page.posts]
    first, upto = (numbers[0], numbers[-1]) if numbers else (newest, newest)
    place = render.number(first) if first == upto else f"{render.number(first)}–{render.number(upto)}"
    return {
        "upto": upto,
        "place": place,
        "newest": newest,
        "last": render.number(newest),
        "address": page.thread.address,
        "next": quote(page.thread.address, safe=""),
    }


def thread_bar(page: ThreadPage, way: str, is_beside: bool = False) -> Markup:
    """What stays in view while one reads: the place in the thread, its two ends, and the way to reply (`way`); with
    `is_beside`, where the window is too narrow for the scrubber to stand beside the posts."""
    thread = page.thread
    return drawn("threads/_around.html:bar", thread.kind, way, is_beside, id=thread.id, **_position(page))


def scrubber(page: ThreadPage, way: str, unread_is_below: bool, unread_address: str) -> Markup:
    """The way through a thread at its side: beginning, some posts between, and the newest one, in even steps; and the
    way to reply."""
    thread = page.thread
    numbers = range(MOST_STOPS + 1) if thread.last_number >= LONG else ()
    stops = [
        drawn("threads/_around.html:stop", address=thread.address, number=round(thread.last_number * at / len(numbers)))
        for at in numbers
        if at
    ]
    return drawn(
        "threads/_around.html:scrubber",
        thread.kind,
        way,
        unread_is_below,
        stops_html=Markup().join(stops),
        began_html=render.when(thread.created_at),
        newest_html=render.when(thread.last_post_at),
        unread_address=unread_address,
        **_position(page),
    )


def forget() -> None:
    """Drops everything drawn so far."""
    _drawn.clear()
    _empty_reply.cache_clear()
