"""The HTML that members write in their Markdown, reduced before any parser sees it.

CommonMark passes raw HTML through as it stands, so one unclosed tag would swallow the rest of a post, and piled-up
formatting elements make an HTML parser build quadratically many. After this pass every tag is complete, known,
carries only the attributes of the allow-list and, where it could do harm unclosed, is closed; the nesting is bounded.
The gates still look at everything.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape

from markdown_it.token import Token

from forum.text.allowed import (
    ATTRIBUTES,
    KNOWN,
    NUMBERS,
    RENAMED,
    TAGS,
    VANISHING,
    VOID,
    is_link,
    is_number,
    is_own_picture,
    picture_attributes,
    valid_address,
)

MAX_DEPTH = 24

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]{0,40})"
    r"(?P<attrs>(?:\s+[A-Za-z_:@][\w:.@-]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*)\s*/?>"
)
_ATTRIBUTE = re.compile(r"\s([A-Za-z_:@][\w:.@-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_OPTIONAL_END = frozenset({"p", "li", "tr", "td", "th", "thead", "tbody", "tfoot"})
_MAY_SPAN = frozenset({"details", "div", "blockquote", "ol", "ul", "table", "del", "ins", "summary", "p", "li"})
"""Block elements that may open in one HTML block and close in another, with Markdown between."""


@dataclass(slots=True)
class _Piece:
    """A stretch of text, or one tag with what it becomes."""

    html: str
    name: str = ""
    is_end: bool = False


@dataclass(slots=True)
class _Open:
    name: str
    piece: _Piece
    scope: int


@dataclass(slots=True)
class _Walk:
    stack: list[_Open] = field(default_factory=list)
    optional: dict[str, int] = field(default_factory=dict)
    scope: int = 0

    def tag(self, piece: _Piece, *, is_block: bool) -> None:
        """Keep the balance: an end without a start goes, and so does what would be nested too deep."""
        if piece.name in VOID:
            return
        if piece.is_end:
            self._end(piece)
        elif piece.name in _OPTIONAL_END:
            self.optional[piece.name] = self.optional.get(piece.name, 0) + 1
        elif len(self.stack) >= MAX_DEPTH:
            piece.html = ""
        else:
            self.stack.append(
                _Open(piece.name, piece, self.scope if not is_block or piece.name not in _MAY_SPAN else 0)
            )

    def _end(self, piece: _Piece) -> None:
        if piece.name in _OPTIONAL_END:
            if self.optional.get(piece.name, 0) > 0:
                self.optional[piece.name] -= 1
            else:
                piece.html = ""
            return
        for position in range(len(self.stack) - 1, -1, -1):
            if self.stack[position].name == piece.name:
                for unclosed in self.stack[position + 1 :]:
                    unclosed.piece.html = ""
                del self.stack[position:]
                return
        piece.html = ""

    def end_scope(self) -> None:
        """What was opened in this paragraph or block and has to close in it, but didn't, goes."""
        kept = []
        for entry in self.stack:
            if entry.scope == self.scope and self.scope:
                entry.piece.html = ""
            else:
                kept.append(entry)
        self.stack = kept


def reduce(tokens: list[Token]) -> None:
    """Replace the contents of all raw HTML in `tokens`, in place, by what the allow-list leaves of it."""
    walk = _Walk()
    blocks: list[tuple[Token, list[_Piece]]] = []
    for token in tokens:
        if token.type == "html_block":
            walk.scope += 1
            pieces = _without_vanishing(list(_pieces(token.content)))
            _walk_pieces(walk, pieces, is_block=True, in_link=False)
            blocks.append((token, pieces))
            walk.end_scope()
        elif token.type == "inline" and any(child.type == "html_inline" for child in token.children or ()):
            walk.scope += 1
            blocks.extend(_inline(walk, token))
            walk.end_scope()
    for token, pieces in blocks:
        token.content = "".join(piece.html for piece in pieces)


def _inline(walk: _Walk, token: Token) -> list[tuple[Token, list[_Piece]]]:
    children = token.children or []
    found: list[tuple[Token, list[_Piece]]] = []
    flat: list[_Piece] = []
    of_child: dict[int, list[_Piece]] = {}
    for position, child in enumerate(children):
        if child.type == "html_inline":
            own = list(_pieces(child.content))
            of_child[position] = own
            flat.extend(own)
    gone = _vanishing(flat)
    kept: list[Token] = []
    links = 0
    hidden = ""
    for position, child in enumerate(children):
        if child.type != "html_inline":
            links += (child.type == "link_open") - (child.type == "link_close")
            # Ends of emphasis and links stay, or what opened before would never close.
            if not hidden or child.nesting == -1:
                kept.append(child)
            continue
        pieces = of_child[position]
        for piece in pieces:
            if hidden:
                if piece.is_end and piece.name == hidden:
                    hidden = ""
                piece.html = ""
            elif id(piece) in gone:
                hidden = piece.name
                piece.html = ""
        _walk_pieces(walk, [piece for piece in pieces if piece.html], is_block=False, in_link=links > 0)
        found.append((child, pieces))
        kept.append(child)
    token.children = kept
    return found


def _walk_pieces(walk: _Walk, pieces: Iterable[_Piece], *, is_block: bool, in_link: bool) -> None:
    for piece in pieces:
        if not piece.name or not piece.html:
            continue
        if piece.name == "img":
            piece.html = _picture(piece.html, in_link or any(entry.name == "a" for entry in walk.stack))
            piece.name = ""
        else:
            walk.tag(piece, is_block=is_block)


def _pieces(raw: str) -> Iterator[_Piece]:
    """Cut raw HTML into text and tags; comments, declarations and instructions go, what is no complete tag becomes
    text."""
    position = 0
    while True:
        start = raw.find("<", position)
        if start < 0:
            break
        if start > position:
            yield _Piece(raw[position:start])
        match = _TAG.match(raw, start)
        if match:
            yield _tag_piece(match)
            position = match.end()
            continue
        end = _end_of_declaration(raw, start)
        if end:
            position = end
        else:
            yield _Piece("&lt;")
            position = start + 1
    if position < len(raw):
        yield _Piece(raw[position:])


def _end_of_declaration(raw: str, start: int) -> int:
    """Where the comment, declaration or instruction that begins at `start` ends; its block's end when it is open;
    else 0."""
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")):
        if raw.startswith(opening, start):
            end = raw.find(closing, start + (2 if opening == "<!--" else len(opening)))
            return end + len(closing) if end >= 0 else len(raw)
    return 0


def _tag_piece(match: re.Match[str]) -> _Piece:
    name = match["name"].lower()
    name = RENAMED.get(name, name)
    is_end = bool(match["end"])
    if name in VANISHING:
        return _Piece("<", name, is_end)
    if name not in TAGS:
        return _Piece("" if name in KNOWN else "&lt;" + escape(match[0][1:], quote=False))
    if name == "span":  # without attributes it says nothing
        return _Piece("")
    if is_end:
        return _Piece("" if name in VOID else f"</{name}>", name, True)
    attrs = "".join(f' {key}="{value}"' for key, value in _attributes(name, match["attrs"]))
    if name == "a" and "href=" not in attrs:
        return _Piece("")
    return _Piece(f"<{name}{attrs}>", name)


def _attributes(tag: str, written: str) -> Iterator[tuple[str, str]]:
    allowed = ATTRIBUTES.get(tag)
    if not allowed or not written:
        return
    seen: set[str] = set()
    for match in _ATTRIBUTE.finditer(written):
        name = match[1].lower()
        if name not in allowed or name in seen:
            continue
        seen.add(name)
        value = unescape(match[2] or match[3] or match[4] or "")
        if name in NUMBERS and not is_number(name, value):
            continue
        if name == "href" and not is_link(value):
            continue
        if name == "href":
            value = valid_address(value)
        if name in ("open", "reversed"):
            value = ""
        yield name, escape(value)


def _picture(html: str, in_link: bool) -> str:
    """An `<img>`: an upload stays, a picture from elsewhere becomes a link, inside a link its words."""
    values = {match[1]: unescape(match[2] or "") for match in _ATTRIBUTE.finditer(html)}
    source, alt = values.get("src", ""), values.get("alt", "").strip()
    if is_own_picture(source):
        html = html if "alt" in values else html[:-1] + ' alt="">'
        return html if {"width", "height"} & values.keys() else f"{html[:-1]}{picture_attributes(source)}>"
    return picture_link(source, alt, in_link=in_link)


def picture_link(source: str, alt: str, *, in_link: bool) -> str:
    """What stands in for a picture that isn't an upload: a link to it with its words or address; in a link the
    words."""
    words = escape(alt or source, quote=False)
    if in_link or not source or not is_link(source):
        return words
    return f'<a href="{escape(valid_address(source))}">{words}</a>'


def _vanishing(pieces: list[_Piece]) -> set[int]:
    """The opening tags (by identity) of elements that vanish and are closed further on; the others become text."""
    closed: set[str] = set()
    gone: set[int] = set()
    for piece in reversed(pieces):
        if piece.name not in VANISHING:
            continue
        if piece.is_end:
            closed.add(piece.name)
        elif piece.name in closed:
            gone.add(id(piece))
        else:
            piece.html, piece.name = f"&lt;{piece.name}&gt;", ""
    for piece in pieces:
        if piece.name in VANISHING and piece.is_end:
            piece.html = ""
    return gone


def _without_vanishing(pieces: list[_Piece]) -> list[_Piece]:
    """An HTML block without its scripts, styles and the like; one that is never closed takes the rest of the block
    along."""
    last_end = {
        piece.name: position for position, piece in enumerate(pieces) if piece.name in VANISHING and piece.is_end
    }
    kept: list[_Piece] = []
    hidden = ""
    for position, piece in enumerate(pieces):
        if hidden:
            if piece.is_end and piece.name == hidden:
                hidden = ""
        elif piece.name not in VANISHING:
            kept.append(piece)
        elif not piece.is_end and (last_end.get(piece.name, -1) > position or piece.name in ("script", "style")):
            hidden = piece.name
        elif not piece.is_end:
            kept.append(_Piece(f"&lt;{piece.name}&gt;"))
    return kept
