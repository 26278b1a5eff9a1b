"""The parser is CommonMark's, and what the pipeline makes of it differs only where it should."""

import json
from pathlib import Path
from typing import Any

import pytest

from forum.text import markdown, render
from tests.text.dom import tree
from tests.text.expected import usual

EXAMPLES: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("data").joinpath("commonmark-0.31.json").read_text()
)

DIFFERENT: dict[str, set[int]] = {
    "a tag that is never closed, or not in its own paragraph or block, goes: it would swallow what follows": {
        21, 31, 148, 187, 344, 476, 477, 494, 613, 614, 616, 630, 631, 642, 643
    },
    "only known languages give a class name": {24, 34, 144, 146},
    "known languages are coloured": {142, 143},
    "a heading without words is none": {79},
    "blank space at the end of a post is not stored": {118, 127, 137, 139},
    "a table gets a box that scrolls": {149, 160, 190, 191},
    "what is no element of HTML is shown as text": {150, 163, 613, 614, 615, 617, 623},
    "members' HTML carries no class, id or unknown attribute": {152, 153, 154, 164, 169},
    "a tag that is cut short is shown as text": {156, 157, 158},
    "scripts, styles and the like vanish with their content": {170, 171, 172, 173, 176, 178},
    "instructions and declarations vanish": {180, 629},
    "pictures come from uploads: others are links, or words inside a link": {
        475, 517, 520, 531, *range(572, 590), 591
    },
    "a link without words gets its address as words": {484, 581},
    "an unknown element is text, and so are its attributes": {524, 536},
    "an address with a colon in its first part needs http, https or mailto": {500, 596, 598, 599, 601},
    "addresses in running text become links": {602, 608, 611, 612},
    "a link reference with raw HTML behind it is a paragraph, and its unknown tag is text": {201, 491},
}  # fmt: skip
ALL_DIFFERENT = set().union(*DIFFERENT.values())


def test_the_examples_are_those_of_the_specification() -> None:
    assert [example["example"] for example in EXAMPLES] == list(range(1, 653))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["example"]))
def test_with_the_extensions_off_the_parser_passes(example: dict[str, Any]) -> None:
    html = markdown.commonmark().render(example["markdown"])

    # The specification's own runner takes no notice of white space between blocks either.
    assert html.replace("<blockquote>\n</", "<blockquote></") == example["html"].replace(
        "<blockquote>\n</", "<blockquote></"
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["example"]))
def test_after_the_whole_pipeline_the_tree_differs_only_where_a_reason_is_given(example: dict[str, Any]) -> None:
    same = tree(usual(render(example["markdown"]).html)) == tree(usual(example["html"]))

    assert same == (example["example"] not in ALL_DIFFERENT)
