"""How the installation looks: what an administrator chooses, and what an own style sheet may be."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

import tinycss2
from tinycss2.ast import Node

from forum.community.marks import mark_of
from forum.core.errors import Invalid

CORNERS = ("square", "soft", "round")
RADII: Mapping[str, tuple[int, int]] = {"square": (0, 0), "soft": (6, 10), "round": (12, 18)}
"""Of controls and of cards, in pixels."""
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

    @property
    def mark(self) -> str:
        """What tells one look from another."""
        return mark_of(asdict(self))


_AFTER = "\n}\n.after-it{}"


def checked_style(css: str) -> str:
    """The own style sheet as it is kept: line ends as LF, no blanks around it. To be called before the transaction.

    Raises Invalid with the line of what can't be read. So does one whose last bracket, string or comment is open: CSS
    closes these at the end of a file, and ours goes on behind it.
    """
    css = css.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(css) > MOST_STYLE_LENGTH:
        raise Invalid("too-long", "style", limit=MOST_STYLE_LENGTH)
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    if (torn := _first_error(rules)) is not None:
        raise Invalid("style-unreadable", "style", line=torn)
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in _REFUSED_RULES:
            raise Invalid("style-rule-refused", "style", line=rule.source_line, rule=f"@{rule.lower_at_keyword}")
    around = tinycss2.parse_stylesheet(f"@layer operator {{\n{css}{_AFTER}", skip_comments=True, skip_whitespace=True)
    if [rule.type for rule in around] != ["at-rule", "qualified-rule"]:
        raise Invalid("style-unreadable", "style", line=css.count("\n") + 1)
    return css


def style_mark(css: str) -> str:
    """What tells one own style sheet from another; empty without one."""
    return hashlib.sha256(css.encode()).hexdigest()[:16] if css else ""


def _first_error(nodes: Iterable[Node]) -> int | None:
    """The first line of what isn't CSS, however deep: a bracket too many is part of the next rule's head."""
    lines, waiting = [], [*nodes]
    while waiting:
        node = waiting.pop()
        if node.type == "error":
            lines.append(int(node.source_line))
        for inside in ("prelude", "content", "arguments"):
            waiting += getattr(node, inside, None) or ()
    return min(lines, default=None)
