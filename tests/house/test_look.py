"""The look keeps its promises: readable contrast for any brand, icons that exist, a light style sheet and script."""

import gzip
import math
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CSS = ROOT / "static" / "css"
TOKENS = dict(
    re.findall(r"(--[\w-]+):\s*((?:light-dark|oklch)\(.*\));", (CSS / "tokens.css").read_text(encoding="utf-8"))
)
MODES = ("light", "dark")
HUES = range(0, 360, 10)
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
    *(("--edge", ground, SIGN) for ground in ("--ground", "--surface")),
]


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Relative luminance (WCAG) of an OKLCH colour, clipped to sRGB; the matrices are those of CSS Color 4."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(1.0, max(0.0, channel)) for channel in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def colour(token: str, mode: str, hue: int) -> tuple[float, float, float]:
    """Lightness, chroma and hue of a token in a theme, for one hue of the brand (or of a member)."""
    value = re.sub(r"var\(--(?:brand|c)\)", str(hue), TOKENS[token]).replace("var(--paper)", "75")
    values = re.findall(r"oklch\(([^()]*)\)", value)
    chosen = values[0] if mode == "light" else values[-1]
    lightness, chroma, angle = (float(part) for part in chosen.split())
    return lightness, chroma, angle


def contrast(front: str, back: str, mode: str, hue: int) -> float:
    dark, bright = sorted((luminance(*colour(front, mode, hue)), luminance(*colour(back, mode, hue))))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("front", "back", "wanted"), PAIRS, ids=[f"{front} on {back}" for front, back, _ in PAIRS])
def test_contrast_holds_for_every_brand_hue(front: str, back: str, wanted: float, mode: str) -> None:
    worst = min((contrast(front, back, mode, hue), hue) for hue in HUES)
    assert worst[0] >= wanted


def test_the_measure_knows_black_from_white() -> None:
    assert luminance(1, 0, 0) == pytest.approx(1, abs=0.001)
    assert luminance(0, 0, 0) == pytest.approx(0, abs=0.001)


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
    styles = "".join(path.read_text(encoding="utf-8") for path in sorted(CSS.iterdir()))
    named = set()
    for path in (ROOT / "templates").rglob("*.html"):
        for classes in re.findall(r'class="([^"{}]*)"', path.read_text(encoding="utf-8")):
            named |= set(classes.split())
    assert named - {"talks", "posts", "news", "ideas", "vote"} <= set(re.findall(r"\.([a-z][\w-]*)", styles))


def test_there_is_a_class_for_each_step_of_hue() -> None:
    classes = (CSS / "tokens.css").read_text(encoding="utf-8")
    assert [int(n) for n in re.findall(r"\.hue-(\d+) {", classes)] == list(range(24))
    assert [int(n) for n in re.findall(r"\.brand-(\d+) {", classes)] == list(range(36))


def test_styles_and_scripts_together_stay_under_28_kilobytes_packed() -> None:
    packed = sum(
        len(gzip.compress(b"\n".join(path.read_bytes() for path in sorted(folder.iterdir())), 9))
        for folder in (CSS, ROOT / "static" / "js")
    )
    assert packed < 28 * 1024
