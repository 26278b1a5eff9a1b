"""Style sheets, scripts and icons: joined at start, or when the look changes; named by their content, kept by browsers
for a year."""

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Blueprint, Flask, Response, request

from forum.community import queries as community_queries
from forum.community.look import Look, style_mark
from forum.core.errors import NotFound
from forum.core.locale import tongues
from forum.http import script_words, stylesheet, viewer
from forum.http.packing import takes_gzip

ROOT = Path(__file__).parent.parent.parent / "static"
STYLES = tuple("tokens base frame components post highlight pages ideas search reading low print".split())
"""Style sheets in the order in which they are joined; `components` is a folder, a file for each."""
_KEPT_LOOKS = 8
_LOOK_ADDRESS = re.compile(r"/static/(?:(app)\.[0-9a-f]{12}\.css|favicon\.[0-9a-f]{12}\.svg)")

_COMMENT = re.compile(r"^[ \t]*/\*(?:[^*]|\*(?!/))*\*/[ \t]*$", re.MULTILINE)
_INDENT = re.compile(r"\n\s+")

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
_sources: dict[str, str] = {}
_of_looks: dict[Look, Mapping[str, Asset]] = {}
"""What has the brand's colours, by name, for the newest looks."""


def _made(name: str, mimetype: str, content: bytes) -> Asset:
    stem, _, ending = name.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(f"/static/{stem}.{digest}.{ending}", mimetype, content, gzip.compress(content, 9, mtime=0))


def lean(source: str) -> str:
    """A style sheet or script of ours without what its readers alone need: comments on lines of their own, blank lines
    and indentation. It stays as many lines as it has rules and statements, so that a browser's tools can name them."""
    return _INDENT.sub("\n", _COMMENT.sub("", source)).strip()


def _sheet(path: Path) -> str:
    files = sorted(path.glob("*.css")) if path.is_dir() else [path.with_suffix(".css")]
    return "\n".join(lean(file.read_text(encoding="utf-8")) for file in files)


def load() -> None:
    """Reads and joins the files; called at start. Those in `js/apart` stay scripts of their own, for pages that name
    them."""
    for name in STYLES:
        _sources[name] = _sheet(ROOT / "css" / name)
    _sources["favicon.svg"] = (ROOT / "favicon.svg").read_text(encoding="utf-8")
    _of_looks.clear()
    files = [lean(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "js").glob("*.js"))]
    _by_name.update(_drawn_in(stylesheet.DEFAULT_LOOK, ""))
    for path in sorted((ROOT / "js" / "apart").glob("*.js")):
        _by_name[path.name] = _made(path.name, "text/javascript", lean(path.read_text(encoding="utf-8")).encode())
    _by_name["styleguide.css"] = _made("styleguide.css", "text/css", (ROOT / "styleguide.css").read_bytes())
    for name in ("proof.js", "proof_worker.js"):
        _by_name[name] = _made(name, "text/javascript", lean((ROOT / name).read_text(encoding="utf-8")).encode())
    icons = _by_name["icons.svg"] = _made("icons.svg", "image/svg+xml", (ROOT / "icons.svg").read_bytes())
    for tongue in tongues():
        scripts = "\n".join([script_words.script(tongue, icons.address), *files, ""])
        _by_name[f"app.{tongue}.js"] = _made("app.js", "text/javascript", scripts.encode())
    _by_address.update({made.address: made for made in _by_name.values()})


def _drawn_in(look: Look, own_style: str) -> dict[str, Asset]:
    parts = {name: _sources[name] for name in STYLES}
    sheet, icon = stylesheet.joined(parts, look, own_style), stylesheet.coloured(_sources["favicon.svg"], look)
    return {
        "app.css": _made("app.css", "text/css", sheet.encode()),
        "favicon.svg": _made("favicon.svg", "image/svg+xml", icon.encode()),
    }


def address(name: str) -> str:
    """The address of an asset, which changes with its content; what has the brand's colours, in ours (`of_look`)."""
    return _by_name[name].address


def script(tongue: str) -> str:
    """The address of the scripts, which say what they say in this tongue."""
    return _by_name[f"app.{tongue}.js"].address


def _assets_of(look: Look) -> Mapping[str, Asset]:
    made = _of_looks.get(look)
    if made is None:
        own = community_queries.own_style() if look.style_mark else ""
        made = _drawn_in(look, own)
        if style_mark(own) == look.style_mark:  # else it was changed since the mark was read: right for now alone
            while len(_of_looks) >= _KEPT_LOOKS:
                _of_looks.pop(next(iter(list(_of_looks))), None)
            _of_looks[look] = made
    return made


def of_look(look: Look) -> Mapping[str, str]:
    """The addresses of `app.css` and `favicon.svg` as an installation has them."""
    return {name: made.address for name, made in _assets_of(look).items()}


def _find(wanted: str) -> Asset | None:
    if wanted in _by_address:
        return _by_address[wanted]
    kind = _LOOK_ADDRESS.fullmatch(wanted)
    if kind is None:
        return None
    name = "app.css" if kind[1] else "favicon.svg"
    for assets in list(_of_looks.values()):
        if assets[name].address == wanted:
            return assets[name]
    # Another process has made it, for everybody or without the own styles (for the page that mends them).
    look = viewer.community().look
    for one in (look, replace(look, style_mark="")):
        if (made := _assets_of(one)[name]).address == wanted:
            return made
    return _assets_of(look)[name]  # it is of an older look, and the page is still open


@bp.get("/static/<path:name>")
def asset(name: str) -> Response:
    wanted = f"/static/{name}"
    found = _find(wanted)
    if found is None:
        raise NotFound
    packs = takes_gzip(request.headers.get("Accept-Encoding", ""))
    response = Response(found.packed if packs else found.content, mimetype=found.mimetype)
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if found.address == wanted else "no-store"
    response.headers["Vary"] = "Accept-Encoding"
    return response


def init_app(app: Flask) -> None:
    load()
    app.register_blueprint(bp)
