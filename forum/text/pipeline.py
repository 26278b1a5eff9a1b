"""One way from Markdown to what is stored: parse, render, bleach, nh3. Bounded in time, and never in vain."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote

from forum.text import markdown, plain
from forum.text.sanitise import sanitise, second_gate
from forum.text.source import clean_body

PIPELINE_VERSION = 3
"""Raised whenever the same source gives other HTML: `forum rerender` finds the posts to redo by it."""

MAX_PIECES = 25_000
"""Tags and entities in the HTML of one post, beyond which it is shown as it was typed: each costs the gates 15 µs."""

MAX_SIGNS = 60_000
"""Signs in the source that may begin or end markup, beyond which it isn't even parsed."""

MAX_LINES = 15_000
"""Lines in the source, beyond which it isn't parsed either."""

_SIGNS = re.compile(r"[\[\]*_`<>|!~&:\\]")
_PREFIX = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who is meant by the names in a text, by the name as it was typed, case folded: a member's user name; for a group
    what the text shows and where it leads."""

    members: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def links(self) -> Mapping[str, tuple[str, str]]:
        """Words and address by name."""
        return {**self.groups, **{name: (f"@{one}", f"/u/{quote(one, safe='')}") for name, one in self.members.items()}}


NOTHING = Resolved()


@dataclass(frozen=True, slots=True)
class Found:
    """What a text names. Names inside quotations are not in it: who is quoted isn't spoken to."""

    mentions: frozenset[str]
    quotes: frozenset[tuple[int, int]]
    """(thread id, post number) of each quoted post."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A post as it is stored."""

    html: str
    plain: str
    excerpt: str
    version: int = PIPELINE_VERSION


def find(body: str) -> Found:
    """The members and posts that `body` names, read exactly as `render` reads it. Never raises."""
    if "@" not in body and "](/" not in body:
        return Found(frozenset(), frozenset())
    parsed = _parsed(clean_body(body).text, {})
    if parsed is None:
        return Found(frozenset(), frozenset())
    return Found(frozenset(parsed.mentions), frozenset(parsed.quotes))


def render(body: str, resolved: Resolved = NOTHING, *, prefix: str = "") -> Rendered:
    """The HTML of `body`, safe to be put on a page, with its plain text and first words. Never raises.

    `prefix` must differ between the texts of one page: it begins the ids of footnotes. A text that is nested or
    marked up beyond what anyone writes by hand is shown as it was typed.
    """
    text = clean_body(body).text
    html = _html(text, resolved, _PREFIX.sub("", prefix)[:40])
    if html is None:
        html = second_gate(f'<p class="as-typed">{escape(text, quote=False)}</p>') if text else ""
    return Rendered(html, plain.plain_text(html), plain.excerpt(html))


def _html(text: str, resolved: Resolved, prefix: str) -> str | None:
    parsed = _parsed(text, resolved.links())
    if parsed is None:
        return None
    html = markdown.to_html(parsed, prefix)
    if html.count("<") + html.count("&") > MAX_PIECES:
        return None
    return sanitise(html, mend=parsed.has_raw_html).strip()


def _parsed(text: str, links: Mapping[str, tuple[str, str]]) -> markdown.Parsed | None:
    if len(text) > MAX_LINES and (text.count("\n") > MAX_LINES or len(_SIGNS.findall(text)) > MAX_SIGNS):
        return None
    try:
        return markdown.parse(text, links)
    except (markdown.TooDeep, RecursionError):
        return None
