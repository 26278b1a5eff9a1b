"""Each component is there once: shown in the style guide, styled in a file of its own, written by its macro alone."""

import re
from pathlib import Path

from forum.web.styleguide import COMPONENTS

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "templates"
ENTRIES = {one.name: one for parts in COMPONENTS.values() for one in parts}
SAMPLES = (TEMPLATES / "styleguide" / "_samples.html").read_text(encoding="utf-8")
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
MACRO = re.compile(r"{%-? macro ([a-z]\w*)\(")

UNSEEN = {"attributes", "csrf", "flashes"}
"""What draws nothing by itself, or nothing but what others draw."""
AROUND = {"frame.html", "brand.html", "social.html"}
"""What stands around the style guide as around any page."""

CLASSES = {
    *(
        "badge",
        "banner",
        "btn",
        "card",
        "chart",
        "check",
        "chip",
        "choices",
        "composer",
        "crumbs",
        "diff",
        "dialog",
        "dot",
    ),
    *("drawer", "empty", "face", "facts", "field", "field-error", "figures", "fold", "go", "link", "menu", "menu-item"),
    *("menu-panel", "news-item", "pages", "progress", "row", "row-title", "skeleton", "subnav", "switch", "table"),
    *("table-wrap", "tabs", "team", "timeline", "toast", "tooltip"),
}
ELEMENTS = {"details", "dialog", "meter", "progress", "table"}
BY_HAND = {
    ("admin/rules_new.html", "field-error"),  # beside the number of a rule, which is no field
    ("threads/_around.html", "check"),  # a box whose words a script exchanges
    ("setup/start.html", "check"),  # a box whose label is two lines, with what it brings along
    ("setup/start.html", "field-error"),  # beside the head of a rule, which is no field
    ("setup/start.html", "details"),  # a rule whose form is folded away
    ("ideas/show.html", "details"),  # a form whose head says what is already there, and changes with the vote
}
"""Where a page writes by hand what a macro makes, and why."""


def written(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def test_every_macro_is_shown_in_the_style_guide() -> None:
    macros = {
        name
        for path in (TEMPLATES / "components").glob("*.html")
        if path.name not in AROUND
        for name in MACRO.findall(written(path))
    }
    assert len(macros) > 40
    shown = {
        name for name in macros if re.search(rf"\b{name}\(", COMMENT.sub("", SAMPLES).split("{% set person", 1)[1])
    }
    assert macros - shown == UNSEEN


def test_every_entry_of_the_style_guide_has_a_sample_and_a_macro_that_is_there() -> None:
    assert {f"{name}_" for name in ENTRIES} == set(MACRO.findall(SAMPLES))
    for one in ENTRIES.values():
        source = written(TEMPLATES / "components" / f"{one.file}.html")
        called = re.findall(r"(\w+)\(", one.call)
        assert one.call.endswith("|when") or called[0] in MACRO.findall(source), one.name


def test_every_file_of_styles_belongs_to_a_component() -> None:
    files = {path.stem for path in (ROOT / "static" / "css" / "components").iterdir()}
    assert files
    assert files <= set(ENTRIES)


def test_pages_leave_to_macros_what_macros_make() -> None:
    by_hand = set()
    for path in sorted(TEMPLATES.rglob("*.html")):
        room = path.relative_to(TEMPLATES).as_posix()
        if room.startswith(("components/", "mail/")):
            continue
        source = re.sub(r"{{.*?}}|{%.*?%}", " ", written(path), flags=re.DOTALL)
        classes = {name for found in re.findall(r'class="([^"]*)"', source) for name in re.findall(r"[\w-]+", found)}
        by_hand |= {(room, name) for name in classes & CLASSES}
        by_hand |= {(room, name) for name in set(re.findall(r"<([a-z]+)\b", source)) & ELEMENTS}
    assert by_hand == BY_HAND
