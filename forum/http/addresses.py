"""Ids in addresses: what no row can have is not found, before anybody asks the database."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**63 - 1


class Id(IntegerConverter):
    """A whole number in ASCII digits that fits into 64 bits."""

    regex = "[0-9]{1,19}"

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST_ID)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = Id
