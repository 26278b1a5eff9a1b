"""Posts without markup: for search, mails and lists."""

import pytest

from forum.text import NOTHING, Resolved, as_markup, plain_text, render, told_text


def test_blocks_stand_on_lines_of_their_own() -> None:
    post = render("# Title\n\nOne *two*\nthree\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |")

    assert post.plain == "Title\n\nOne two\nthree\n\na\nb\n\nx\ty\n1\t2"


def test_code_keeps_its_lines_and_signs() -> None:
    assert render("```r\nx <- 1 & 2\n  y\n```").plain == "x <- 1 & 2\n  y"


def test_pictures_are_their_words_and_footnote_signs_are_nothing() -> None:
    assert render("![a cat](/media/c.webp) word[^1]\n\n[^1]: note").plain == "a cat word\n\nnote"


def test_what_was_escaped_is_text_again() -> None:
    assert render('a &lt; b & "c" <kbd>d</kbd>').plain == 'a < b & "c" d'


def test_an_attribute_with_signs_in_it_leaves_nothing_behind() -> None:
    assert render('<abbr title="a > b < c">x</abbr> y').plain == "x y"


def test_an_excerpt_is_what_the_author_says_on_one_line() -> None:
    post = render("> quoted\n\nMy answer\n\n```\ncode\n```\n\n- and more")

    assert post.excerpt == "My answer and more"


def test_an_excerpt_of_a_mere_quotation_is_the_quotation() -> None:
    assert render("> quoted").excerpt == "quoted"


def test_an_excerpt_is_cut_at_a_word() -> None:
    excerpt = render("word " * 200).excerpt

    assert len(excerpt) <= 200
    assert excerpt.endswith("word…")


def test_stored_html_is_markup_for_templates() -> None:
    html = render("a & b").html

    assert as_markup(html).__html__() == "<p>a &amp; b</p>"
    assert plain_text(html) == "a & b"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("See [the **models**](https://example.org/m?a=1&b=2).", "See the models (https://example.org/m?a=1&b=2)."),
        ("[rules](/rules)", "rules (https://c.example/rules)"),
        ("https://example.org/x, www.example.org", "https://example.org/x, www.example.org"),
        ("<me@example.org> [us](mailto:us@example.org)", "me@example.org us (us@example.org)"),
        ("[![a cat](/media/c.webp)](https://example.org)", "a cat (https://example.org)"),
        ("[here](#there)[^1]\n\n[^1]: note", "here\n\nnote"),
        ("ask @anna", "ask @anna"),
    ],
)
def test_who_cannot_follow_a_link_reads_where_it_leads(written: str, told: str) -> None:
    html = render(written, Resolved({"anna": "anna"}) if "@anna" in written else NOTHING).html
    assert told_text(html, "https://c.example") == told
