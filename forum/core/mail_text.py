"""The plain text of a mail: lines that every program shows, and that a narrow window may wrap anew (RFC 3676)."""

import textwrap
from collections.abc import Iterator

WIDTH = 72
SIGNATURE = "-- "
"""The line above the signature (RFC 3676, 4.3)."""
_QUOTE = "> "


def flowed(text: str) -> str:
    """`text`, a paragraph of which is one line, as `format=flowed`: a line that goes on below ends with a blank.

    Lines that begin with `> ` are quoted. What has no blank, such as an address, stays whole.
    """
    return "\n".join(line for paragraph in text.split("\n") for line in _lines(paragraph))


def _lines(paragraph: str) -> Iterator[str]:
    if paragraph == SIGNATURE:
        yield paragraph
        return
    quote = _QUOTE if paragraph.startswith(_QUOTE) else ""
    words = paragraph.removeprefix(quote).rstrip()
    wrapped = textwrap.wrap(words, WIDTH - len(quote), break_long_words=False, break_on_hyphens=False)
    *soft, last = wrapped or [""]
    for line in soft:
        yield f"{quote or _stuffing(line)}{line} "
    yield f"{quote or _stuffing(last)}{last}"


def _stuffing(line: str) -> str:
    """The blank before what would be taken for a quotation, a mailbox's separator or the signature (RFC 3676, 4.4)."""
    return " " if line.startswith((" ", ">", "From ")) or line == SIGNATURE.rstrip() else ""


def unflowed(text: str) -> str:
    """What `flowed` was made from: each paragraph on one line, as programs show it that wrap it themselves."""
    paragraphs: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        quote = _QUOTE if line.startswith(_QUOTE) else ""
        words = line.removeprefix(quote) if quote else line.removeprefix(" ")
        if goes_on:
            paragraphs[-1] += words
        else:
            paragraphs.append(quote + words)
        goes_on = words.endswith(" ") and line != SIGNATURE
    return "\n".join(paragraphs)
