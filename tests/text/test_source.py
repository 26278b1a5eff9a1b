"""What members send is made storable, and nothing of it is lost silently."""

import pytest

from forum.text import MAX_BODY_BYTES, clean_body, clean_line, cut_body, cut_title, render, slug


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\u2029"])
def test_line_ends_become_line_feeds(end: str) -> None:
    assert clean_body(f"ö{end}b").text == "ö\nb"


def test_controls_surrogates_and_overrides_are_removed_and_counted() -> None:
    cleaned = clean_body("a\x00b\x07c\x9fd\ud800e\u202ef\u2066g\tx\nz")

    assert cleaned.text == "abcdefg\tx\nz"
    assert cleaned.removed == 6


def test_overrides_are_no_way_to_dress_up_code() -> None:
    assert "\u202e" not in render("```c\nif (x) \u202e{ /* */\n```").html
    assert "\u202e" not in render("a &#x202e; b <p>&#x202E;</p>").html


def test_spaces_at_line_ends_stay_but_blank_lines_around_the_text_go() -> None:
    assert clean_body("\n  \n    code  \nb\n \n").text == "    code  \nb"


def test_a_title_is_one_line_with_single_spaces() -> None:
    assert clean_line("  A\ttitle\n with \u00a0 spaces ").text == "A title with spaces"


def test_letters_are_composed() -> None:
    assert clean_line("Mu\u0308ller").text == "Müller"


def test_heaps_of_marks_are_cut_and_counted() -> None:
    cleaned = clean_line("e" + "\u0316\u0301" * 5_000)

    assert len(cleaned.text) <= 9
    assert cleaned.removed == 10_000 - 8


def test_marks_as_languages_use_them_stay() -> None:
    vietnamese, thai, hebrew = "Tiếng Việt", "ภาษาไทยที่นี่", "בְּרֵאשִׁית"

    for word in (vietnamese, thai, hebrew):
        assert clean_line(word).removed == 0


def test_a_long_title_is_cut_at_a_word_and_says_so() -> None:
    cut = cut_title("Wort " * 80)

    assert len(cut) <= 200
    assert cut.endswith("Wort…")
    assert cut_title("short") == "short"


def test_a_title_without_spaces_is_cut_all_the_same() -> None:
    assert len(cut_title("x" * 400)) == 200


def test_a_body_that_is_too_long_is_cut_at_a_line_end_with_a_mark() -> None:
    body, was_cut = cut_body("äöü und mehr\n" * 30_000)

    assert was_cut
    assert len(body.encode()) <= MAX_BODY_BYTES
    assert body.endswith("mehr\n\n[…]")
    assert cut_body("short") == ("short", False)


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Über Größe & Maß", "ueber-groesse-mass"),
        ("ÄÖÜ ẞ", "aeoeue-ss"),
        ("Hello, World!", "hello-world"),
        ("???", "t"),
        ("", "t"),
        ("Привет", "privet"),
    ],
)
def test_a_title_becomes_an_address(title: str, address: str) -> None:
    assert slug(title) == address


def test_an_address_is_cut_at_a_word() -> None:
    address = slug("Donaudampfschifffahrt und andere lange Wörter im Titel eines sehr langen Themas")

    assert len(address) <= 60
    assert not address.endswith("-")
