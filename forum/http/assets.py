"""Style sheets, scripts and icons: joined once at start, named by their content, kept by browsers for a year."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, request

from forum.core.errors import NotFound
from forum.http.packing import takes_gzip

ROOT = Path(__file__).parent.parent.parent / "static"
STYLES = ("tokens", "base", "frame", "parts", "post", "highlight", "pages", "ideas", "search")
"""Style sheets in the order in which they are joined."""

bp = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    address: str
    mimetype: str
    content: bytes
    packed: bytes


_by_name: dict[str, Asset] = {}
_by_address: dict[str, Asset] = {}


def _join(paths: list[Path]) -> bytes:
    return b"\n".join(path.read_bytes().strip() for path in paths if path.exists()) + b"\n"


def load() -> None:
    """Reads and joins the files; called at start."""
    styles = [ROOT / "css" / f"{name}.css" for name in STYLES]
    sources = {
        "app.css": ("text/css", _join(styles)),
        "app.js": ("text/javascript", _join(sorted((ROOT / "js").glob("*.js")))),
        "icons.svg": ("image/svg+xml", _join([ROOT / "icons.svg"])),
        "favicon.svg": ("image/svg+xml", _join([ROOT / "favicon.svg"])),
    }
    for name, (mimetype, content) in sources.items():
        stem, _, ending = name.rpartition(".")
        digest = hashlib.sha256(content).hexdigest()[:12]
        asset = Asset(f"/static/{stem}.{digest}.{ending}", mimetype, content, gzip.compress(content, 9, mtime=0))
        _by_name[name] = _by_address[asset.address] = asset


def address(name: str) -> str:
    """The address of an asset, which changes with its content."""
    return _by_name[name].address


@bp.get("/static/<path:name>")
def asset(name: str) -> Response:
    found = _by_address.get(f"/static/{name}")
    if found is None:
        raise NotFound
    packs = takes_gzip(request.headers.get("Accept-Encoding", ""))
    response = Response(found.packed if packs else found.content, mimetype=found.mimetype)
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    return response


def init_app(app: Flask) -> None:
    load()
    app.register_blueprint(bp)
