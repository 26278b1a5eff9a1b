"""Addresses and names in running text: `https://…`, `www.…`, `user@host.example` and @mentions become links."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_ADDRESS = re.compile(r"://[^\s<>\x00-\x20\"`]{3,2000}")
_PROTOCOL = re.compile(r"(?:^|[^A-Za-z0-9.+-])(https?)$", re.IGNORECASE)
_HOST = re.compile(r"://(?:[^/?#\s@]{1,100}@)?(?:[\w-]{1,63}\.)*[\w-]{1,63}(?=[:/?#]|$)")
_NAMED = re.compile(
    r"(?<![\w@/.+-])@(?P<name>\w(?:[\w.-]{0,80}\w)?)"
    r"|(?<![\w@/.:+-])(?P<www>www\.(?:[\w-]{1,63}\.)+[A-Za-z][\w-]{1,62}(?:[/?#][^\s<>\"`]{0,2000})?)"
    r"|(?<![\w@/.+-])(?P<mail>\w[\w.+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?\.)+[A-Za-z]{2,24})(?![\w-])"
)
_RAW_OPEN = re.compile(r"<(a|code|pre|kbd|samp)[\s>]", re.IGNORECASE)
_RAW_CLOSE = re.compile(r"</(a|code|pre|kbd|samp)\s*>", re.IGNORECASE)


def address(state: StateInline, silent: bool) -> bool:
    """Inline rule at a colon: an address of the web that stands in the text becomes a link (GFM's extended
    autolinks)."""
    src, pos = state.src, state.pos
    if src[pos] != ":" or not src.startswith("://", pos) or state.linkLevel > 0:
        return False
    protocol = _PROTOCOL.search(state.pending[-10:])
    match = _ADDRESS.match(src, pos, state.posMax)
    if protocol is None or match is None:
        return False
    rest = without_tail(match[0])
    if not _HOST.match(rest):
        return False
    url = protocol[1] + rest
    href = state.md.normalizeLink(url)
    if not state.md.validateLink(href):
        return False
    if not silent:
        state.pending = state.pending[: -len(protocol[1])]
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": href}
        opening.markup = "autolink"
        text = state.push("text", "", 0)
        text.content = url
        closing = state.push("link_close", "a", -1)
        closing.markup = "autolink"
    state.pos += len(rest)
    return True


def without_tail(url: str) -> str:
    """`url` without the punctuation that belongs to the sentence around it: closing marks, and a bracket never
    opened."""
    while url:
        last = url[-1]
        if last in "?!.,:*_~'\";…»“”":
            url = url[:-1]
        elif last == ")" and url.count(")") > url.count("("):
            url = url[: -1 - _surplus(url)]
        elif last == "]" and url.count("]") > url.count("["):
            url = url[:-1]
        else:
            return url
    return url


def _surplus(url: str) -> int:
    """How many more of the closing brackets at the very end could go at once (keeps runs of brackets linear)."""
    run = len(url) - len(url.rstrip(")"))
    return min(run, url.count(")") - url.count("(")) - 1


def name_links(children: list[Token], named: Mapping[str, tuple[str, str]], found: set[str] | None) -> list[Token]:
    """`children` of an inline token with members, groups, mail addresses and `www.` hosts linked.

    `named` maps a name as it is written, case folded, to words and address; others stay text. All names that are
    written go into `found` if it is given. Nothing is linked inside a link or code, Markdown's or raw HTML's.
    """
    out: list[Token] = []
    links = 0
    raw: list[str] = []
    for token in children:
        kind = token.type
        if kind == "link_open":
            links += 1
        elif kind == "link_close":
            links -= 1
        elif kind == "html_inline":
            if (closing := _RAW_CLOSE.match(token.content)) and raw and raw[-1] == closing[1].lower():
                raw.pop()
            elif opening := _RAW_OPEN.match(token.content):
                raw.append(opening[1].lower())
        elif kind == "text" and not links and not raw and ("@" in token.content or "www." in token.content):
            out.extend(_split(token, named, found))
            continue
        out.append(token)
    return out


def _split(token: Token, named: Mapping[str, tuple[str, str]], found: set[str] | None) -> list[Token]:
    text = token.content
    out: list[Token] = []
    start = 0
    for match in _NAMED.finditer(text):
        attrs: dict[str, str | int | float]
        if name := match["name"]:
            if found is not None:
                found.add(name)
            link = named.get(name.casefold())
            if link is None:
                continue
            label = link[0]
            attrs = {"href": link[1], "class": "mention"}
        elif mail := match["mail"]:
            attrs, label = {"href": f"mailto:{mail}"}, mail
        else:
            label = without_tail(match["www"])
            attrs = {"href": f"http://{quote(label, safe='/?#[]@!$&()*+,;=:%~')}"}
        if match.start() > start:
            out.append(_text(text[start : match.start()], token.level))
        out.append(Token("link_open", "a", 1, attrs=attrs, level=token.level))
        out.append(_text(label, token.level + 1))
        out.append(Token("link_close", "a", -1, level=token.level))
        start = match.start() + (len(match[0]) if not match["www"] else len(label))
    if not out:
        return [token]
    if start < len(text):
        out.append(_text(text[start:], token.level))
    return out


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, content=content, level=level)


def attribute(token: Token, name: str) -> str:
    """An attribute of `token` as text; empty when it has none."""
    value: Any = token.attrs.get(name, "")
    return str(value)
