"""Imprint, privacy notice, accessibility statement: at hand from every page, whoever reads."""

from flask import Blueprint
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.community import queries
from forum.http import cache
from forum.http.language import of_answer
from forum.http.render import page
from forum.http.viewer import community
from forum.text import as_markup

bp = Blueprint("legal", __name__)


def legal_titles() -> dict[str, str]:
    """What the texts are called, in the reader's language."""
    return {"imprint": _("Imprint"), "privacy": _("Privacy"), "accessibility": _("Accessibility")}


@bp.get("/<any(imprint, privacy, accessibility):name>")
@cache.for_guests(cache.of_community)
def show(name: str) -> AnyResponse:
    found = queries.legal_page(name, of_answer(), community().default_language)
    return page("legal/show.html", title=legal_titles()[name], text=found, html=as_markup(found.html))
