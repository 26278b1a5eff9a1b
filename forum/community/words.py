"""Words and addresses of the operator's, as they are kept: made safe to show, and within their bounds."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from forum import text
from forum.core.errors import Invalid
from forum.core.locale import languages

Words = Mapping[str, str]
"""One text by language; languages without it are left out."""

LABEL_LENGTH = 30
"""Characters on a button or link."""
ADDRESS_LENGTH = 300
_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\\<>\"]")


def one_line(words: Words, name: str, limit: int) -> dict[str, str]:
    """Names, titles and labels, on one line each; without what says nothing. Raises Invalid beside `name_de` …"""
    return _bounded({language: text.clean_line(said).text for language, said in words.items()}, name, limit)


def some_lines(words: Words, name: str, limit: int) -> dict[str, str]:
    """Texts of a few lines, in the same way."""
    return _bounded({language: text.clean_body(said).text for language, said in words.items()}, name, limit)


def _bounded(words: dict[str, str], name: str, limit: int) -> dict[str, str]:
    for language, said in words.items():
        if len(said) > limit:
            raise Invalid("too-long", f"{name}_{language}", limit=limit)
    return {language: words[language] for language in languages() if words.get(language)}


def checked_address(raw: str, name: str) -> str:
    """An address that a link may lead to; empty for none. Nothing in it can lead to a script or hide another host."""
    address = raw.strip()
    if not address:
        return ""
    if len(address) > ADDRESS_LENGTH:
        raise Invalid("too-long", name, limit=ADDRESS_LENGTH)
    if _UNSAFE.search(address) or text.clean_line(address).text != address:
        raise Invalid("address-refused", name)
    if address.startswith("/") and not address.startswith("//"):
        return address
    try:
        parts = urlsplit(address)
        is_good = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
        _port = parts.port
    except ValueError:
        is_good = False
    if not is_good:
        raise Invalid("address-refused", name)
    return address
