"""The legal texts: what is there, and writing one in each language, from a draft that is to be completed."""

import re
from collections.abc import Iterable, Mapping

from flask import current_app
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum import text
from forum.access import require
from forum.community import actions, queries
from forum.community.legal import LEGAL_TEXTS, MOST_BYTES, written
from forum.community.marks import mark_of
from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.core.locale import SOURCE, languages
from forum.http import viewer
from forum.http.forms import by_language
from forum.http.render import flash
from forum.http.viewer import actor
from forum.web.admin.frame import admin_page, back, bp
from forum.web.differences import differences
from forum.web.forms.admin import LegalForm
from forum.web.legal import legal_titles

_BLANK = re.compile(r"\[[^\[\]]+\](?![(\[:])")
"""Square brackets that are no link: a blank of the draft."""


def _form_page(
    name: str,
    form: LegalForm,
    status: int = 200,
    *,
    is_draft: bool = False,
    theirs: Mapping[str, str] | None = None,
) -> AnyResponse:
    """`theirs` are the bodies that somebody else saved while this form was open."""
    mine = {language: text.clean_body(body).text for language, body in form.words("body").items()}
    both = [] if theirs is None else [(one, theirs.get(one, ""), mine[one]) for one in languages()]
    return admin_page(
        "admin/legal_text.html",
        "legal",
        status,
        form=form,
        name=name,
        title=legal_titles()[name],
        is_draft=is_draft,
        has_changed=theirs is not None,
        others=[(one, there, differences(there, own)) for one, there, own in both if there != own],
        limit=MOST_BYTES,
    )


@bp.get("/legal")
def legal_texts() -> AnyResponse:
    require(actor(), "community.change")
    titles = legal_titles()
    texts = [(name, titles[name], state_of(actor(), name)) for name in LEGAL_TEXTS]
    return admin_page("admin/legal.html", "legal", texts=texts)


@bp.get("/legal/<name>")
def legal_text(name: str) -> AnyResponse:
    bodies = queries.legal_bodies(actor(), name)
    drafts = {} if bodies else {language: draft(name, language) for language in languages()}
    form = LegalForm(formdata=None, data={**by_language("body", bodies or drafts), "seen": mark_of(bodies)})
    return _form_page(name, form, is_draft=not bodies)


def draft(name: str, language: str) -> str:
    """What a legal text begins with. A language without a draft of its own begins with the English one."""
    drafts = [f"legal/drafts/{name}.{one}.md" for one in (language, SOURCE)]
    return current_app.jinja_env.select_template(drafts).render(name=viewer.community().name(language))


def has_blank(bodies: Iterable[str]) -> bool:
    """Whether something of the draft is still to be completed."""
    return any(_BLANK.search(body) for body in bodies)


def state_of(actor: Actor, name: str) -> str:
    """`missing`, `blank` while something in it is still to be completed, or `there`."""
    bodies = queries.legal_bodies(actor, name)
    return ("blank" if has_blank(bodies.values()) else "there") if bodies else "missing"


@bp.post("/legal/<name>")
def write_legal_text(name: str) -> AnyResponse:
    queries.legal_bodies(actor(), name)
    form = LegalForm()
    try:
        texts = written(form.words("body"))
        with transaction(actor()) as staff:
            changed = actions.write_legal_text(staff, name, texts, form.seen.data or "")
    except Conflict as error:
        form.refuse(Invalid(error.code))
        theirs = error.parameters["bodies"]
        form.seen.data = mark_of(theirs)
        return _form_page(name, form, 409, theirs=theirs)
    except Invalid as error:
        form.refuse(error)
        return _form_page(name, form, 400)
    if has_blank(one.body for one in texts):
        flash(_("The text is kept, but something in square brackets is still to be completed."), "warn")
    else:
        flash(_("The text is changed.") if changed else _("Nothing is different."))
    return back("legal_texts")
