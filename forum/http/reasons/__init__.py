"""The sentence for each reason code, in the reader's language. Rooms raise codes; only here do they become words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import ngettext

from forum.core.errors import Refused
from forum.http import render
from forum.http.reasons import content, house, members

SENTENCES: Mapping[str, Any] = {**members.SENTENCES, **content.SENTENCES, **house.SENTENCES}


_AMOUNTS = {"limit", "count", "seconds"}
"""Parameters that are written as the reader writes numbers; other numbers are names of things."""


def _spoken(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return render.moment(value)
    return render.number(value) if name in _AMOUNTS else value


def sentence(refused: Refused) -> str:
    """What to tell the reader. Raises LookupError for a code without a sentence; a test looks for those."""
    if refused.code == "too-many" and refused.parameters.get("seconds", 0) > 90:
        minutes = round(refused.parameters["seconds"] / 60)
        return ngettext(
            "That was a little too often. Please try again in %(num)s minute.",
            "That was a little too often. Please try again in %(num)s minutes.",
            minutes,
        )
    text = SENTENCES[refused.code]
    return str(text) % {name: _spoken(name, value) for name, value in refused.parameters.items()}
