"""Forms that bring pictures along."""

from typing import Any

from flask import Blueprint, request

from forum.media.pictures import MOST_BYTES

REST_BYTES = 1024 * 1024
"""Room for the rest of a form around its pictures."""


def take_pictures(bp: Blueprint, *views: str, count: int = 1) -> None:
    """Lets these views of a blueprint, or all of them where none is named, be sent so many pictures of the largest
    size: they may receive more than other forms. It is said before anything reads the form, the CSRF check included."""
    endpoints = {f"{bp.name}.{view}" for view in views}

    @bp.url_value_preprocessor
    def take_more(endpoint: str | None, _values: dict[str, Any] | None) -> None:
        if not endpoints or endpoint in endpoints:
            request.max_content_length = count * MOST_BYTES + REST_BYTES
