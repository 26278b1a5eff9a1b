"""Imprint, privacy notice, terms of use, contact, accessibility statement: at hand from every page, whoever reads."""

from flask import Blueprint, Response
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.community import queries
from forum.community.legal import LEGAL_TEXTS, LOOKED_UP
from forum.community.queries import LegalPage
from forum.http import cache
from forum.http.language import of_answer
from forum.http.render import page
from forum.http.viewer import community
from forum.text import as_markup

bp = Blueprint("legal", __name__)


def legal_titles() -> dict[str, str]:
    """What the texts are called, in the reader's language."""
    return {
        "imprint": _("Imprint"),
        "privacy": _("Privacy"),
        "terms": _("Terms of use"),
        "contact": _("Contact"),
        "accessibility": _("Accessibility"),
    }


def _shown(name: str, found: LegalPage) -> Response:
    return page(
        "legal/show.html",
        name=name,
        title=legal_titles()[name],
        text=found,
        html=as_markup(found.html),
        versions=queries.earlier_legal_pages(name, found.language),
    )


@bp.get(f"/<any({', '.join(LEGAL_TEXTS)}):name>")
@cache.for_guests(cache.of_community)
def show(name: str) -> AnyResponse:
    return _shown(name, queries.legal_page(name, of_answer(), community().default_language))


@bp.get(f"/<any({', '.join(LOOKED_UP)}):name>/<language>/<int:number>")
@cache.for_guests(cache.of_community)
def show_earlier(name: str, language: str, number: int) -> AnyResponse:
    return _shown(name, queries.earlier_legal_page(name, language, number))
