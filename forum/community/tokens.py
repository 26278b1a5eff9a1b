"""The design tokens as they stand in static/css/tokens.css, with the brand's: what mails are coloured with, the style
guide shows and tests measure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from forum.community.palette import palette
from forum.core.colour import Oklch, contrast, hex_of

_FILE = Path(__file__).parent.parent.parent / "static" / "css" / "tokens.css"
_COLOUR = re.compile(r"--([\w-]+):\s*((?:light-dark|oklch)\(.*\));")
_SHADE = re.compile(r"oklch\(([^()]*)\)")
_MEASURE = re.compile(r"--(s\d|t-\w+|quick|gentle):\s*([^;]+);")
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


@lru_cache(maxsize=1)
def _written() -> tuple[Mapping[str, str], Mapping[str, str]]:
    css = _FILE.read_text(encoding="utf-8")
    return dict(_COLOUR.findall(css)), dict(_MEASURE.findall(css))


@lru_cache(maxsize=64)
def colours(brand: str, hue: int = 220) -> Mapping[str, tuple[str, str]]:
    """Each colour by name, as `#rrggbb` in the light theme and in the dark one, for a brand's colour and for a member
    of this hue."""
    found = {}
    for name, value in _written()[0].items():
        shades = _SHADE.findall(value.replace("var(--c)", str(hue)).replace("var(--paper)", "75"))
        light, dark = (hex_of(Oklch(*(float(part) for part in shade.split()))) for shade in (shades[0], shades[-1]))
        found[name] = (light, dark)
    return {**found, **palette(brand)}


def measures() -> Mapping[str, str]:
    """Sizes of type, space and motion by name, as they are written."""
    return _written()[1]


def contrasts(pair: Pair, shades: Mapping[str, tuple[str, str]]) -> tuple[float, float]:
    """The pair's contrast in the light theme and in the dark one."""
    light, dark = (contrast(*both) for both in zip(shades[pair.front], shades[pair.back], strict=True))
    return light, dark
