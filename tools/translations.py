"""Brings the sentences that `make translations` has gathered into the catalogues; with a code, begins a new language.

A full catalogue (`de`) has every sentence, an overlay (`de_formal`) only those that differ from the catalogue below it:
what it lacks is not added. From both, sentences go that no page says any more.
"""

import sys
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

GATHERED = Path("var/messages.pot")
FOLDER = Path("forum/translations")
_OVERLAY = "_formal"


def _read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, omit_header=True, ignore_obsolete=True)


def renew(folder: Path, gathered: Catalog) -> None:
    """Every catalogue of the folder anew, with what is translated kept."""
    for path in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
        name = path.parent.parent.name
        present = _read(path, name.removesuffix(_OVERLAY))
        present.update(gathered, no_fuzzy_matching=True)
        if name.endswith(_OVERLAY):
            for message in [one for one in present if one.id and not any(one.string or "")]:
                present.delete(message.id)
        _write(path, present)


def begin(folder: Path, gathered: Catalog, code: str) -> Path:
    """An empty catalogue for a new language. Raises ValueError for what is no language, or is there already."""
    try:
        known = Locale.parse(code)
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"{code!r} is no language that Babel knows.") from error
    if code != known.language:
        raise ValueError(f"A language is named by its code alone: {known.language}.")
    path = folder / code / "LC_MESSAGES" / "messages.po"
    if code == "en" or path.exists():
        raise ValueError(f"{known.english_name} is there already.")
    made = Catalog(locale=code)
    made.update(gathered, no_fuzzy_matching=True)
    _write(path, made)
    return path


def main() -> None:
    gathered = _read(GATHERED)
    if len(sys.argv) == 1:
        renew(FOLDER, gathered)
        return
    try:
        path = begin(FOLDER, gathered, sys.argv[1])
    except ValueError as error:
        sys.exit(str(error))
    print(f"{path} is begun. Translate its sentences; those that are empty are shown in English.")


if __name__ == "__main__":
    main()
