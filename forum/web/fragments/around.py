"""What stands around posts and lists: parts of a page that are the same for many readers, drawn once."""

from functools import lru_cache
from typing import Any

from flask import current_app
from markupsafe import Markup

from forum.http import language, render
from forum.threads.queries import ThreadRow
from forum.web.forms.threads import ReplyForm
from forum.web.fragments.pieces import Piece, mark

_drawn: dict[tuple[Any, ...], tuple[tuple[Any, ...], Markup | Piece, bool]] = {}
MOST_DRAWN = 2_000


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


def reply_form(thread: ThreadRow, tongue: str, **typed: str) -> Markup:
    """The form for a reply as it stands under a thread before anything was refused; `typed` is what its fields hold."""
    return drawn("threads/_around.html:reply", _empty_reply(), tongue, thread.kind, id=thread.id, **typed)


def forget() -> None:
    """Drops everything drawn so far."""
    _drawn.clear()
    _empty_reply.cache_clear()
