"""Every sentence of the interface exists in German, with the same placeholders, and in formal German without du."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.du import says_du

ROOT = Path(__file__).resolve().parent.parent.parent
EVERY = sorted((ROOT / "forum" / "translations").glob("*/LC_MESSAGES/messages.po"))
CATALOGUES = [path for path in EVERY if not path.parent.parent.name.endswith("_formal")]
OVERLAYS = [path for path in EVERY if path not in CATALOGUES]
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
        return read_po(file, locale=path.parent.parent.name.removesuffix("_formal"))


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


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.parent.parent.name)
def test_translations_keep_the_placeholders(path: Path) -> None:
    wrong = []
    for message in catalogue(path):
        if message.id and any(forms(message.string)):
            said, translated = placeholders(message)
            # A singular may say "one" in place of the number.
            if translated - said or (said - translated) - {"num", "count"}:
                wrong.append(message.id)
    assert wrong == []


def below(path: Path) -> Path:
    """The catalogue that an overlay lies upon."""
    return path.parent.parent.with_name(path.parent.parent.name.removesuffix("_formal")) / "LC_MESSAGES" / path.name


@pytest.mark.parametrize("path", OVERLAYS, ids=lambda path: path.parent.parent.name)
def test_an_overlay_holds_only_what_the_catalogue_below_says_otherwise(path: Path) -> None:
    usual = {message.id: message for message in catalogue(below(path)) if message.id}
    for message in catalogue(path):
        if message.id:
            assert message.id in usual, f"nobody says this any more; run `make translations`: {message.id}"
            assert all(forms(message.string)), message.id
            assert forms(message.string) != forms(usual[message.id].string), f"the same below: {message.id}"
            assert len(forms(message.string)) == len(forms(usual[message.id].string)), message.id


def test_formal_german_says_du_nowhere() -> None:
    path = next(path for path in OVERLAYS if path.parent.parent.name == "de_formal")
    said = {message.id: message.string for message in catalogue(below(path)) if message.id}
    said |= {message.id: message.string for message in catalogue(path) if message.id}
    wrong = {key: word for key, string in said.items() for one in forms(string) if (word := says_du(one))}
    wrong.pop("Attempts", None)  # "Versuche", a noun
    assert not wrong, f"needs its twin with Sie in {path.relative_to(ROOT)}: {wrong}"


def test_what_looks_for_du_finds_it() -> None:
    for text in ("Wähle ein Bild.", "Bitte prüfe das.", "Geh zurück, dort steht es.", "Kannst Du das?", "Neu für dich"):
        assert says_du(text), text
    for text in ("Wählen Sie ein Bild.", "Bitte prüfen Sie das.", "Die Suche", "Ihre Stimme zählt.", "Eine Frage"):
        assert says_du(text) is None, text


@pytest.mark.parametrize("path", [path for path in EVERY if path.parent.parent.name.startswith("de")])
def test_german_is_set_as_german_is(path: Path) -> None:
    """Quotation marks are „…“, an ellipsis is one sign, and a number is not parted from its unit."""
    wrong = re.compile(r"[“”](?=\w)|\.\.\.|'|\"|%\(\w+\)s (?:MB|KB|Zeichen|Minuten?|Sekunden?|Tage?n?|Millionen)\b")
    for message in catalogue(path):
        for text in forms(message.string) if message.id else []:
            assert wrong.search(text) is None, text
            assert text.count("„") == text.count("“"), text


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.parent.parent.name)
def test_no_translation_has_swallowed_another_sentence(path: Path) -> None:
    pairs = [(one.id, str(one.string)) for one in catalogue(path) if isinstance(one.id, str) and len(one.id) > 14]
    assert [said for _, said in pairs if any(source in said for source, own in pairs if own != said)] == []
