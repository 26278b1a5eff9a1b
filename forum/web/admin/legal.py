"""The legal texts: what is there, and writing one in each language, from a draft that is to be completed or from an
earlier version."""

import re
from collections.abc import Iterable, Mapping

from flask import current_app, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum import text
from forum.access import require
from forum.community import actions, queries
from forum.community.legal import DEMANDED, LEGAL_TEXTS, MOST_BYTES, NOTE_LENGTH, written
from forum.community.marks import mark_of
from forum.community.queries import FullLegalVersion
from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.core.locale import SOURCE, languages, name_of
from forum.http import viewer
from forum.http.forms import by_language
from forum.http.language import of_answer
from forum.http.render import flash
from forum.http.viewer import actor
from forum.text import as_markup
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
    earlier: FullLegalVersion | None = None,
    theirs: Mapping[str, str] | None = None,
) -> AnyResponse:
    """`earlier` is the version whose words the form brings back; `theirs` are the bodies that somebody else saved while
    this form was open."""
    mine = {language: text.clean_body(body).text for language, body in form.words("body").items()}
    both = [] if theirs is None else [(one, theirs.get(one, ""), mine[one]) for one in languages()]
    numbers = queries.legal_numbers(actor(), name)
    return admin_page(
        "admin/legal_text.html",
        "legal",
        status,
        form=form,
        name=name,
        title=legal_titles()[name],
        is_demanded=name in DEMANDED,
        is_draft=is_draft,
        earlier=earlier,
        histories=[(one, name_of(one, of_answer())) for one in languages() if one in numbers],
        has_changed=theirs is not None,
        others=[(one, there, differences(there, own)) for one, there, own in both if there != own],
        limit=MOST_BYTES,
        note_limit=NOTE_LENGTH,
    )


@bp.get("/legal")
def legal_texts() -> AnyResponse:
    require(actor(), "community.change")
    titles = legal_titles()
    texts = [(name, titles[name], state_of(actor(), name)) for name in LEGAL_TEXTS]
    return admin_page("admin/legal.html", "legal", texts=texts, demanded=DEMANDED)


@bp.get("/legal/<name>")
def legal_text(name: str) -> AnyResponse:
    bodies = queries.legal_bodies(actor(), name)
    language, number = request.args.get("language", ""), request.args.get("version", type=int)
    earlier = queries.legal_version(actor(), name, language, number) if number is not None else None
    is_draft = not bodies and earlier is None
    words = {one: draft(name, one) for one in languages()} if is_draft else dict(bodies)
    note = ""
    if earlier is not None:
        words[language] = earlier.body
        note = _("Version %(number)s once more", number=earlier.row.number)
    form = LegalForm(formdata=None, data={**by_language("body", words), "note": note, "seen": mark_of(bodies)})
    return _form_page(name, form, is_draft=is_draft, earlier=earlier)


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
            changed = actions.write_legal_text(staff, name, texts, form.seen.data or "", form.note.data or "")
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
    elif not changed:
        flash(_("Nothing is different."))
    else:
        flash(_("The text is changed.") if texts else _("The text is withdrawn: no page leads to it any more."))
    return back("legal_texts")


# ---------------------------------------------------------------- the versions


@bp.get("/legal/<name>/<language>")
def legal_history(name: str, language: str) -> AnyResponse:
    page = queries.legal_history(actor(), name, language, request.args.get("before"))
    return admin_page(
        "admin/legal_history.html",
        "legal",
        name=name,
        title=legal_titles()[name],
        lang=language,
        spoken=name_of(language, of_answer()),
        page=page,
        newest=queries.legal_numbers(actor(), name)[language],
    )


@bp.get("/legal/<name>/<language>/<int:number>")
def legal_version(name: str, language: str, number: int) -> AnyResponse:
    version = queries.legal_version(actor(), name, language, number)
    return admin_page(
        "admin/legal_version.html",
        "legal",
        name=name,
        title=legal_titles()[name],
        lang=language,
        spoken=name_of(language, of_answer()),
        version=version,
        html=as_markup(version.html),
        changes=differences(version.former_body or "", version.body),
    )
