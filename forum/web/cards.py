"""What stands for this community elsewhere: cards beside links to it, signs and the manifest for home screens.

Whoever asks sees what a guest sees."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from forum.core.actor import guest
from forum.core.errors import NotFound
from forum.core.locale import nearest
from forum.http import cards, manifest
from forum.http.viewer import community
from forum.threads import queries as threads

bp = Blueprint("cards", __name__)


@bp.app_template_global()
def card_address(language: str) -> str:
    """The address of the community's card."""
    return cards.address(community(), language)


@bp.app_template_global()
def thread_card_address(thread_id: int, title: str, language: str) -> str:
    """The address of a thread's card."""
    return cards.thread_address(community(), thread_id, title, language)


@bp.get("/card/<language>.png")
def show(language: str) -> AnyResponse:
    if language not in community().languages:
        raise NotFound
    return _sent(cards.card(community(), language))


@bp.get("/t/<int:thread_id>/card.png")
def thread(thread_id: int) -> AnyResponse:
    found = threads.get_thread(guest(community().default_language), thread_id)
    return _sent(cards.card(community(), nearest(found.language), found.title))


@bp.get("/apple-touch-icon.png")
def home_sign() -> AnyResponse:
    return _sent(cards.sign(community(), "home"))


@bp.get("/icon/<kind>.png")
def sign(kind: str) -> AnyResponse:
    return _sent(cards.sign(community(), kind))


@bp.get(manifest.PATH)
def web_app_manifest() -> AnyResponse:
    """In the language that the address names, since browsers ask for it without cookies; the one of an older look, or
    that somebody has typed, is not kept."""
    here = community()
    language = request.args.get("language", here.default_language)
    if language not in here.languages:
        raise NotFound
    response = Response(manifest.manifest(here, language), mimetype="application/manifest+json")
    is_current = request.full_path == manifest.address(here, language)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_current else "no-store"
    return response


def _sent(png: bytes) -> Response:
    response = Response(png, mimetype="image/png")
    response.headers["Cache-Control"] = "private, max-age=86400"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
