"""The search page, and similar threads: under a thread and while one is being started."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Flask, current_app, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.core.database import transaction
from forum.http.limits import limited
from forum.http.plain import one_line
from forum.http.render import page
from forum.http.viewer import actor, signed_in
from forum.search import actions, queries
from forum.search.engines import SearchAway
from forum.search.query import MOST_CHARACTERS, MOST_CLAUSES, Notice, Query, parse
from forum.threads import queries as threads

bp = Blueprint("search", __name__)

SUGGEST_FROM = 10
"""A title shorter than this says too little to suggest anything."""


def _sentence(notice: Notice) -> str:
    words = notice.text
    return {
        "cut": _("That was a lot of text: only its first %(count)s characters were looked for.", count=MOST_CHARACTERS),
        "only-stop-words": _(
            "“%(words)s” stands in almost every text. Please add a word that says what it is about.", words=words
        ),
        "empty": _("There is no word in it that could be looked for. Please try a word."),
        "unknown-filter": _("“%(words)s” is no filter, so it was looked for as words.", words=words),
        "bad-date": _("“%(words)s” is no date. Please write dates like 2026-03-31.", words=words),
        "prefix-too-short": _("Before an asterisk there must be more letters than in “%(words)s”.", words=words),
        "too-many-words": _("Those were a lot of words: only the first %(count)s were looked for.", count=MOST_CLAUSES),
    }[notice.code]


def _address(typed: str, **more: str | None) -> str:
    return "/search?" + urlencode({"q": typed, **{name: value for name, value in more.items() if value}})


def _without(typed: str, names: tuple[str, ...] | None = None, values: tuple[str, ...] = ()) -> str:
    """What was typed without its filters of these names (or values of `is:`), however they were written."""

    def goes(part: str) -> bool:
        found = parse(part)
        if found.clauses or not (found.filters or found.after or found.before):
            return False
        if names is None:
            return True
        return any(one.name in names and (not values or one.value in values) for one in found.filters)

    return " ".join(part for part in typed.split() if '"' in part or not goes(part))


def _kinds() -> Sequence[tuple[str, str, str]]:
    """Values of the filter `is:` that the page offers, one at a time: the value, how it is typed, what it is called."""
    return (
        ("question", _("is:question"), _("Questions")),
        ("idea", _("is:idea"), _("Ideas")),
        ("discussion", _("is:discussion"), _("Discussions")),
        ("solved", _("is:solved"), _("Solved")),
    )


def _chips(query: Query, typed: str, order: str | None) -> list[tuple[str, str, bool]]:
    """(address, words, whether chosen) of the kinds one may look among."""
    kinds = _kinds()
    values = tuple(value for value, _typed, _words in kinds)
    chosen = {one.value for one in query.filters if one.name == "is" and not one.is_excluded}
    rest = _without(typed, ("is",), values)
    chips = [(_address(rest, order=order), _("Everything"), chosen.isdisjoint(values))]
    return chips + [
        (_address(f"{rest} {as_typed}".strip(), order=order), words, value in chosen)
        for value, as_typed, words in kinds
    ]


@limited("search", "60 per minute; 900 per hour", methods=("GET", "HEAD"))
def _look(raw: str, order: str | None, before: str | None) -> queries.Found:
    return queries.search(actor(), raw, order, before)


@bp.get("/search")
def show() -> Response:
    raw, before = request.args.get("q", ""), request.args.get("before")
    typed = one_line(raw, MOST_CHARACTERS)
    values: dict[str, Any] = {"typed": typed, "found": None, "notices": (), "chips": (), "before": before}
    if not raw.strip():
        return page("search/show.html", **values)
    try:
        found = _look(raw, request.args.get("order"), before)
    except SearchAway:
        response = page("search/show.html", 503, **values | {"is_away": True})
        response.headers["Retry-After"] = "30"
        return response
    order = "newest" if found.order == "newest" else None
    filters = bool(found.query.filters or found.query.after or found.query.before)
    return page(
        "search/show.html",
        **values
        | {
            "found": found,
            "notices": [_sentence(one) for one in found.notices],
            "chips": _chips(found.query, typed, order),
            "by_relevance": _address(typed),
            "by_newest": _address(typed, order="newest"),
            "has_words": any(not one.is_excluded for one in found.query.clauses),
            "without_filters": _address(_without(typed), order=order) if filters and _without(typed) else "",
            "older": _address(typed, order=order, before=found.older) if found.older else None,
            "first": _address(typed, order=order) if before else None,
        },
    )


# ---------------------------------------------------------------- similar threads


@bp.get("/t/<int:thread_id>/similar")
def similar(thread_id: int) -> Response:
    """Under a thread: with `part`, the list alone, for the script that puts it there."""
    thread = threads.get_thread(actor(), thread_id)
    alike = queries.similar_threads(actor(), thread)
    template = "search/_similar.html" if "part" in request.args else "search/similar.html"
    response = page(template, thread=thread, alike=alike, rows=alike.rows)
    if alike.is_due and not actor().is_onlooker:
        _ask_later(response, thread.id)
    return response


def _ask_later(response: Response, thread_id: int) -> None:
    """Asks the worker to look, after the answer is on its way."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def write() -> None:
        with app.app_context(), transaction():
            actions.ask_for_similar(thread_id)

    response.call_on_close(write)


@bp.get("/new/similar")
@signed_in
def suggestions() -> Response:
    """While a thread is being started: what is there already, as a list that the script puts below the title."""
    title = request.args.get("title", "")[:MOST_CHARACTERS]
    return page("search/_similar.html", rows=suggest(title), alike=None)


def suggest(title: str, body: str = "") -> Sequence[queries.SimilarRow]:
    """Threads and ideas that are about the same as what the reader is about to start."""
    return queries.similar_to(actor(), title, body) if len(title.strip()) >= SUGGEST_FROM else ()
