"""Which colours stand on which, and their contrast: the style guide shows it and tests measure it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forum.core.colour import contrast

TEXT, SIGN = 4.5, 3.0
"""Contrast that WCAG 2.2 asks for: 1.4.3 for text, 1.4.11 for the edges of controls and for signs."""
GROUNDS = ("ground", "surface", "sunken", "accent-soft")
STATES = ("good", "warn", "bad", "info")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours, one of which stands on the other, and the contrast they must have."""

    front: str
    back: str
    wanted: float


PAIRS: Sequence[Pair] = (
    *(Pair(front, back, TEXT) for front in ("ink", "ink-2", "accent") for back in GROUNDS),
    *(Pair("ink", f"{state}-soft", TEXT) for state in STATES),
    *(Pair(state, back, TEXT) for state in STATES for back in ("ground", f"{state}-soft")),
    *(Pair("on-fill", fill, TEXT) for fill in ("fill", "fill-hover", "bad-fill")),
    Pair("face-ink", "face", TEXT),
    *(Pair(fill, "ground", SIGN) for fill in ("fill", "fill-hover")),
    *(Pair("edge", back, SIGN) for back in ("ground", "surface")),
)
"""What must be readable on what, whatever the brand's colour is."""


def contrasts(pair: Pair, shades: Mapping[str, tuple[str, str]]) -> tuple[float, float]:
    """The pair's contrast in the light theme and in the dark one."""
    light, dark = (contrast(*both) for both in zip(shades[pair.front], shades[pair.back], strict=True))
    return light, dark
