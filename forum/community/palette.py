"""The brand's colours: from the one colour that an operator names, every shade of it that pages use.

Lightness is fixed for each shade and chroma follows the brand's up to a bound, so the contrast of what is read holds
for any brand: a bright yellow gives a dark gold where white letters stand on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from forum.core.colour import Oklch, hex_of, oklch

DEFAULT_BRAND = "#006176"
_USUAL_CHROMA = 0.09
_MOST_CHROMA = 0.16
"""Stronger than this, one colour would shout down all text around it."""


@dataclass(frozen=True, slots=True)
class Shade:
    """Lightness and chroma in the light theme and in the dark one, for a brand of the usual chroma."""

    light: tuple[float, float]
    dark: tuple[float, float]


SHADES: Mapping[str, Shade] = {
    "accent": Shade((0.465, 0.088), (0.78, 0.085)),
    "fill": Shade((0.455, 0.09), (0.525, 0.09)),
    "fill-hover": Shade((0.41, 0.085), (0.54, 0.09)),
    "on-fill": Shade((0.99, 0.005), (0.99, 0.005)),
    "accent-soft": Shade((0.948, 0.02), (0.305, 0.032)),
}
"""Text and signs in the brand's colour, the ground of the one primary act, what is written on it, a soft ground."""

NEUTRALS: Mapping[str, tuple[Oklch, Oklch]] = {
    "ground": (Oklch(0.984, 0.004, 75), Oklch(0.205, 0.004, 75)),
    "surface": (Oklch(0.998, 0.001, 75), Oklch(0.238, 0.004, 75)),
    "line": (Oklch(0.908, 0.007, 75), Oklch(0.335, 0.005, 75)),
    "ink": (Oklch(0.25, 0.012, 260), Oklch(0.925, 0.005, 75)),
    "ink-2": (Oklch(0.475, 0.012, 260), Oklch(0.745, 0.008, 75)),
}
"""What is no brand's, as static/css/tokens.css has it: for mails, whose programs don't know `oklch()`."""


@lru_cache(maxsize=64)
def palette(brand: str) -> Mapping[str, tuple[str, str]]:
    """Each shade by name, as `#rrggbb` in the light theme and in the dark one. Raises ValueError if `brand` isn't a
    colour."""
    named = oklch(brand)
    strength = min(named.chroma, _MOST_CHROMA) / _USUAL_CHROMA
    return {
        name: (_of(shade.light, strength, named.hue), _of(shade.dark, strength, named.hue))
        for name, shade in SHADES.items()
    }


def colours(brand: str) -> Mapping[str, tuple[str, str]]:
    """The brand's shades and the neutrals together, as `palette` gives them."""
    neutrals = {name: (hex_of(light), hex_of(dark)) for name, (light, dark) in NEUTRALS.items()}
    return {**neutrals, **palette(brand)}


def _of(shade: tuple[float, float], strength: float, hue: float) -> str:
    lightness, chroma = shade
    return hex_of(Oklch(lightness, chroma * strength, hue))
