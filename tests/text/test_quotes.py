"""The quote button's Markdown."""

from forum.text import find, quote, render


def test_a_quotation_says_who_and_where_and_is_found_again() -> None:
    made = quote("anna", 42, "a-title", 12, "Hello *you*\n\nand you")

    assert made == "> [@anna, #12](/t/42/a-title/12)\n>\n> Hello *you*\n>\n> and you\n\n"
    assert find(made).quotes == {(42, 12)}
    assert find(made).mentions == frozenset()


def test_what_the_post_quoted_itself_is_left_out() -> None:
    body = "> [@max, #3](/t/42/a-title/3)\n>\n> his words\n> more\nstill his\n\nher words"

    assert quote("anna", 42, "a-title", 12, body) == "> [@anna, #12](/t/42/a-title/12)\n>\n> her words\n\n"


def test_a_quoted_sign_in_code_is_code() -> None:
    assert "> > x <- 1" in quote("anna", 1, "t", 2, "```r\n> x <- 1\n```")


def test_a_long_post_is_cut_and_its_code_is_closed() -> None:
    made = quote("anna", 1, "t", 2, "```r\n" + "x <- c(1, 2, 3)\n" * 500 + "```\nend")

    assert len(made) < 3_000
    assert made.endswith("> ```\n>\n> …\n\n")
    answer = render(made + "my *answer*").html
    assert answer.endswith("<p>my <em>answer</em></p>")


def test_one_endless_line_is_cut_too() -> None:
    assert len(quote("anna", 1, "t", 2, "word " * 1_000)) < 1_500


def test_odd_names_and_empty_posts_make_a_quotation_too() -> None:
    made = quote("a]b[c\\", 1, "", 2, "> only quoted")

    assert made == "> [@abc, #2](/t/1/t/2)\n>\n\n"
    assert find(made).quotes == {(1, 2)}
