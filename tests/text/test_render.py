"""What posts look like: every extension, and the ways in which a post must not disturb the page."""

import pytest

from forum.text import Resolved, find, render
from tests.text.dom import elements, tree

ANNA = Resolved({"anna": "Anna", "max.m": "max.m", "jörg": "Jörg"})


def html(body: str, **more: object) -> str:
    return render(body, **more).html  # type: ignore[arg-type]


def test_a_resolved_mention_is_a_link_and_any_other_stays_text() -> None:
    assert html("Hi @anna and @nobody!", resolved=ANNA) == (
        '<p>Hi <a href="/u/Anna" class="mention">@Anna</a> and @nobody!</p>'
    )


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("@anna.", {"anna"}),
        ("(@max.m), @Jörg-", {"max.m", "Jörg"}),
        ("**@anna**:", {"anna"}),
        ("mail anna@example.org", set()),
        ("`@anna` and [@anna](/x) and https://example.org/@anna", set()),
        ("```\n@anna\n```\n\n    @anna", set()),
        ("<code>@anna</code> <a href='/x'>@anna</a> <b>@max.m</b>", {"max.m"}),
        (r"\@anna", set()),
        ("> @anna wrote\n\n@max.m", {"max.m"}),
        ("a/@anna", set()),
        ("x[^1]\n\n[^1]: ask @anna", {"anna"}),
        ("# @anna\n\n- @max.m\n\n| @jörg |\n|-|", {"anna", "max.m", "jörg"}),
    ],
)
def test_who_is_named(body: str, named: set[str]) -> None:
    assert find(body).mentions == named


def test_a_user_name_cannot_break_out_of_its_link() -> None:
    made = html("@anna", resolved=Resolved({"anna": 'a/"><b>'}))

    assert [tag for tag, _ in elements(made)] == ["p", "a"]
    assert 'href="/u/a%2F%22%3E%3Cb%3E"' in made


def test_the_quotation_of_a_post_is_marked_and_found() -> None:
    body = "> [@anna, #12](/t/42/a-title/12)\n>\n> words\n\nanswer"

    assert html(body) == (
        '<blockquote class="quote"><p class="quote-by"><a href="/t/42/a-title/12">@anna, #12</a></p>'
        "<p>words</p></blockquote><p>answer</p>"
    )
    assert find(body).quotes == {(42, 12)}


def test_a_quotation_whose_words_follow_at_once_looks_the_same() -> None:
    with_line = html("> [@anna, #12](/t/42/a-title/12)\n>\n> *words* here")

    assert html("> [@anna, #12](/t/42/a-title/12)\n> *words* here") == with_line


def test_other_quotations_are_just_quotations() -> None:
    assert html("> [a page](/rules) says") == '<blockquote><p><a href="/rules">a page</a> says</p></blockquote>'
    assert find("> [x](https://elsewhere.example/t/42/a/12)").quotes == frozenset()


def test_links_to_elsewhere_say_so_and_links_within_dont() -> None:
    assert html("[a](https://x.example) [b](/rules) [c](#x)") == (
        '<p><a href="https://x.example" rel="nofollow ugc noopener">a</a> <a href="/rules">b</a> <a href="#x">c</a></p>'
    )


@pytest.mark.parametrize("address", ["//x.example", "https:x.example"])
def test_links_that_only_look_as_if_within_say_so_too(address: str) -> None:
    assert 'rel="nofollow ugc noopener"' in html(f"<a href='{address}'>x</a>")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see https://a.example/x_y_(z).", "https://a.example/x_y_(z)"),
        ("(https://a.example/b)", "https://a.example/b"),
        ("https://a.example/?q=1&r=2, ok", "https://a.example/?q=1&amp;r=2"),
        ("HTTP://A.example!", "HTTP://A.example"),
        ("www.a.example/x?", "http://www.a.example/x"),
        ("me@a.example.", "mailto:me@a.example"),
        ("„https://a.example“", "https://a.example"),
    ],
)
def test_addresses_become_links_without_the_sentence_around_them(text: str, address: str) -> None:
    assert f'<a href="{address}"' in html(text)


@pytest.mark.parametrize(
    "text", ["is.na(x)", "file.py", "a@b", "http://", "x://y", "foohttps://a.example", "@@x", "www."]
)
def test_what_only_resembles_an_address_stays_text(text: str) -> None:
    assert "<a" not in html(text)


def test_uploads_are_pictures_and_others_are_links() -> None:
    assert html("![a cat](/media/cat.webp)") == '<p><img src="/media/cat.webp" alt="a cat"></p>'
    assert html("![a cat](https://x.example/cat.png)") == (
        '<p><a href="https://x.example/cat.png" rel="nofollow ugc noopener">a cat</a></p>'
    )
    assert html("![](https://x.example/cat.png)") == (
        '<p><a href="https://x.example/cat.png" rel="nofollow ugc noopener">https://x.example/cat.png</a></p>'
    )


def test_a_picture_from_elsewhere_inside_a_link_is_words() -> None:
    expected = '<p><a href="https://x.example" rel="nofollow ugc noopener">build</a></p>'

    assert html("[![build](https://x.example/b.svg)](https://x.example)") == expected
    assert html('<a href="https://x.example"><img src="https://x.example/b.svg" alt="build"></a>') == expected


def test_raw_pictures_are_treated_alike() -> None:
    assert (
        html('a <img src="/media/x.png" width="20" onclick="x">')
        == '<p>a <img src="/media/x.png" width="20" alt=""></p>'
    )
    assert html('a <img src="https://x.example/y.png" alt="y">') == (
        '<p>a <a href="https://x.example/y.png" rel="nofollow ugc noopener">y</a></p>'
    )


@pytest.mark.parametrize("raw", ["", "<kbd>x</kbd> ", "<div></div>\n\n"])
def test_headings_stand_below_the_pages_own_and_skip_no_level(raw: str) -> None:
    made = html(f"{raw}text\n\n# a\n\n### b\n\n## c\n\n# d\n\n###### e")

    assert [tag for tag, _ in elements(made) if tag[0] == "h"] == ["h3", "h4", "h4", "h3", "h4"]


def test_raw_headings_count_too() -> None:
    made = html("<h1>a</h1>\n\n## b\n\n<h6>c</h6>")

    assert [tag for tag, _ in elements(made)] == ["h3", "h4", "h5"]


def test_tables_scroll_and_align_without_style() -> None:
    assert html("| a | b |\n|:-:|--:|\n| 1 | 2 |") == (
        '<div class="table-box" tabindex="0"><table><thead><tr><th class="center">a</th><th class="right">b</th></tr></thead>'
        '<tbody><tr><td class="center">1</td><td class="right">2</td></tr></tbody></table></div>'
    )


def test_a_range_of_numbers_in_a_short_cell_stays_whole() -> None:
    made = html("| a |\n|--:|\n| 5–6 Nm |\n| 5 Nm |\n| 5–6 Nm, but never more than that |")

    cells = [attributes for tag, attributes in elements(made) if tag == "td"]
    assert [cell.get("class") for cell in cells] == ["right whole", "right", "right"]


def test_raw_tables_scroll_too() -> None:
    assert html("<table><tr><td align=right>x</td></tr></table>").startswith(
        '<div class="table-box" tabindex="0"><table>'
    )


def test_tasks_are_signs_not_controls() -> None:
    assert html("- [ ] a\n- [x] b\n- c [ ] d") == (
        '<ul><li><span class="task">☐</span> a</li><li><span class="task done">☑</span> b</li><li>c [ ] d</li></ul>'
    )


def test_strikethrough() -> None:
    assert html("~~no~~") == "<p><s>no</s></p>"


def test_footnotes_are_numbered_in_the_order_of_use_and_lead_back() -> None:
    made = html("a[^z] b[^a] c[^z]\n\n[^a]: first\n[^z]: second\n[^u]: unused", prefix="p7-")

    assert 'a<sup class="footnote"><a href="#fn-p7-1" id="fn-p7-1-r1">1</a></sup>' in made
    assert 'c<sup class="footnote"><a href="#fn-p7-1" id="fn-p7-1-r2">1</a></sup>' in made
    assert '<li id="fn-p7-1"><p>second <a href="#fn-p7-1-r1" class="footnote-back">↩</a>' in made
    assert '<li id="fn-p7-3"><p>unused</p></li>' in made


def test_footnotes_of_two_posts_on_a_page_have_ids_of_their_own() -> None:
    body = "a[^1]\n\n[^1]: b"
    ids = [
        attributes["id"]
        for prefix in ("p1-", "p2-")
        for _, attributes in elements(html(body, prefix=prefix))
        if "id" in attributes
    ]

    assert len(ids) == len(set(ids)) == 4


def test_a_prefix_cannot_break_out_of_an_attribute() -> None:
    assert 'id="fn-xy1"' in html("a[^1]\n\n[^1]: b", prefix='x" y')


def test_the_text_of_a_footnote_may_have_several_blocks() -> None:
    made = tree(html("a[^1]\n\n[^1]: one\n\n    two\n\n    - three"))

    assert str(made).index("one") < str(made).index("two") < str(made).index("three")


def test_members_html_may_not_carry_ids_or_our_classes() -> None:
    assert html('<p id="fn-1" class="as-typed">a</p><span class="task">b</span>') == "<p>a</p>b"


def test_details_span_markdown_and_always_have_a_summary() -> None:
    assert html("<details>\n\n*x*\n\n</details>") == "<details><summary>…</summary><p><em>x</em></p></details>"
    assert html("<details open><summary>More</summary>\n\n- x\n\n</details>") == (
        '<details open=""><summary>More</summary>\n<ul><li>x</li></ul></details>'
    )


@pytest.mark.parametrize(
    ("raw", "becomes"),
    [
        ("<div><li>x</li></div>", "<div>x</div>"),
        ("<ul>x</ul>", "<ul><li>x</li></ul>"),
        ("<div><summary>x</summary></div>", "<div>x</div>"),
        ("<div><b><p>x</p></b></div>", "<div><b>x</b></div>"),
        ("<div><strike>x</strike> <tt>y</tt> <font color=red>z</font></div>", "<div><s>x</s> <code>y</code> z</div>"),
    ],
)
def test_raw_html_comes_out_valid(raw: str, becomes: str) -> None:
    assert html(raw) == becomes


def test_what_is_allowed_of_raw_html_stays() -> None:
    raw = "H<sub>2</sub>O <kbd>Ctrl</kbd> <mark>m</mark> <ins>i</ins> <del>d</del> x<sup>2</sup><br>y"

    assert html(raw) == f"<p>{raw}</p>"
    assert html('<abbr title="Hypertext">HT</abbr>') == '<p><abbr title="Hypertext">HT</abbr></p>'


def test_code_can_be_scrolled_by_keyboard() -> None:
    for body in ("    x", "```\nx\n```", "```python\nx\n```", "<pre>x</pre>"):
        assert '<pre tabindex="0">' in html(body)


def test_a_link_and_a_heading_are_never_empty() -> None:
    assert html("[](/x)") == '<p><a href="/x">/x</a></p>'
    assert html("#\n\nx") == "<p>x</p>"


def test_an_empty_post_is_empty() -> None:
    assert render(" \n ").html == render("").plain == ""


def test_rendering_is_the_same_every_time() -> None:
    body = "a[^1] @anna\n\n```r\nx <- 1\n```\n\n[^1]: <b>x</b>"

    assert render(body, ANNA) == render(body, ANNA)
