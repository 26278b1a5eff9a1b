"""Legal texts: imprint, privacy notice, terms of use, contact and accessibility statement, each in the languages in
which it is there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from forum import text
from forum.core.errors import Invalid
from forum.core.locale import languages

LEGAL_TEXTS = ("imprint", "privacy", "terms", "contact", "accessibility")
"""By the word of their address, in the order in which they stand at the foot."""
DEMANDED = ("imprint", "privacy")
"""What the law demands of nearly every public site: once written, it is changed and not withdrawn."""
LOOKED_UP = ("privacy", "terms")
"""Whose earlier versions everybody may read: one looks up what held when one joined."""
MOST_BYTES = 100_000
NOTE_LENGTH = 300
_HEADING = re.compile(r"(</?h)([3-6])\b")


@dataclass(frozen=True, slots=True)
class LegalText:
    """One text in one language: Markdown, and the HTML that this version of the text pipeline made of it."""

    language: str
    body: str
    html: str
    html_version: int = text.PIPELINE_VERSION


def written(bodies: Mapping[str, str]) -> tuple[LegalText, ...]:
    """The texts by language, checked and rendered: to be called before the transaction. Empty ones are left out.
    Raises Invalid beside the language's field."""
    found = []
    for language in languages():
        body = text.clean_body(bodies.get(language, "")).text
        if len(body.encode()) > MOST_BYTES:
            raise Invalid("too-long", f"body_{language}", limit=MOST_BYTES)
        if body:
            found.append(LegalText(language, body, html_of(body)))
    return tuple(found)


def html_of(body: str) -> str:
    """The HTML of such a text. In posts, headings begin at the third level, below an author; here at the second."""
    return _HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) - 1}", text.render(body).html)
