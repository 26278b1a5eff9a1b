"""Colours as people see them: between sRGB and OKLCH, and the contrast of two.

OKLab is Björn Ottosson's ("A perceptual color space for image processing", 2020); its matrices stand as in CSS Color 4,
the measure of contrast as in WCAG 2.2. A library does the same with 5 MiB of memory in each process; this is all of it
that pages need.
"""

import math
import re
from dataclasses import dataclass

_HEX = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")
_LINEAR_BELOW = 0.0031308
_STEPS = 20
"""Halvings when the strongest colour that a screen can show is looked for: to a millionth."""


@dataclass(frozen=True, slots=True)
class Oklch:
    """Lightness from 0 to 1, chroma (0 is grey; no screen shows more than about 0.37), hue in degrees."""

    lightness: float
    chroma: float
    hue: float


def is_hex(value: str) -> bool:
    """Whether this is a colour as it is written here: `#` and six small hexadecimal digits."""
    return _HEX.fullmatch(value) is not None


def _linear(value: str) -> list[float]:
    """The light of red, green and blue, each from 0 to 1. Raises ValueError."""
    found = _HEX.fullmatch(value)
    if found is None:
        raise ValueError(value)
    encoded = [int(part, 16) / 255 for part in found.groups()]
    return [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in encoded]


def oklch(value: str) -> Oklch:
    """The colour `#rrggbb` in OKLCH. Raises ValueError for anything else."""
    red, green, blue = _linear(value)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def _light_of(colour: Oklch) -> list[float]:
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return [
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    ]


def _is_shown(colour: Oklch) -> bool:
    return all(-1e-6 <= light <= 1 + 1e-6 for light in _light_of(colour))


def hex_of(colour: Oklch) -> str:
    """The colour as `#rrggbb`. Where no screen can show it, with as much of its chroma as one can: lightness and hue
    stay, so that contrast does."""
    low, high = 0.0, colour.chroma
    if not _is_shown(colour):
        for _ in range(_STEPS):
            middle = (low + high) / 2
            if _is_shown(Oklch(colour.lightness, middle, colour.hue)):
                low = middle
            else:
                high = middle
        colour = Oklch(colour.lightness, low, colour.hue)
    encoded = []
    for light in _light_of(colour):
        kept = min(1.0, max(0.0, light))
        encoded.append(12.92 * kept if kept <= _LINEAR_BELOW else 1.055 * kept ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(one * 255):02x}" for one in encoded)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    dark, bright = sorted(
        0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (_linear(one), _linear(other))
    )
    return (bright + 0.05) / (dark + 0.05)
