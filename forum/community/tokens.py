"""The design tokens as they stand in static/css/tokens.css, with the brand's: what mails are coloured with and the
style guide shows."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from forum.community.palette import palette
from forum.core.colour import Oklch, hex_of

_FILE = Path(__file__).parent.parent.parent / "static" / "css" / "tokens.css"
_COLOUR = re.compile(r"--([\w-]+):\s*((?:light-dark|oklch)\(.*\));")
_SHADE = re.compile(r"oklch\(([^()]*)\)")
_MEASURE = re.compile(r"--(s\d|t-\w+|quick|gentle):\s*([^;]+);")


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
