"""HTML that was rendered once, with room for the values that differ."""

import re
from dataclasses import dataclass
from typing import Any, Self

from flask import current_app
from jinja2.nodes import Macro
from markupsafe import Markup, escape

from forum.http import language

_MARK = re.compile("\x00([a-z_]+)\x00")


@dataclass(frozen=True, slots=True)
class Piece:
    """One macro's HTML with `%(name)s` in the place of each argument."""

    template: str

    @classmethod
    def of(cls, html: str) -> Self:
        """From HTML with a mark in the place of each value."""
        return cls(_MARK.sub(r"%(\1)s", str(html).replace("%", "%%")))

    def fill(self, **values: object) -> str:
        """The HTML; values are escaped unless they are numbers or their slot's name ends in `_html`."""
        return self.template % {
            name: value if value.__class__ is int or name.endswith("_html") else str(escape(value))
            for name, value in values.items()
        }

    def ready(self, **values: str) -> str:
        """The template with some slots filled with HTML, for pages that fill the others many times."""
        made = self.template
        for name, value in values.items():
            made = made.replace(f"%({name})s", value.replace("%", "%%"))
        return made


def mark(name: str) -> Markup:
    """What stands in the place of a value while a piece is made."""
    return Markup("\x00" + name + "\x00")  # noqa: S704  no input


def pieces_of(template: str, tongue: str) -> dict[str, Piece]:
    """The macros of a template as pieces, in a language."""
    language.speak(tongue)
    environment = current_app.jinja_env
    loader = environment.loader
    assert loader is not None  # noqa: S101  narrows the type
    source = loader.get_source(environment, template)[0]
    module: Any = environment.get_template(template).make_module({})
    made = {}
    for macro in environment.parse(source).find_all(Macro):
        made[macro.name] = Piece.of(getattr(module, macro.name)(*[mark(argument.name) for argument in macro.args]))
    return made
