"""From Markdown to tokens to HTML: CommonMark with tables, strikethrough, task lists, autolinks, footnotes, quotes,
mentions.

One parser per thread: it keeps no state between texts, but its rulers are not made for being shared.
"""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from forum.text import footnotes, quotes, rawhtml
from forum.text.allowed import is_link, valid_address
from forum.text.links import address, attribute, name_links
from forum.text.outline import Outline
from forum.text.renderer import Renderer

MAX_NESTING = 40

_local = threading.local()
_TASKS = frozenset({"[ ] ", "[x] "})
_RANGE = re.compile(r"\d–\d")
_SHORT_CELL = 16


class TooDeep(Exception):
    """The text is nested deeper than anyone writes by hand; the parser would leave out what lies below."""


@dataclass(slots=True)
class Parsed:
    """A text as tokens ready for `to_html`, with what was named in it."""

    tokens: list[Token]
    env: dict[str, Any]
    mentions: set[str]
    quotes: set[tuple[int, int]] = field(default_factory=set)
    has_raw_html: bool = False


def commonmark() -> MarkdownIt:
    """The parser with every extension of ours off."""
    return MarkdownIt("commonmark")


def extended() -> MarkdownIt:
    """The parser that posts go through."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING, "xhtmlOut": False}, renderer_cls=Renderer)
    parser.enable(["table", "strikethrough"])
    parser.validateLink = is_link  # type: ignore[method-assign]
    encoded = parser.normalizeLink
    parser.normalizeLink = lambda url: valid_address(encoded(url))  # type: ignore[method-assign]
    parser.block.ruler.before("reference", "footnote", footnotes.definition, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.before("link", "footnote", footnotes.reference)
    parser.inline.ruler.before("newline", "address", address)
    # Before an escaped sign is joined with the text around it: \\@anna is no mention.
    parser.core.ruler.before("text_join", "names", _names)
    return parser


def parse(body: str, links: Mapping[str, tuple[str, str]]) -> Parsed:
    """Parse the Markdown of a post, in which these names are linked; raises TooDeep."""
    parser = _parser()
    env: dict[str, Any] = {"links": links, "mentions": set()}
    parsed = Parsed(parser.parse(body, env), env, env["mentions"])
    _finish(parsed)
    return parsed


def to_html(parsed: Parsed, prefix: str) -> str:
    """The HTML of what was parsed, not yet through the gates. `prefix` starts the ids of its footnotes."""
    parsed.env["prefix"] = prefix
    parsed.env["focus"] = "" if parsed.has_raw_html else ' tabindex="0"'
    parser = _parser()
    html: str = parser.renderer.render(parsed.tokens, parser.options, parsed.env)
    return html


def _parser() -> MarkdownIt:
    parser: MarkdownIt | None = getattr(_local, "parser", None)
    if parser is None:
        parser = _local.parser = extended()
    return parser


def _names(state: StateCore) -> None:
    """Core rule: names, mail addresses and hosts in the text. Who is named in a quotation isn't spoken to."""
    if "@" not in state.src and "www." not in state.src:
        return
    quoted = 0
    for token in state.tokens:
        if token.type == "inline":
            if "@" in token.content or "www." in token.content:
                found = None if quoted else state.env["mentions"]
                token.children = name_links(token.children or [], state.env["links"], found)
        elif token.type == "blockquote_open":
            quoted += 1
        elif token.type == "blockquote_close":
            quoted -= 1


def _finish(parsed: Parsed) -> None:
    """Everything of ours that is easier on tokens than in rules."""
    tokens = parsed.tokens
    insertions: list[tuple[int, list[Token]]] = []
    headings: list[int] = []
    for position, token in enumerate(tokens):
        if token.level >= MAX_NESTING - 1:
            raise TooDeep
        kind = token.type
        if kind == "inline":
            _inline(parsed, token, tokens[position - 2] if position > 1 else None)
        elif kind == "html_block":
            parsed.has_raw_html = True
        elif kind == "blockquote_open" and (post := quotes.post_of(tokens, position)):
            parsed.quotes.add(post)
            insertions.append((position + 4, quotes.mark(tokens, position)))
        elif kind == "heading_open":
            headings.append(position)
        elif kind in ("th_open", "td_open"):
            _cell(token, tokens, position)
    _outline(tokens, headings, keep_levels=parsed.has_raw_html)
    parsed.tokens = _inserted(tokens, insertions) if insertions else tokens
    if "notes" in parsed.env:
        parsed.tokens = footnotes.gather(parsed.tokens)
    if parsed.has_raw_html:
        rawhtml.reduce(parsed.tokens)


def _inline(parsed: Parsed, token: Token, before: Token | None) -> None:
    if "<" in token.content and not parsed.has_raw_html:
        parsed.has_raw_html = any(child.type == "html_inline" for child in token.children or ())
    if token.content[:4].lower() in _TASKS and before is not None and before.type == "list_item_open":
        _task(token)


def _outline(tokens: list[Token], headings: list[int], *, keep_levels: bool) -> None:
    """Levels below the page's own; an empty heading is none. With raw HTML in the text the levels are given later."""
    outline = Outline()
    for position in headings:
        opening, closing = tokens[position], tokens[position + 2]
        if not tokens[position + 1].content:
            opening.hidden = closing.hidden = True
        elif not keep_levels:
            opening.tag = closing.tag = outline.tag(int(opening.tag[1]))


def _task(inline: Token) -> None:
    children = inline.children or []
    if not children or children[0].type != "text" or children[0].content[:3].lower() not in ("[ ]", "[x]"):
        return
    children[0].content = children[0].content[3:].lstrip()
    children.insert(0, Token("box", "", 0, content=inline.content[:4].lower()))


def _cell(token: Token, tokens: list[Token], position: int) -> None:
    style = attribute(token, "style")
    content = tokens[position + 1].content
    # A browser parts "5–6" behind its dash to make a column narrow.
    is_whole = "–" in content and len(content) <= _SHORT_CELL and _RANGE.search(content)
    classes = [style.removeprefix("text-align:")] * bool(style) + ["whole"] * bool(is_whole)
    if classes:
        token.attrs = {"class": " ".join(classes)}
    # A heading cell without words is no heading.
    if token.type == "th_open" and not content:
        token.tag = tokens[position + 2].tag = "td"


def _inserted(tokens: list[Token], insertions: list[tuple[int, list[Token]]]) -> list[Token]:
    out: list[Token] = []
    last = 0
    for position, more in sorted(insertions, key=lambda pair: pair[0]):
        out.extend(tokens[last:position])
        out.extend(more)
        last = position
    out.extend(tokens[last:])
    return out
