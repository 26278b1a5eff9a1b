"""The shape of what members wrote as raw HTML, mended on bleach's stream of tokens so that the page stays valid."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from forum.text.allowed import BLOCKS, HEADINGS, PHRASING, VOID
from forum.text.outline import Outline

_HOLDS_PHRASING = (PHRASING - {"ins", "del"}) | HEADINGS | {"p", "summary", "pre"}
_LISTS = frozenset({"ul", "ol"})

_Token = dict[str, Any]


@dataclass(slots=True)
class _Open:
    """An element that is open: as it was written, as it goes out ("" when only its content stays), the box around
    it."""

    name: str
    tag: str
    box: str = ""
    has_summary: bool = False


class Tidy:
    """An html5lib filter: headings below the page's own; list items only in lists, and nothing else in those; a
    summary in every details and nowhere else; no block inside a phrase; tables and code in boxes that can be scrolled
    by keyboard."""

    def __init__(self, source: Iterable[_Token]) -> None:
        self._source = source
        self._outline = Outline()
        self._open: list[_Open] = []
        self._phrases = 0
        self._wants_summary = False

    def __iter__(self) -> Iterator[_Token]:
        for token in self._source:
            kind = token["type"]
            if self._wants_summary:
                if _is_blank(token):
                    continue
                yield from self._summary_before(token)
            if kind == "StartTag" and token["name"] not in VOID:
                yield from self._start(token)
            elif kind == "EndTag":
                yield from self._end()
            elif kind in ("EmptyTag", "StartTag"):
                if not (token["name"] == "hr" and self._phrases):
                    yield token
            elif self._open and self._open[-1].tag in _LISTS and not _is_blank(token):
                yield from (_start("li"), token, _end("li"))
            else:
                yield token

    def _summary_before(self, token: _Token) -> Iterator[_Token]:
        self._wants_summary = False
        if token["type"] != "StartTag" or token["name"] != "summary":
            self._open[-1].has_summary = True
            yield from (_start("summary"), {"type": "Characters", "data": "…"}, _end("summary"))

    def _start(self, token: _Token) -> Iterator[_Token]:
        name, attrs = token["name"], token["data"]
        parent = next((element for element in reversed(self._open) if element.tag), None)
        element = _Open(name, self._tag(name, parent))
        self._open.append(element)
        if not element.tag:
            return
        if name in _HOLDS_PHRASING:
            self._phrases += 1
        if name == "table":
            element.box = "div"
            yield _start("div", {(None, "class"): "table-box", (None, "tabindex"): "0"})
        elif name != "li" and parent and parent.tag in _LISTS:
            element.box = "li"
            yield _start("li")
        if name == "pre":
            attrs[(None, "tabindex")] = "0"
        yield _start(element.tag, attrs)
        self._wants_summary = name == "details"

    def _tag(self, name: str, parent: _Open | None) -> str:
        """The tag that an element goes out with; empty when only its content stays."""
        if name == "li":
            return name if parent and parent.tag in _LISTS else ""
        if name == "summary":
            if parent is None or parent.tag != "details" or parent.has_summary:
                return ""
            parent.has_summary = True
            return name
        if name in BLOCKS and self._phrases:
            return ""
        return self._outline.tag(int(name[1])) if name in HEADINGS else name

    def _end(self) -> Iterator[_Token]:
        element = self._open.pop()
        if not element.tag:
            return
        if element.name in _HOLDS_PHRASING:
            self._phrases -= 1
        yield _end(element.tag)
        if element.box:
            yield _end(element.box)


def _is_blank(token: _Token) -> bool:
    return token["type"] == "SpaceCharacters" or (token["type"] == "Characters" and not token["data"].strip())


def _start(name: str, attrs: dict[tuple[None, str], str] | None = None) -> _Token:
    return {"type": "StartTag", "name": name, "namespace": None, "data": attrs or {}}


def _end(name: str) -> _Token:
    return {"type": "EndTag", "name": name, "namespace": None, "data": {}}
