"""How the installation looks: what an administrator chooses, and what an own style sheet may be."""

from collections.abc import Iterable
from dataclasses import dataclass

import tinycss2
from tinycss2.ast import Node

from forum.core.errors import Invalid

CORNERS = ("square", "soft", "round")
THEMES = ("auto", "light", "dark")
"""What is shown to whom hasn't chosen; `auto` follows the reader's device."""
MOST_STYLE_LENGTH = 50_000
"""Characters of the own style sheet: a hand-written one has a tenth of that."""
_REFUSED_RULES = frozenset({"import", "charset", "namespace"})
"""They count only at the top of a file, or would bring in others, which the Content-Security-Policy forbids."""


@dataclass(frozen=True, slots=True)
class Look:
    """What an installation's style sheet is made from besides ours: the brand's colour as `#rrggbb`, the form of
    corners, the theme, and which own style sheet stands at its end (empty: none)."""

    brand_colour: str
    corners: str
    theme: str
    style_mark: str = ""


def checked_style(css: str) -> str:
    """The own style sheet without blanks around it. Raises Invalid, with the line of what can't be read: a torn rule
    would take all others with it."""
    css = css.strip()
    if len(css) > MOST_STYLE_LENGTH:
        raise Invalid("too-long", "style", limit=MOST_STYLE_LENGTH)
    for node in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if (torn := _first_error([node])) is not None:
            raise Invalid("style-unreadable", "style", line=torn)
        if node.type == "at-rule" and node.lower_at_keyword in _REFUSED_RULES:
            raise Invalid("style-rule-refused", "style", line=node.source_line, rule=f"@{node.lower_at_keyword}")
    return css


def _first_error(nodes: Iterable[Node]) -> int | None:
    """The line of the first thing that isn't CSS, however deep: a bracket too many is part of the next rule's head."""
    waiting = [*nodes]
    while waiting:
        node = waiting.pop()
        if node.type == "error":
            return int(node.source_line)
        for inside in ("prelude", "content", "arguments"):
            waiting += getattr(node, inside, None) or ()
    return None
