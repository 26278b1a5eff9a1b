"""The look keeps its promises: readable contrast for any brand, icons that exist, a light style sheet and script."""

import gzip
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pytest

from forum.community import tokens
from forum.community.contrast import PAIRS, Pair, contrasts
from forum.core.colour import Oklch, hex_of
from forum.http.assets import lean

ROOT = Path(__file__).resolve().parent.parent.parent
CSS = ROOT / "static" / "css"
MODES = ("light", "dark")
BRANDS = [hex_of(Oklch(0.6, chroma, hue)) for hue in range(0, 360, 10) for chroma in (0.0, 0.05, 0.1, 0.2, 0.3)]
"""All hues, from grey to stronger than any screen shows."""


@lru_cache(maxsize=1)
def shades() -> list[Mapping[str, tuple[str, str]]]:
    return [tokens.colours(brand, hue=index * 2) for index, brand in enumerate(BRANDS)]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.front} on {pair.back}")
def test_contrast_holds_for_every_brand(pair: Pair, mode: str) -> None:
    worst = min(contrasts(pair, shown)[MODES.index(mode)] for shown in shades())
    assert worst >= pair.wanted


def symbols() -> set[str]:
    return set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static" / "icons.svg").read_text(encoding="utf-8")))


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    named = set()
    for path in (ROOT / "templates").rglob("*.html"):
        named |= set(re.findall(r"\bicon\('([\w-]+)'", path.read_text(encoding="utf-8")))
    assert named
    assert named <= symbols()


def test_every_class_a_template_names_has_a_style() -> None:
    """`talks`, `posts`, `news`, `ideas` and `vote` only say what a list or form is for: tools find it by them. A mail has
    its own style sheet."""
    styles = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "static").rglob("*.css")))
    named = set()
    for path in set((ROOT / "templates").rglob("*.html")) - set((ROOT / "templates" / "mail").iterdir()):
        for classes in re.findall(r'class="([^"{}]*)"', path.read_text(encoding="utf-8")):
            named |= set(classes.split())
    assert named - {"talks", "posts", "news", "ideas", "vote"} <= set(re.findall(r"\.([a-z][\w-]*)", styles))


def test_there_is_a_class_for_each_step_of_hue() -> None:
    classes = (CSS / "tokens.css").read_text(encoding="utf-8")
    assert [int(n) for n in re.findall(r"\.hue-(\d+) {", classes)] == list(range(24))


def test_no_style_of_the_pages_main_part_is_one_of_the_main_button_within_it() -> None:
    """Both are called `main`: what lays the part out, as high as the window at the desk, says that it means the part."""
    laid_out = re.compile(r"[^{}]*[\s>]\.main(?![\w-])[^{}]*\{[^}]*\b(?:height|flex|grid|position)\b")
    for path in CSS.rglob("*.css"):
        found = laid_out.search(path.read_text(encoding="utf-8"))
        assert found is None, (path.name, found and found.group())


def test_no_style_hangs_on_whether_the_frame_holds_something() -> None:
    """With such a rule browsers style the whole page anew whenever a script adds anything to it: on a phone's processor a
    tenth of a second each time."""
    styles = "".join(path.read_text(encoding="utf-8") for path in sorted(CSS.rglob("*.css")))
    assert not re.findall(r"(?<![\w-])(?:html|body|\.house|\.main)[\w.-]*:has\(", styles)


def test_styles_and_scripts_together_stay_under_28_kilobytes_packed() -> None:
    """As they are sent."""
    packed = sum(
        len(
            gzip.compress(
                "\n".join(
                    lean(path.read_text(encoding="utf-8"))
                    for path in sorted((ROOT / "static" / kind).rglob(f"*.{kind}"))
                ).encode(),
                9,
            )
        )
        for kind in ("css", "js")
    )
    assert packed < 28 * 1024


def test_what_is_sent_is_the_source_without_comments_and_indentation() -> None:
    sheet = "/* About\n   this. */\n/* a */ .a { margin: 0; }\n@layer a {\n  /* why */\n  .b { color: red; } /* beside */\n\n  .c > p { margin: 0 }\n}\n"
    assert (
        lean(sheet) == "/* a */ .a { margin: 0; }\n@layer a {\n.b { color: red; } /* beside */\n.c > p { margin: 0 }\n}"
    )
    script = "(() => {\n  const link = '/*/a'; /* beside */\n  tell(`// ${link} /*`);\n})();\n"
    assert lean(script) == script.replace("\n  ", "\n").strip()
