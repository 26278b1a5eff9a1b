"""Mails in the community's name: each is one template, and both its forms are made from that.

A template in `templates/mail/` names its words as blocks and extends `frame`, which is `_letter.txt` for the plain text
and `_letter.html` for the HTML: so both say the same.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

from forum.community.look import RADII
from forum.community.queries import CommunityRow
from forum.community.tokens import colours
from forum.core.locale import isolated, translations
from forum.core.mail import Letter
from forum.core.mail_text import flowed
from forum.core.settings import installed

FOLDER = Path(__file__).parent.parent.parent / "templates" / "mail"
DARK_WHERE_WANTED = "(prefers-color-scheme: dark)"
"""The condition under which the head's style sheet turns a mail dark."""
_MANY_LINES = re.compile(r"\n{3,}")
_OPTIONAL: Mapping[str, Any] = {
    "facts": (),
    "passage": "",
    "passage_label": "",
    "passage_language": "",
    "settings": "",
    "unsubscribe": "",
}
"""What not every mail has: facts as (label, value), a passage quoted, addresses of what the reader may choose."""


def in_theme(html: str, theme: str) -> str:
    """The HTML of a mail as it looks in a program that is `light` or `dark`, whatever the reader's own is."""
    return html.replace(DARK_WHERE_WANTED, {"light": "not all", "dark": "all"}[theme])


@cache
def _environment(tongue: str, form: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=form == "html",  # noqa: S701  in plain text it would spell out every ampersand
    )
    environment.globals["_"] = _sentences(tongue, escape if form == "html" else str)
    return environment


def _sentences(tongue: str, escaped: Callable[[str], str]) -> Callable[..., str]:
    catalogue = translations(tongue)

    def gettext(sentence: str, /, **values: str) -> str:
        said = escaped(catalogue.gettext(sentence))
        return said % {name: isolated(value) for name, value in values.items()} if values else said

    return gettext


def _written(template: str, tongue: str, form: str, values: Mapping[str, Any]) -> str:
    page = _environment(tongue, form).get_template(f"{template}.jinja")
    return page.render(values, frame=f"_letter.{form}").strip()


def write(house: CommunityRow, language: str, template: str, **values: Any) -> Letter:
    """The mail `templates/mail/<template>.jinja`, filled with values from anybody: in HTML they are escaped, and none
    turns the direction of the sentence in which it stands. `name` and `address` stand in every mail: whom it greets,
    and where its one button leads."""
    base_url, tongue = installed().base_url, house.tongue(language)
    common = {
        **_OPTIONAL,
        **values,
        "language": language,
        "community": house.name(language),
        "base_url": base_url,
        "legal_texts": house.legal_texts,
    }
    subject, _, text = _written(template, tongue, "txt", common).partition("\n")
    control, card = RADII[house.corners]
    shades = colours(house.brand_colour)
    looks = {
        "light": {name: light for name, (light, _dark) in shades.items()},
        "dark": {name: dark for name, (_light, dark) in shades.items()},
        "when_dark": DARK_WHERE_WANTED,
        "radius": control,
        "radius_card": card,
    }
    html = _written(template, tongue, "html", common | looks)
    return Letter(language, subject.strip(), flowed(_MANY_LINES.sub("\n\n", text.strip())) + "\n", html + "\n")
