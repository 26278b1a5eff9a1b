"""QR codes as the shape of an SVG path, so that a template draws them without markup of others."""

from dataclasses import dataclass

import segno

QUIET = 4
"""The light frame that a code needs around it, in modules (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The dark modules as a path, in a square of `size` units each way, the quiet frame included."""

    size: int
    path: str


def draw(text: str) -> Drawing:
    """The QR code of a text of at most some hundred bytes."""
    rows = segno.make_qr(text, error="m").matrix
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    )
    return Drawing(len(rows) + 2 * QUIET, path)
