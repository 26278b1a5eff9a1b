"""Nothing active gets from a post onto a page: the tree a browser builds is checked, not the string.

The corpus is our own work (data/README.md); each text is also tried inside other markup.
"""

import json
import re
from pathlib import Path

import pytest

from forum.text import render
from forum.text.allowed import ATTRIBUTES, CLASSES, OWN_ID, TAGS
from forum.text.sanitise import sanitise, second_gate
from tests.text.dom import elements, words

ATTACKS = [
    json.loads(line)["text"]
    for line in Path(__file__).with_name("data").joinpath("script-injections.jsonl").read_text().splitlines()
]
AROUND = {
    "alone": "{}",
    "in a sentence": "Look: {} and more.",
    "in emphasis": "**{}**",
    "in a quotation": "> {}\n\nWell.",
    "in a list": "- {}\n- two",
    "in a link": "[{}](https://example.org)",
    "as the address of a link": "[x](<{}>)",
    "in the words of a picture": "![{}](/media/x.png)",
    "in a title": '[x](/y "{}")',
    "in a table": "| a |\n|---|\n| {} |",
    "in code": "```html\n{}\n```",
    "in an attribute": '<abbr title="{}">x</abbr>',
    "in raw HTML": "<details><summary>{}</summary>\n\n{}\n\n</details>",
    "in a footnote": "x[^1]\n\n[^1]: {}",
    "behind an open comment": "<!-- {}",
}
FORBIDDEN = frozenset(
    "script iframe object embed base meta link form input textarea select button style svg math frame"
    " frameset applet template"
    " noscript xmp plaintext marquee title video audio dialog portal isindex keygen slot header main footer"
    " nav html body".split()
)
ADDRESS = re.compile(r"(?:https?:|mailto:)|[^:]*(?:[/?#].*)?\Z", re.IGNORECASE | re.DOTALL)


def active(html: str) -> list[str]:
    """What in `html` could act, load from elsewhere or pass for the page's own; and what the allow-list doesn't
    have."""
    found = []
    for tag, attributes in elements(html):
        if tag in FORBIDDEN or tag not in TAGS:
            found.append(f"<{tag}>")
        found.extend(
            f"<{tag} {name}={value!r}>" for name, value in attributes.items() if not _is_fine(tag, name, value)
        )
    return found


def _is_fine(tag: str, name: str, value: str) -> bool:
    match name:
        case "class":
            return set(value.split()) <= CLASSES.get(tag, frozenset())
        case "id":
            return bool(OWN_ID.fullmatch(value))
        case "rel":
            return tag == "a" and value == "nofollow ugc noopener"
        case "tabindex":
            return value == "0" and tag in ("pre", "div")
        case "href":
            return bool(ADDRESS.match(value))
        case "src":
            return value.startswith("/media/") and ".." not in value and "//" not in value
    return name in ATTRIBUTES.get(tag, ())


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND.keys())
def test_no_attack_leaves_anything_active(around: str) -> None:
    left = {attack: found for attack in ATTACKS if (found := active(render(around.replace("{}", attack)).html))}

    assert left == {}


@pytest.mark.parametrize("gate", [sanitise, second_gate], ids=["both gates", "the second gate alone"])
def test_the_gates_hold_without_the_parser_before_them(gate: object) -> None:
    assert callable(gate)

    left = {attack: found for attack in ATTACKS if (found := active(gate(attack)))}

    assert left == {}


def test_the_check_itself_sees_what_is_active() -> None:
    assert active("<script>1</script>") == ["<script>"]
    assert active('<a href="javascript:1">x</a><img src="//x/y"><b onclick=1>x</b><b id=main>x</b>') == [
        "<a href='javascript:1'>",
        "<img src='//x/y'>",
        "<b onclick='1'>",
        "<b id='main'>",
    ]
    assert active('<a href="/x">x</a><img src="/media/x.png" alt="">') == []


@pytest.mark.parametrize("name", ["script", "style", "svg", "iframe", "template", "noscript", "object"])
def test_what_vanishes_takes_its_content_along(name: str) -> None:
    html = render(f"before <{name}>inside</{name}> after").html
    block = render(f"<{name}>\ninside\n</{name}>\n\nafter").html

    assert words(html) == "before after"
    assert words(block) == "after"


def test_comments_vanish_even_when_they_are_never_closed() -> None:
    assert words(render("a <!-- b --> c").html) == "a c"
    assert words(render("a\n\n<!-- b\n\nc").html) == "a"


def test_an_open_script_hides_nothing_of_what_others_read_after_it() -> None:
    assert words(render("the <script> tag is explained here").html) == "the <script> tag is explained here"
    assert words(render("- <script>alert(1)\n\nand *more*").html) == "and more"


def test_an_unclosed_tag_swallows_nothing() -> None:
    post = render("a <b>bold\n\n<div title='x\n\nb `c` *d*")

    assert post.plain.split() == "a bold <div title='x b c d".split()


def test_what_is_no_html_is_shown_as_it_was_typed() -> None:
    assert words(render("call vector<string> or <your name here>").html) == "call vector<string> or <your name here>"


def test_an_address_that_begins_like_a_scripts_scheme_is_no_link() -> None:
    assert "href" not in render("[a](javascript) [b](JavaScripts/a) <a href='vbscript'>c</a>").html
    assert "href" in render("[a](/javascript)").html
