"""Who is asking: the actor of this request, and what the frame of the page shows of them."""

import functools
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

from forum.community import queries as community_queries
from forum.community.queries import CommunityRow
from forum.core import actor as actors
from forum.core import locale
from forum.core.actor import Actor
from forum.members import queries as member_queries
from forum.members.queries import ViewerRow

LANGUAGE_COOKIE = "language"
View = TypeVar("View", bound=Callable[..., Any])
login_manager = LoginManager()
login_manager.session_protection = None  # mobile networks change addresses; the session is a row that can be ended


class SignedIn(UserMixin):
    """What Flask-Login carries: the token of the sign-in session."""

    def __init__(self, token: str, actor: Actor, viewer: ViewerRow) -> None:
        self.token, self.actor, self.viewer = token, actor, viewer

    def get_id(self) -> str:
        return self.token


@login_manager.user_loader
def _load(token: str) -> SignedIn | None:
    found = member_queries.signed_in_member(token)
    return SignedIn(token, *found) if found else None


def community() -> CommunityRow:
    """The community's row, read once a request."""
    if "community" not in g:
        g.community = community_queries.current()
    return cast(CommunityRow, g.community)


def has_session() -> bool:
    """Whether the request carries a sign-in at all (it may have ended meanwhile)."""
    return "_user_id" in session


def guest_language() -> str:
    """A guest's choice (kept in a cookie), else what the browser prefers, else the community's language."""
    if "guest_language" not in g:
        here = community()
        chosen = request.cookies.get(LANGUAGE_COOKIE)
        if chosen not in here.languages:
            asked = request.headers.get("Accept-Language", "")
            chosen = preferred(asked, tuple(here.languages), here.default_language)
        g.guest_language = locale.known(chosen, here.default_language)
    return str(g.guest_language)


def speak_to_guest(language: str) -> None:
    """Writes this answer, if a guest gets it, in the language of the member whose mail led here."""
    if actor().is_guest:
        g.actor = actors.guest(language)


@lru_cache(maxsize=1_000)
def preferred(asked: str, offered: tuple[str, ...], default: str) -> str:
    """The language that a browser asks for in `Accept-Language`; the few headers there are get read once.

    Werkzeug's own choice takes `de` for `en-GB, de;q=0.5`: it looks for equal words before it looks at the wishes.
    """
    wishes = parse_accept_header(asked, LanguageAccept)
    wanted = (language.partition("-")[0].lower() for language, quality in wishes if quality > 0)
    return next((language for language in wanted if language in offered), default)


def actor() -> Actor:
    """The actor of this request: a member with a living session, or a guest."""
    if "actor" not in g:
        if has_session() and isinstance(current_user._get_current_object(), SignedIn):
            g.actor = current_user.actor
        else:
            g.actor = actors.guest(guest_language())
    return cast(Actor, g.actor)


def viewer() -> ViewerRow:
    """What the frame shows of the one who looks; falsy for a guest."""
    return cast(ViewerRow, current_user.viewer) if not actor().is_guest else member_queries.NOBODY


def begin_session(token: str) -> None:
    """Signs this browser in with a new session token; the token against forged requests changes with it."""
    session.clear()
    session.permanent = True
    found = _load(token)
    if found is not None:
        login_user(found)
        g.actor = found.actor


def end_session() -> str | None:
    """Signs this browser out; returns the token that was in use."""
    token = session.get("_user_id")
    logout_user()
    session.clear()
    g.pop("actor", None)
    return token


def here() -> str:
    """The address asked for, as a safe way back."""
    return request.full_path.rstrip("?") if request.query_string else request.path


def lead_to_sign_in() -> Response:
    """Answers a guest where only members go: with the sign-in page, and a form keeps what it holds (`web.intents`)."""
    if request.method == "POST" and _keep_text:
        return _keep_text[0]()
    return redirect(url_for("sign_in.login", next=here()), 303)


def signed_in(view: View) -> View:
    """Leads a guest to the sign-in page and back; what a form holds is kept."""

    @functools.wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return lead_to_sign_in() if actor().is_guest else view(*args, **kwargs)

    _for_members.add(wrapped)
    return cast(View, wrapped)


def is_for_members() -> bool:
    """Whether the view of this request leads guests to the sign-in page."""
    return current_app.view_functions.get(request.endpoint or "") in _for_members


_for_members: set[Callable[..., Any]] = set()
_keep_text: list[Callable[[], Response]] = []


def install_keeper(keep: Callable[[], Response]) -> None:
    """Says what answers a guest's POST so that what was typed is kept; called once by `web`."""
    _keep_text[:] = [keep]


def init_app(app: Flask) -> None:
    login_manager.init_app(app)
