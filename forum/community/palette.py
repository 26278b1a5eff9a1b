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


def _of(shade: tuple[float, float], strength: float, hue: float) -> str:
    lightness, chroma = shade
    return hex_of(Oklch(lightness, chroma * strength, hue))
