"""Coloured code."""

import re
from pathlib import Path

import pytest

from forum.text import code, render

UNITS = ["\n", "a\n", "<!--", "_", "a.", "<<a\n", "=begin\n", "{%"]
"""The worst of the eighty that were tried."""


def test_known_languages_are_coloured_by_class() -> None:
    assert render("```python\ndef f(): # x\n```").html == (
        '<pre tabindex="0"><code class="language-python"><span class="k">def </span><span class="nf">f</span>(): '
        '<span class="c"># x\n</span></code></pre>'
    )


@pytest.mark.parametrize("info", ["", "klingon", "../../etc", 'x" onclick="y'])
def test_unknown_languages_are_not_guessed(info: str) -> None:
    assert render(f"```{info}\nif x: y\n```").html == '<pre tabindex="0"><code>if x: y\n</code></pre>'


@pytest.mark.parametrize("language", sorted(code.LANGUAGES))
def test_each_language_keeps_every_character_of_the_source(language: str) -> None:
    source = "x <- function(a, b) { return a && \"b\" } # 'ü' <tag attr='1'>\n\n  - key: [1, 2]\n-- end */\n"

    shown = re.sub(r"<[^>]*>", "", code.coloured(source, language))

    assert shown.replace("&lt;", "<").replace("&amp;", "&") == source


@pytest.mark.parametrize("language", sorted(code.LANGUAGES))
def test_no_language_hangs_on_code_that_is_just_within_the_bounds(language: str) -> None:
    for unit in UNITS:
        line = (unit * code.MAX_LINE_CHARS)[: code.MAX_LINE_CHARS]
        source = "\n".join([line] * (code.MAX_CHARS // code.MAX_LINE_CHARS))[: code.MAX_CHARS]
        source = "\n".join(source.split("\n")[: code.MAX_LINES])

        assert code.is_worth_colouring(source)
        assert code.coloured(source, language)


def test_beyond_the_bounds_code_is_shown_without_colours() -> None:
    for source in ("x = 1\n" * 700, "x" * 501, ("x = 1 " * 50 + "\n") * 80):
        assert not code.is_worth_colouring(source)
        assert "<span" not in render(f"```python\n{source}\n```").html


def test_the_bounds_hold_for_all_code_of_a_post_together() -> None:
    html = render("```python\nx = 1\n```\n\n" * 650).html

    assert html.count('class="language-python"') == 650
    assert html.count('<span class="m">') == 600


@pytest.mark.parametrize("name", sorted(code.COLOURS))
def test_every_colour_is_in_the_style_sheet_and_readable_in_both_themes(name: str) -> None:
    css = (Path(__file__).parents[2] / "static/css/highlight.css").read_text(encoding="utf-8")
    rule = re.search(rf"code \.{name} {{ color: light-dark\((#\w{{6}}), (#\w{{6}})\)", css)

    assert rule
    for text, ground in (
        (rule[1], "#f2efeb"),
        (rule[2], "#2b2927"),
    ):  # --sunken of tokens.css, a little nearer the text
        assert _contrast(text, ground) >= 4.5


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
