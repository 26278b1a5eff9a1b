"""What was sent, without what nobody types: forms hold no null byte, since PostgreSQL keeps none."""

from typing import Any

from flask import Request


def one_line(raw: str, most: int) -> str:
    """What was typed into a field of one line as it may stand in a page, cut after so many characters: no control
    characters, single spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in raw[:most]).split())


class PlainRequest(Request):
    """A request that leaves null bytes out of what was sent in a form."""

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        form: Any = self.__dict__["form"]
        if any("\0" in value for _name, value in form.items(multi=True)):
            self.__dict__["form"] = type(form)(
                [(name, value.replace("\0", "")) for name, value in form.items(multi=True)]
            )
