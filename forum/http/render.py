"""Rendering a page in the frame, and what every template may use."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from flask import Flask, current_app, g, make_response, request
from flask import flash as flask_flash
from flask.wrappers import Response
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined, Template
from jinja2.environment import TemplateModule

from forum.access import may
from forum.core import formats, locale
from forum.core.actor import Actor
from forum.core.settings import installed
from forum.http import assets, brand, language, viewer
from forum.media.queries import face_address
from forum.members import queries as member_queries
from forum.moderation import queries as moderation_queries
from forum.threads import queries as thread_queries
from forum.threads.queries import CategoryRow


def wants_json() -> bool:
    """Whether the asker is a script or a tool: then answers and errors are JSON."""
    if request.path.startswith("/api/"):
        return True
    accept = request.accept_mimetypes
    return bool(accept) and accept["application/json"] > accept["text/html"]


def page(template: str, status: int = 200, /, **values: Any) -> Response:
    """An HTML answer; `values` are frozen rows and forms, and nothing in them can ask the database.

    Raises ValueError for a value that would take the place of one of the frame's own."""
    language.speak(language.tongue_of_answer())
    frame = _frame()
    if hidden := frame.keys() & values.keys():
        raise ValueError(f"{template} would hide {', '.join(sorted(hidden))} from the frame")
    html = current_app.jinja_env.get_template(template).render(frame | values)
    response = make_response(html, status)
    if (g.get("has_token") or "csrf_token" in g) and viewer.actor().is_guest:
        response.headers["Cache-Control"] = "no-store"
    return response


def flash(message: str, kind: str = "good") -> None:
    """A message for the next page of a signed-in member (`good`, `warn`, `bad`)."""
    flask_flash(message, kind)


def _frame() -> dict[str, Any]:
    """What base.html needs beyond the page's own rows."""
    actor = viewer.actor()
    community = viewer.community()
    categories = thread_queries.categories(actor, community.stamp)
    return {
        "actor": actor,
        "viewer": _frame_viewer(actor, categories),
        "onlook": viewer.looking(),
        "brand": brand.brand_of(community, actor.language),
        "community": {
            "name": community.name(actor.language),
            "description": community.description(actor.language),
            "team": community.team_name,
            "legal_texts": " ".join(community.legal_texts),
        },
        "categories": categories,
        "language": actor.language,
        "look": assets.of_look(community.look),
    }


@dataclass(frozen=True, slots=True)
class FrameViewer:
    """What the frame shows of a member who looks."""

    id: int | None
    username: str
    display_name: str
    avatar: str | None
    unread: int
    theme: str
    dismissed_welcome: str | None
    may_moderate: bool
    may_admin: bool
    open_cases: int
    join_requests: int


def _frame_viewer(actor: Actor, categories: Sequence[CategoryRow]) -> FrameViewer | None:
    if actor.is_guest:
        return None
    row = viewer.viewer()
    may_moderate = may(actor, "case.list", categories)
    return FrameViewer(
        id=row.id,
        username=row.username,
        display_name=row.display_name,
        avatar=row.avatar,
        unread=row.unread,
        theme=row.theme,
        dismissed_welcome=row.dismissed_welcome,
        may_moderate=may_moderate,
        may_admin=may(actor, "admin.see"),
        open_cases=moderation_queries.open_count(actor) if may_moderate else 0,
        join_requests=member_queries.join_request_count(actor) if may(actor, "member.admit") else 0,
    )


def token() -> str:
    """The token against forged requests; a guest's page that holds one is never kept."""
    if "token_mark" in g:
        return str(g.token_mark)
    g.has_token = True
    return generate_csrf()


@contextmanager
def marking_tokens(mark: str) -> Iterator[None]:
    """Forms that are drawn inside get a mark in the place of the token: they are kept for others, the token never."""
    g.token_mark = mark
    try:
        yield
    finally:
        del g.token_mark


def zone_of_reader() -> str:
    """The name of the time zone in which this answer tells times."""
    actor = viewer.actor()
    return viewer.community().time_zone if actor.is_guest else actor.time_zone


def moment(value: datetime, form: str = "medium") -> str:
    """A time as the reader writes it, to the minute, in their zone; `form` is `medium` or `date`."""
    return formats.written(value, form, viewer.actor().language, zone_of_reader())


@lru_cache(maxsize=8)
def _time_element(macro: Any, is_relative: bool) -> Any:
    """The element with room for the time: thousands of different times are shown, so that keeping each is no use."""
    return macro("%(stamp)s", "%(written)s", is_relative)


def when(value: datetime, form: str = "medium") -> str:
    """A `<time>` with the exact moment; a script turns recent ones into "5 minutes ago", but leaves the forms `exact`,
    for records, and `date`."""
    if "time_macro" not in g:
        g.time_macro = current_app.jinja_env.get_template("components/time.html").module.when  # type: ignore[attr-defined]
        g.time_zone = zone_of_reader()
    stamp = value.isoformat(timespec="seconds").replace("+00:00", "Z")
    said = formats.written(value, form, viewer.actor().language, g.time_zone)
    return cast(str, _time_element(g.time_macro, form == "medium") % {"stamp": stamp, "written": said})


def number(value: float) -> str:
    """A number with the reader's separators."""
    return formats.number(value, language.of_answer())


@lru_cache(maxsize=4_000)
def initials(name: str) -> str:
    """Up to two letters that stand for a person without a picture: of the first and the last word of their name."""
    words = name.split() or ["?"]
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


def counted(count: int) -> str:
    """A number beside a sign in the frame, where there is room for two digits; nothing for none."""
    return "99+" if count > 99 else str(count or "")


def absolute(address: str) -> str:
    """An address of ours as it is written on paper, in mails and for other sites."""
    return installed().base_url + address


def text_in(value: Any) -> str:
    """The reader's version of a text that differs by language."""
    return locale.text_in(value, language.of_answer())


class HouseTemplate(Template):
    """A template whose macros are imported without comparing all globals first: none here has globals of its own."""

    def _get_default_module(self, ctx: Any = None) -> TemplateModule:  # noqa: ARG002  the signature is Jinja's
        if self._module is None:
            self._module = self.make_module()
        return self._module


def init_app(app: Flask) -> None:
    env = app.jinja_env
    env.template_class = HouseTemplate
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.filters |= {
        "when": when,
        "number": number,
        "text_in": text_in,
        "moment": moment,
        "initials": initials,
        "counted": counted,
        "face_address": face_address,
    }
    env.globals |= {
        "asset": assets.address,
        "script": lambda: assets.script(language.spoken()),
        "csrf_token": token,
        "may": may,
        "absolute": absolute,
    }
