"""Writes THIRD-PARTY-NOTICES.md from the lock and from what the installed packages say about themselves.

Run by `make notices`; a test fails when the file no longer fits the lock.
"""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "THIRD-PARTY-NOTICES.md"

# What the packages themselves say in other words or not at all; read in the licence file of each.
LICENCES = {
    "babel": "BSD-3-Clause",
    "bleach": "Apache-2.0; carries html5lib (MIT)",
    "blinker": "MIT",
    "cached-property": "BSD-3-Clause",
    "email-validator": "Unlicense",
    "flask-babel": "BSD-3-Clause",
    "flask-sqlalchemy": "BSD-3-Clause",
    "flask-wtf": "BSD-3-Clause",
    "greenlet": "MIT and PSF-2.0",
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "markdown-it-py": "MIT",
    "mdit-py-plugins": "MIT",
    "mdurl": "MIT",
    "packaging": "Apache-2.0 or BSD-2-Clause",
    "psycopg-binary": "LGPL-3.0-only; carries libpq (PostgreSQL) and OpenSSL (Apache-2.0)",
    "segno": "BSD-3-Clause",
    "structlog": "MIT or Apache-2.0",
    "text-unidecode": "Artistic-1.0 (chosen here) or GPL-2.0-or-later",
    "tinycss2": "BSD-3-Clause",
    "webencodings": "BSD-3-Clause",
    "whoosh-reloaded": "BSD-2-Clause",
    "wtforms": "BSD-3-Clause",
}

HEAD = """\
# Third-party notices

Tafelrunde itself is licensed under the Apache License 2.0 (LICENSE). At run time it stands on the packages below. They
are installed from their own distributions, unchanged, each with its licence text beside it
(`.venv/lib/python*/site-packages/<name>-<version>.dist-info/`). Tools that only build or test are not listed, since
nothing of them is shipped.

Written by `make notices`; don't edit by hand.

| package | version | licence |
|---|---|---|
"""

TAIL = """
Remarks:

- psycopg (only with the `postgres` extra) is under the LGPL. It is used as an unmodified library that everyone can
  replace by their own build: install another version into the environment.
- text-unidecode may be taken under the Artistic License or the GPL; here it is taken under the Artistic License.
- The icons in static/icons.svg are taken from Lucide (ISC, in part MIT); both texts stand in static/vendor/README.md.
- The font of the cards, static/vendor/inter-latin-600-normal.woff2, is Inter (SIL Open Font License 1.1); its text
  stands in static/vendor/README.md too.
"""


def pins(*locks: str) -> dict[str, str]:
    """Name and version of each package in the named lock files, in order; the newest one where Python decides."""
    found: dict[str, str] = {}
    for lock in locks:
        text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
        found |= dict(re.findall(r"^([a-z0-9-]+)==([^ \\]+)", text, re.MULTILINE))
    return dict(sorted(found.items()))


def licence(name: str) -> str:
    """The licence of an installed package, as an SPDX expression where it gives one."""
    if name in LICENCES:
        return LICENCES[name]
    about = metadata(name)
    said = about.get("License-Expression") or about.get("License") or ""
    if not said or "\n" in said:
        raise SystemExit(f"{name} does not say its licence in one line; read it and add it to LICENCES.")
    return said


def page() -> str:
    """The whole file."""
    rows = []
    for name, version in pins("core.txt", "postgres.txt").items():
        try:
            rows.append(f"| {name} | {version} | {licence(name)} |\n")
        except PackageNotFoundError:
            continue  # needed on another platform only
    return HEAD + "".join(rows) + TAIL


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
