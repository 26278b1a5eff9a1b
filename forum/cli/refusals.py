"""What a command says when the house refuses: a sentence, never its code."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from forum.cli.house import fail

if TYPE_CHECKING:
    from forum.core.errors import Refused

NO_OWN: Mapping[str, str] = {}


def refuse(refused: "Refused", own: Mapping[str, str] = NO_OWN, about: str = "") -> NoReturn:
    """Ends the command with the sentence of this refusal: the command's own, which may name options; else that of the
    pages, behind what it is about, a file perhaps, and the field. `open_house` does so where a command doesn't."""
    if refused.code in own:
        fail(own[refused.code].format(**refused.parameters))
    fail(": ".join(part for part in (about, _field(refused), _of_pages(refused)) if part))


def _field(refused: "Refused") -> str:
    return str(getattr(refused, "field", None) or "").replace("_", " ")


def _spoken(value: Any) -> Any:
    """A moment as all commands write it: pages know the zone of who reads them."""
    return f"{value:%Y-%m-%d %H:%M} UTC" if isinstance(value, datetime) else value


def _of_pages(refused: "Refused") -> str:
    """In English, as all that commands say. The web part is loaded only now: most commands never need it."""
    from flask import Flask

    from forum.core import locale
    from forum.core.errors import Refused
    from forum.http import language, reasons

    app = Flask("forum", static_folder=None)
    language.init_app(app)
    with app.app_context():
        language.settle(locale.SOURCE)
        spoken = {name: _spoken(value) for name, value in refused.parameters.items()}
        return reasons.sentence(Refused(refused.code, **spoken))
