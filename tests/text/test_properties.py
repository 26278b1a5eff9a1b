"""What holds for every text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from forum.text import Resolved, clean_body, clean_line, compare, find, language, quote, render, slug
from forum.text.sanitise import sanitise
from tests.text.dom import tree
from tests.text.test_scripts import ATTACKS, active

PIECES = st.sampled_from(
    [
        "*", "**", "_", "`", "```", "~~", "[", "](", ")", "![", "](/media/x.png)", "](https://x.example)", "<", ">", "</", "<b>", "</b>",
        "<div>", "</div>", "<table>", "<tr>", "<td>", "<ul>", "<li>", "<details>", "<summary>", "</details>", "<a href='/x'>", "</a>",
        "<p>", "<h1>", "<pre>", "<script>", "</script>", "<!--", "-->", "<svg>", "<img src=x>", "<x-y>", "&lt;", "&#0;", "&", '"', "'",
        "> ", "- ", "1. ", "# ", "| a ", "|\n", "|---|\n", "\n", "\n\n", "    ", "  \n", "\\", "@anna", "[^1]", "[^1]: ", "- [ ] ", "word ",
        "https://x.example/", "www.x.example", "me@x.example", "ä", "\u202e", "\ud800", "\x00", "> [@anna, #1](/t/1/x/1)\n",
    ]
)  # fmt: skip
MARKUP = st.lists(PIECES | st.sampled_from(ATTACKS), max_size=40).map("".join)
TEXT = st.text(st.characters(), max_size=200)
BODY = MARKUP | TEXT
WHO = Resolved({"anna": "Anna"})


@settings(max_examples=400, deadline=None)
@given(BODY)
def test_rendering_never_fails_and_leaves_nothing_active(body: str) -> None:
    post = render(body, WHO, prefix="p1-")

    assert active(post.html) == []
    post.html.encode()
    assert "\n" not in post.excerpt
    assert len(post.excerpt) <= 200
    assert find(body).mentions <= {"anna"} | {
        name for name in find(body).mentions if f"@{name}" in clean_body(body).text
    }


@settings(max_examples=400, deadline=None)
@given(BODY)
def test_the_gates_change_nothing_the_second_time(body: str) -> None:
    html = render(body, WHO).html

    assert sanitise(html) == html


@settings(max_examples=300, deadline=None)
@given(BODY)
def test_the_html_is_well_formed(body: str) -> None:
    """A parser that reads it writes it again as it was: every element is closed, and in order."""
    html = render(body, WHO).html

    assert tree(f"{html}<p>end</p>")[-1:] == (("p", (), ("end",)),)
    assert tree(f"<div>{html}</div>")[-1:] == (("div", (), tree(html)),)


@settings(max_examples=200, deadline=None)
@given(BODY, st.text(max_size=30))
def test_a_quotation_of_anything_names_its_post_and_nobody(body: str, username: str) -> None:
    made = quote(clean_line(username).text.replace("\n", ""), 4, "x", 2, clean_body(body).text)

    assert made.endswith("\n\n")
    assert render(made).version


@settings(max_examples=200, deadline=None)
@given(TEXT)
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    for clean in (clean_body, clean_line):
        once = clean(raw)
        assert clean(once.text).text == once.text
        assert clean(once.text).removed == 0
        once.text.encode()


@settings(max_examples=200, deadline=None)
@given(BODY, BODY)
def test_a_comparison_holds_both_texts(old: str, new: str) -> None:
    rows = compare(old, new)

    for text, kind in ((old, "removed"), (new, "added")):
        lines = ["".join(part for _, part in row.parts) for row in rows if row.kind in ("same", kind)]
        assert "\n".join(lines) == text


@settings(max_examples=200, deadline=None)
@given(TEXT)
def test_addresses_and_languages_of_anything(text: str) -> None:
    assert 1 <= len(slug(text)) <= 60
    assert language(text, "de") in ("de", "en")
