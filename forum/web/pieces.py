"""HTML that was rendered once, with room for the values that differ."""

import re
from dataclasses import dataclass
from typing import Self

from markupsafe import escape

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
