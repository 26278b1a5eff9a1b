"""Colours, against a library that has nothing in common with ours but the standards."""

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from forum.core.colour import Oklch, contrast, hex_of, is_hex, oklch

HEXES = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(HEXES)
def test_a_colour_comes_back_as_it_was(value: str) -> None:
    assert hex_of(oklch(value)) == value


@given(HEXES)
def test_it_is_where_the_standard_puts_it(value: str) -> None:
    found, known = oklch(value), Color(value).convert("oklch")
    assert found.lightness == pytest.approx(known["lightness"], abs=1e-5)
    assert found.chroma == pytest.approx(known["chroma"], abs=1e-5)
    if found.chroma > 0.01:
        assert (found.hue - known["hue"] + 180) % 360 - 180 == pytest.approx(0, abs=0.01)


@given(HEXES, HEXES)
def test_contrast_is_that_of_wcag(one: str, other: str) -> None:
    assert contrast(one, other) == pytest.approx(Color(one).contrast(other, method="wcag21"), rel=1e-3)
    assert contrast(one, other) == contrast(other, one)


@given(st.floats(0.2, 0.95), st.floats(0, 0.5), st.floats(0, 360))
def test_what_no_screen_shows_keeps_lightness_and_hue(lightness: float, chroma: float, hue: float) -> None:
    found = oklch(hex_of(Oklch(lightness, chroma, hue)))
    assert found.lightness == pytest.approx(lightness, abs=0.004)
    assert found.chroma <= chroma + 0.01
    if found.chroma > 0.04:
        assert (found.hue - hue + 180) % 360 - 180 == pytest.approx(0, abs=4)


@pytest.mark.parametrize("value", ["", "red", "#fff", "#GGGGGG", "#FFFFFF", "#ffffff ", "ffffff", "#fffffff"])
def test_only_one_way_of_writing_is_a_colour(value: str) -> None:
    assert not is_hex(value)
    with pytest.raises(ValueError, match=r".*"):
        oklch(value)
