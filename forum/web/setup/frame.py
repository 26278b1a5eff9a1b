"""What the screens share: who may see them, what everybody else sees meanwhile, and the way from one to the next."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, Response, g, redirect, request, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.core import locale
from forum.core.actor import SYSTEM, Actor
from forum.core.database import transaction
from forum.core.errors import NotFound
from forum.http import errors
from forum.http.language import of_answer
from forum.http.render import page, wants_json
from forum.http.viewer import actor, community, lead_to_sign_in
from forum.setup import actions, queries
from forum.setup.queries import SCREENS, Progress

bp = Blueprint("setup", __name__, url_prefix="/setup")

BROWSER = "setup"
"""Where the session keeps the key of the browser that opened the link."""
RETRY_SECONDS = 600
_OPEN = frozenset(
    {
        "assets.asset",
        "media.show",
        "health.healthz",
        "health.readyz",
        "language.choose",
        "sign_in.login",
        "sign_in.do_login",
        "sign_in.logout",
        "sign_in_code.code",
        "sign_in_code.do_code",
    }
)


def progress() -> Progress:
    """The first run, which the door has found."""
    found: Progress = g.setup
    return found


@bp.before_app_request
def closed_until_set_up() -> AnyResponse | None:
    """Guests see one quiet page until the community is opened; there is nothing to be seen yet, and nobody to join."""
    if request.endpoint in _OPEN or request.blueprint == bp.name or queries.progress() is None or not actor().is_guest:
        return None
    return being_set_up()


def being_set_up() -> Response:
    """The answer to everybody who isn't setting the community up."""
    if wants_json():
        response = errors.answer(503, _("This community is being set up."))
    else:
        found = queries.progress()
        response = page("setup/closed.html", 503, may_sign_in=found is not None and found.has_account)
        response.headers["Cache-Control"] = "no-store"
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


@bp.before_request
def door() -> AnyResponse | None:
    """Until there is an account, the browser that opened the link may come in; then administrators. A screen is there
    when those before it are passed. Where the community is set up, there is nothing here."""
    found = queries.progress()
    if found is None:
        if request.endpoint == "setup.open_community":  # the button was pressed twice
            return redirect("/", 303)
        raise NotFound
    g.setup = found
    if request.endpoint in {"setup.show_link", "setup.open_link"}:
        return None
    if found.has_account:
        if actor().is_guest:
            return lead_to_sign_in()
        require(actor(), "setup.go_on", found)
    elif not found.is_open_to(session.get(BROWSER, "")):
        return being_set_up()
    screen = request.path.removeprefix("/setup/")
    is_ahead = SCREENS.index(screen) > found.passed if screen in SCREENS else screen == "open" and not found.is_complete
    return redirect("/setup", 303) if is_ahead else None


@bp.get("")
def go_on() -> AnyResponse:
    """Where one stopped."""
    return redirect("/setup/open" if progress().is_complete else f"/setup/{SCREENS[progress().passed]}", 303)


@contextmanager
def passing(screen: str) -> Iterator[Actor]:
    """The transaction in which a screen is done or skipped."""
    with transaction(SYSTEM if actor().is_guest else actor()) as doer:
        actions.pass_screen(doer, session.get(BROWSER, ""), SCREENS.index(screen) + 1)
        yield doer


def onwards(screen: str) -> AnyResponse:
    """To the screen after this one, or to the last page."""
    following = [*SCREENS, "open"][SCREENS.index(screen) + 1]
    return redirect(f"/setup/{following}", 303)


def is_skipped(screen: str) -> bool:
    """Whether the reader passes by; then that is noted."""
    if "skip" not in request.form:
        return False
    with passing(screen):
        pass
    return True


def languages() -> Sequence[str]:
    """The languages that the community has chosen."""
    return [language for language in locale.languages() if language in community().languages]


def screen_page(screen: str, status: int = 200, /, **values: Any) -> Response:
    """One of the screens (or `open`, the last page) with the list of them all."""
    names = (_("Community"), _("Look"), _("Account"), _("Legal"), _("Start"))
    number = SCREENS.index(screen) + 1 if screen in SCREENS else len(SCREENS) + 1
    steps = [
        (f"/setup/{word}", name, place == number, place <= progress().passed)
        for place, (word, name) in enumerate(zip(SCREENS, names, strict=True), 1)
    ]
    return page(
        f"setup/{screen}.html",
        status,
        steps=steps,
        number=number,
        back=f"/setup/{SCREENS[number - 2]}" if number > 1 else None,
        is_named=progress().passed > 0,
        tongues=[(one, locale.name_of(one), locale.name_of(one, of_answer())) for one in languages()],
        here=request.path,
        **values,
    )
