"""No text takes long: what would is shown as it was typed. Counted in tags and signs; the clock is only a guard
against hanging."""

import time

import pytest

from forum.text import MAX_BODY_BYTES, clean_body, find, pipeline, render
from forum.text.rawhtml import MAX_DEPTH
from tests.text.dom import elements

HANGING_SECONDS = 10.0
UNITS = [
    "[", "]", "(", "![", "*a", "*a **b ", "_a_", "**", "~~", "`", "``a", "|", "|a|b|\n|-|-|\n", "|-", "> ", ">\n", "- ", "  - a\n",
    "1. ", "# a\n", "a\n===\n", "---\n", "\t", "\n", " ", "    a\n", "```\n", "```c\n\n", "[^1]", "[^", "[^a]: b\n", "[^a]: b\n\n",
    "[a](", "[a](b)", "[a]: b\n", "](", "[](", "> - ", "- > ", "- - ", "<", "<!--", "<?", '<a b="', "<a b='", "<b title=1>", "<p>",
    "<div>", "<div>\n\n", "<details>\n", "<table><tr><td>", "<ul><li>", "<svg><math>", "<script>", "<template>", "<textarea>",
    "<b><p>", "<em><div>", "</b>", "<img src=x>", "&", "&amp;", "&#0;", "\\", '"', "@a", "@a ", "a@b.c ", "www.a.", "://",
    "http://", "http://a.b ", "e\u0301", "\u0316\u0301", "\u202e", "\ud800", "\x00", "\u00a0",
]  # fmt: skip


def test_the_guard_is_set_where_it_is_said_to_be() -> None:
    assert pipeline.MAX_PIECES <= 25_000
    assert pipeline.MAX_SIGNS <= 60_000


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_a_full_post_of_one_thing_repeated_is_rendered_in_bounded_time(unit: str) -> None:
    body = (unit * MAX_BODY_BYTES)[:MAX_BODY_BYTES]

    start = time.process_time()
    post = render(body)

    assert time.process_time() - start < HANGING_SECONDS
    assert post.html.count("<") <= pipeline.MAX_PIECES + 2
    if not clean_body(body).text:
        assert post.html == ""


@pytest.mark.parametrize("unit", ["@a ", "@a", "> @a\n", "[@a](/t/1/x/1)\n", "> [@a](/t/1/x/1)\n\n"])
def test_names_and_quotations_are_found_in_bounded_time(unit: str) -> None:
    start = time.process_time()
    find((unit * MAX_BODY_BYTES)[:MAX_BODY_BYTES])

    assert time.process_time() - start < HANGING_SECONDS


@pytest.mark.parametrize("sign", [">", "> ", "[", "*", "_", "**a ", "- ", "<div>", "<b>", "(", "![", "`", "[^"])
def test_fifty_thousand_of_anything_nested(sign: str) -> None:
    start = time.process_time()
    post = render(sign * 50_000 + "x")

    assert time.process_time() - start < HANGING_SECONDS
    assert post.html
    assert post.html.count("<") <= pipeline.MAX_PIECES + 2


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "".join(f"<b title={i}>" for i in range(9_000)) + "\n\npara" * 9_000, id="formatting and paragraphs"
        ),
        pytest.param(
            "<div>\n" + "".join(f"<b title={i}>a" for i in range(5_000)) + "<p>x" * 5_000 + "</b>" * 5_000,
            id="misnested",
        ),
        pytest.param("[a]: /b\n\n" + "[a]" * 80_000, id="references"),
        pytest.param("[^a]: b\n\n" + "[^" * 120_000, id="open footnotes"),
        pytest.param("|" + "a|" * 20_000 + "\n|" + "-|" * 20_000 + "\n" + "|a|\n" * 20_000, id="a wide and long table"),
        pytest.param(
            "".join(f"[^{i}]: b\n" for i in range(9_000)) + "".join(f"[^{i}]" for i in range(9_000)), id="footnotes"
        ),
        pytest.param("".join("  " * i + "- > x\n" for i in range(300)), id="stairs"),
        pytest.param("a" * 60_000 + "@" + "a-" * 60_000, id="an endless mail address"),
        pytest.param("a" + "\u0316\u0301" * 80_000, id="a tower of marks"),
        pytest.param("```c\n" + "\n" * 200_000 + "```", id="line feeds as C"),
    ],
)
def test_what_makes_parsers_quadratic_is_stopped_in_time(body: str) -> None:
    start = time.process_time()
    post = render(body)

    assert time.process_time() - start < HANGING_SECONDS
    assert len(post.html) < 12 * len(body) + 1_000


def test_what_is_nested_too_deep_is_shown_as_it_was_typed() -> None:
    body = ">" * 60 + " deep & <b>down</b>"
    post = render(body)

    assert post.html == f'<p class="as-typed">{"&gt;" * 60} deep &amp; &lt;b&gt;down&lt;/b&gt;</p>'
    assert post.plain == body
    assert find(body + " @anna").mentions == frozenset()


def test_what_people_nest_by_hand_is_rendered() -> None:
    assert render("> " * 12 + "x").html.count("<blockquote>") == 12
    assert render("".join("  " * i + "- x\n" for i in range(10))).html.count("<ul>") == 10


def test_raw_html_is_nested_to_a_bound() -> None:
    html = render("<div>" * 500 + "x" + "</div>" * 500).html

    assert sum(tag == "div" for tag, _ in elements(html)) == MAX_DEPTH
    assert "x" in html
