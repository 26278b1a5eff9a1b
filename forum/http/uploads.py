"""Forms that bring pictures along."""

from typing import Any

from flask import Blueprint, request

from forum.media.pictures import MOST_BYTES

MOST_REQUEST_BYTES = MOST_BYTES + 1024 * 1024
"""A picture of the largest size, with the rest of its form around it."""


def take_pictures(bp: Blueprint, *views: str) -> None:
    """Lets these views of a blueprint, or all of them where none is named, be sent a picture: they may receive more
    than other forms. It is said before anything reads the form, the CSRF check included."""
    endpoints = {f"{bp.name}.{view}" for view in views}

    @bp.url_value_preprocessor
    def take_more(endpoint: str | None, _values: dict[str, Any] | None) -> None:
        if not endpoints or endpoint in endpoints:
            request.max_content_length = MOST_REQUEST_BYTES
