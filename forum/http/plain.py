"""Requests whose forms hold no null byte: PostgreSQL keeps none, and nobody types one."""

from typing import Any

from flask import Request


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
