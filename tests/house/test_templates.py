"""Templates hold to the strict content security policy and never mark a string as safe themselves."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

FORBIDDEN = {
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "the safe filter": re.compile(r"\|\s*safe\b"),
    "a block without escaping": re.compile(r"{%-?\s*autoescape\s+false"),
}
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)


def findings(source: str) -> set[str]:
    source = COMMENT.sub("", source)
    return {what for what, pattern in FORBIDDEN.items() if pattern.search(source)}


def test_no_template_breaks_the_content_security_policy() -> None:
    assert TEMPLATES
    wrong = {}
    for path in TEMPLATES:
        if found := findings(path.read_text(encoding="utf-8")) - allowed(path):
            wrong[str(path.relative_to(ROOT))] = found
    assert wrong == {}


def allowed(path: Path) -> set[str]:
    """Mail programs read style attributes only."""
    return {"a style attribute", "an inline style sheet"} if "mail" in path.parts else set()


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        '<p class="a" style="color: red">',
        '<button\n  onclick="go()">',
        '<a href="javascript:go()">',
        "{{ body | safe }}",
        "{% autoescape false %}",
    ],
)
def test_the_check_finds_what_it_forbids(bad: str) -> None:
    assert findings(bad)


@pytest.mark.parametrize(
    "good",
    [
        '<script src="/static/js/theme.js" defer></script>',
        '<link rel="stylesheet" href="/static/css/base.css">',
        '<p data-on="x">{{ person.on }}</p>',
        '<meter value="3" max="5"></meter>',
        "{# style=, |safe #}",
    ],
)
def test_the_check_lets_the_right_way_pass(good: str) -> None:
    assert findings(good) == set()
