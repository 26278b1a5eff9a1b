"""Who is asking: the actor of this request, and what the frame of the page shows of them."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

from forum.access import may
from forum.community import queries as community_queries
from forum.community.queries import CommunityRow
from forum.core import actor as actors
from forum.core import clock, locale
from forum.core.actor import NOBODY_ID, Actor
from forum.members import queries as member_queries
from forum.members.actions.sessions import UNTIL_CLOSED
from forum.members.queries import ViewerRow
from forum.members.viewpoints import Viewpoint, onlooker

LANGUAGE_COOKIE = "language"
LAST_LANGUAGE = "language"
"""Where the session keeps in which language its member reads: so a session that ends speaks on as before."""
LOOK = "look"
"""Where the session keeps as what its member looks at the site."""
LOOK_LASTS = timedelta(minutes=15)
_ONLOOKER = ViewerRow(id=NOBODY_ID, username="–", display_name="–")
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
    """What the member read whose session has ended in this browser, else a guest's choice (kept in a cookie), else what
    the browser prefers, else the community's language."""
    if "guest_language" not in g:
        here = community()
        chosen = session.get(LAST_LANGUAGE)
        if chosen not in here.languages:
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


def _signed_in() -> Actor | None:
    """The member with the living session, whatever they look as."""
    is_here = has_session() and isinstance(current_user._get_current_object(), SignedIn)
    if not is_here:
        return None
    member = cast(Actor, current_user.actor)
    if session.get(LAST_LANGUAGE) != member.language:
        session[LAST_LANGUAGE] = member.language
    return member


def actor() -> Actor:
    """The actor of this request: a member with a living session, or a guest; for who looks at the site as somebody of
    another kind, that kind."""
    if "actor" not in g:
        member, look = _signed_in(), looking()
        if member is not None and look is not None:
            g.actor = onlooker(look.viewpoint, member.language, member.time_zone)
        else:
            g.actor = member or actors.guest(guest_language())
    return cast(Actor, g.actor)


@dataclass(frozen=True, slots=True)
class Look:
    """That somebody of the team looks at the site as others see it, until then; `group` is the name of the group."""

    viewpoint: Viewpoint
    group: str
    until: datetime


def looking() -> Look | None:
    """As what this browser looks at the site, as long as its member may."""
    if "look" not in g:
        g.look = _look()
    return cast(Look | None, g.look)


def _look() -> Look | None:
    kept = session.get(LOOK)
    member = _signed_in() if kept else None
    if not kept or member is None or not may(member, "site.look"):
        return None
    kind, group_id, group, until = kept
    look = Look(Viewpoint(kind, group_id), group, datetime.fromtimestamp(until, UTC))
    return look if look.until > clock.now() else None


def begin_look(viewpoint: Viewpoint, group: str = "") -> None:
    """This browser sees the site from there for a quarter of an hour."""
    until = clock.now() + LOOK_LASTS
    session[LOOK] = [viewpoint.kind, viewpoint.group_id, group, int(until.timestamp())]


def end_look() -> None:
    """This browser sees the site as its member again."""
    session.pop(LOOK, None)


def viewer() -> ViewerRow:
    """What the frame shows of the one who looks; falsy for a guest."""
    if actor().is_onlooker:
        return member_queries.NOBODY if actor().is_guest else _ONLOOKER
    return cast(ViewerRow, current_user.viewer) if not actor().is_guest else member_queries.NOBODY


def begin_session(token: str) -> None:
    """Signs this browser in with a new session token; the token against forged requests changes with it. The cookie
    lasts as long as the session's row."""
    session.clear()
    found = _load(token)
    if found is not None:
        session.permanent = found.viewer.days != UNTIL_CLOSED
        session["days"] = found.viewer.days
        session[LAST_LANGUAGE] = found.actor.language
        login_user(found)
        g.actor = found.actor


def end_session() -> str | None:
    """Signs this browser out; returns the token that was in use."""
    token = session.get("_user_id")
    logout_user()
    session.clear()
    for kept in ("actor", "csrf_token"):
        g.pop(kept, None)
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
