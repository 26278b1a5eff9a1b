"""Every sentence of the interface exists in German, with the same placeholders."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUES = sorted((ROOT / "forum" / "translations").glob("*/LC_MESSAGES/messages.po"))
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@cache
def sentences() -> frozenset[str | tuple[str, ...]]:
    """What the code and the templates say, in English; a plural is a pair."""
    found: set[str | tuple[str, ...]] = set()
    for folder, method in ((ROOT / "forum", "python"), (ROOT / "templates", "jinja2")):
        for _file, _line, message, _comments, _context in extract_from_dir(
            folder, method_map=[("**.py" if method == "python" else "**.*", method)], keywords=KEYWORDS
        ):
            found.add(tuple(message) if isinstance(message, list | tuple) else message)
    return frozenset(found - {""})


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def placeholders(message: Message) -> tuple[set[str], set[str]]:
    said, translated = forms(message.id), forms(message.string)
    return {name for text in said for name in PLACEHOLDER.findall(text)}, {
        name for text in translated for name in PLACEHOLDER.findall(text)
    }


def test_there_is_a_german_catalogue() -> None:
    assert "de" in {path.parent.parent.name for path in CATALOGUES}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_every_sentence_is_translated(path: Path) -> None:
    known = {message.id: message for message in catalogue(path) if message.id}
    done = {key for key, message in known.items() if all(forms(message.string)) and not message.fuzzy}
    missing = {sentence for sentence in sentences() if sentence not in done and forms(sentence)[0] not in done}
    assert not missing, "run `make translations`, then translate:\n" + "\n".join(sorted(map(str, missing)))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_translations_keep_the_placeholders(path: Path) -> None:
    wrong = []
    for message in catalogue(path):
        if message.id and any(forms(message.string)):
            said, translated = placeholders(message)
            # A singular may say "one" in place of the number.
            if translated - said or (said - translated) - {"num", "count"}:
                wrong.append(message.id)
    assert wrong == []
