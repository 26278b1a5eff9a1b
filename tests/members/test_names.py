"""User names: valid, unique against look-alikes, made from whatever an import brings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.errors import Invalid
from forum.members.names import check_display_name, check_username, sort_key, username_key, valid_username


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Petra", "petra"),
        ("admin", "аdmin"),  # Cyrillic а
        ("admin", "ａｄｍｉｎ"),  # full width
        ("paypal", "paypaI"),  # capital i
        ("paypal", "paypa1"),
        ("moon", "m00n"),
        ("mark", "rnark"),
        ("Straße", "strasse"),
        ("ολα", "oλa"),  # Greek omicron and alpha
        ("petra.k", "petra_k"),
    ],
)
def test_names_that_look_alike_have_one_key(one: str, other: str) -> None:
    assert username_key(one) == username_key(other)


@pytest.mark.parametrize(("one", "other"), [("anna", "anne"), ("müller", "muller"), ("tom", "tim")])
def test_names_that_differ_have_different_keys(one: str, other: str) -> None:
    assert username_key(one) != username_key(other)


@pytest.mark.parametrize("name", ["ab", "Zoë", "petra.k", "jonas_w", "anja-rolf", "Мария", "x" * 40, "77er"])
def test_ordinary_names_are_kept_as_typed(name: str) -> None:
    assert check_username(name) == name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "required"),
        ("a", "too-short"),
        ("x" * 41, "too-long"),
        ("two words", "username-letters"),
        ("a@b.de", "username-letters"),
        ("ab\u202ecd", "invisible-signs"),  # right-to-left override
        ("ab\u200bcd", "invisible-signs"),  # zero width
        ("ab\u200dcd", "invisible-signs"),  # a joiner
        ("ab\u3164", "invisible-signs"),  # a letter that shows nothing
        ("a\u0300\u0301\u0302b\u0317", "username-letters"),  # piled-up marks
        ("..", "username-ends"),
        ("-abc", "username-ends"),
        ("abc.", "username-ends"),
        ("admin", "username-taken"),
        ("Adm1n", "username-taken"),
        ("sуstem", "username-taken"),  # Cyrillic у
    ],
)
def test_other_names_are_refused_beside_their_field(name: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_username(name)
    assert (refused.value.code, refused.value.field) == (code, "username")


def test_the_operator_may_give_a_reserved_name() -> None:
    assert check_username("admin", is_new=False) == "admin"


@given(st.text(max_size=80))
def test_an_import_makes_a_valid_name_of_anything(original: str) -> None:
    name = valid_username(original, set())
    assert check_username(name, is_new=False) == name


def test_an_import_keeps_close_to_the_original_and_away_from_others() -> None:
    taken: set[str] = set()
    names = []
    for original in ["John Smith", "John Smith", "john.smith@example.org", "JOHN SMITH", "Ünal"]:
        names.append(valid_username(original, taken))
        taken.add(username_key(names[-1]))
    assert names == ["John-Smith", "John-Smith-2", "john.smith-3", "JOHN-SMITH-4", "Ünal"]


def test_display_names_take_any_writing_but_nothing_invisible() -> None:
    assert check_display_name("  Elisabeth   Huber (Zweirad Huber) ", "lisi") == "Elisabeth Huber (Zweirad Huber)"
    assert check_display_name("", "lisi") == "lisi"
    for bad in ("a\u202eb", "a\u200fb", "a\x00b"):
        with pytest.raises(Invalid):
            check_display_name(bad, "lisi")


def test_names_are_sorted_as_german_readers_expect() -> None:
    assert sorted(["Zoe", "Öztürk", "Oswald", "Ähren", "Adam", "Strasser", "Straße"], key=sort_key) == [
        "Adam",
        "Ähren",
        "Oswald",
        "Öztürk",
        "Straße",
        "Strasser",
        "Zoe",
    ]
