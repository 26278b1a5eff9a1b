"""The look keeps its promises: readable contrast for any brand, icons that exist, a light style sheet and script."""

import gzip
import re
from pathlib import Path

import pytest

from forum.community.palette import palette
from forum.core import colour as colours
from forum.core.colour import Oklch, hex_of

ROOT = Path(__file__).resolve().parent.parent.parent
CSS = ROOT / "static" / "css"
TOKENS = dict(
    re.findall(r"(--[\w-]+):\s*((?:light-dark|oklch)\(.*\));", (CSS / "tokens.css").read_text(encoding="utf-8"))
)
MODES = ("light", "dark")
HUES = range(0, 360, 10)
CHROMAS = (0.0, 0.05, 0.1, 0.2, 0.3)
"""From grey to stronger than any screen shows."""
TEXT, SIGN = 4.5, 3.0
"""Contrast that WCAG 2.2 asks for: 1.4.3 for text, 1.4.11 for the edges of controls."""

PAIRS = [
    *(("--ink", ground, TEXT) for ground in ("--ground", "--surface", "--sunken", "--accent-soft")),
    *(("--ink", f"--{status}-soft", TEXT) for status in ("good", "warn", "bad", "info")),
    *(("--ink-2", ground, TEXT) for ground in ("--ground", "--surface", "--sunken", "--accent-soft")),
    *(("--accent", ground, TEXT) for ground in ("--ground", "--surface", "--sunken", "--accent-soft")),
    *((f"--{s}", ground, TEXT) for s in ("good", "warn", "bad", "info") for ground in ("--ground", f"--{s}-soft")),
    *(("--on-fill", fill, TEXT) for fill in ("--fill", "--fill-hover", "--bad-fill")),
    ("--face-ink", "--face", TEXT),
    *((fill, ground, SIGN) for fill in ("--fill", "--fill-hover") for ground in ("--ground",)),
    *(("--edge", ground, SIGN) for ground in ("--ground", "--surface")),
]


def colour(token: str, mode: str, hue: int, chroma: float) -> str:
    """A token in a theme as `#rrggbb`, for a brand of this hue and chroma (or a member of this hue)."""
    at = MODES.index(mode)
    name = token.removeprefix("--")
    brand = palette(hex_of(Oklch(0.6, chroma, hue)))
    if name in brand:
        return brand[name][at]
    value = TOKENS[token].replace("var(--c)", str(hue)).replace("var(--paper)", "75")
    values = re.findall(r"oklch\(([^()]*)\)", value)
    lightness, its_chroma, angle = (float(part) for part in values[min(at, len(values) - 1)].split())
    return hex_of(Oklch(lightness, its_chroma, angle))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("front", "back", "wanted"), PAIRS, ids=[f"{front} on {back}" for front, back, _ in PAIRS])
def test_contrast_holds_for_every_brand(front: str, back: str, wanted: float, mode: str) -> None:
    worst = min(
        (colours.contrast(colour(front, mode, hue, chroma), colour(back, mode, hue, chroma)), hue, chroma)
        for hue in HUES
        for chroma in CHROMAS
    )
    assert worst[0] >= wanted


def symbols() -> set[str]:
    return set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static" / "icons.svg").read_text(encoding="utf-8")))


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    named = set()
    for path in (ROOT / "templates").rglob("*.html"):
        named |= set(re.findall(r"\bicon\('([\w-]+)'", path.read_text(encoding="utf-8")))
    assert named
    assert named <= symbols()


def test_every_class_a_template_names_has_a_style() -> None:
    """`talks`, `posts`, `news`, `ideas` and `vote` only say what a list or form is for: tools find it by them."""
    styles = "".join(path.read_text(encoding="utf-8") for path in sorted(CSS.rglob("*.css")))
    named = set()
    for path in (ROOT / "templates").rglob("*.html"):
        for classes in re.findall(r'class="([^"{}]*)"', path.read_text(encoding="utf-8")):
            named |= set(classes.split())
    assert named - {"talks", "posts", "news", "ideas", "vote"} <= set(re.findall(r"\.([a-z][\w-]*)", styles))


def test_there_is_a_class_for_each_step_of_hue() -> None:
    classes = (CSS / "tokens.css").read_text(encoding="utf-8")
    assert [int(n) for n in re.findall(r"\.hue-(\d+) {", classes)] == list(range(24))


def test_styles_and_scripts_together_stay_under_28_kilobytes_packed() -> None:
    packed = sum(
        len(gzip.compress(b"\n".join(path.read_bytes() for path in sorted((ROOT / "static").rglob(ending))), 9))
        for ending in ("*.css", "*.js")
    )
    assert packed < 28 * 1024
