"""The fourth screen: imprint and privacy notice, from the drafts of the administration."""

from collections.abc import Mapping

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum import text
from forum.community import actions, queries
from forum.community.legal import LegalText, written
from forum.community.marks import mark_of
from forum.core.errors import Invalid
from forum.http.render import flash
from forum.http.viewer import actor
from forum.web.admin.legal import draft, has_blank
from forum.web.forms.admin import LegalForm
from forum.web.legal import legal_titles
from forum.web.setup.frame import bp, is_skipped, languages, onwards, passing, screen_page

TEXTS = ("imprint", "privacy")


def _form_page(forms: Mapping[str, LegalForm], status: int = 200) -> Response:
    titles = legal_titles()
    spoken = languages()
    texts = [
        (name, titles[name], [(one, field) for one, field in form.fields_of("body") if one in spoken])
        for name, form in forms.items()
    ]
    return screen_page("legal", status, forms=forms, texts=texts)


def _begun(name: str) -> LegalForm:
    bodies = queries.legal_bodies(actor(), name) or {language: draft(name, language) for language in languages()}
    data = {f"body_{language}": body for language, body in bodies.items()}
    return LegalForm(formdata=None, data=data, prefix=name)


@bp.get("/legal")
def legal() -> AnyResponse:
    return _form_page({name: _begun(name) for name in TEXTS})


def _written(name: str, form: LegalForm) -> tuple[LegalText, ...]:
    """The texts that were sent. A draft that nobody has touched is none: it says nothing but its blanks."""
    bodies = {language: form[f"body_{language}"].data or "" for language in languages()}
    touched = {
        language: body
        for language, body in bodies.items()
        if text.clean_body(body).text != text.clean_body(draft(name, language)).text
    }
    return written(touched)


@bp.post("/legal")
def write_legal() -> AnyResponse:
    if is_skipped("legal"):
        return onwards("legal")
    forms = {name: LegalForm(request.form, prefix=name) for name in TEXTS}
    texts = {}
    for name, form in forms.items():
        try:
            texts[name] = _written(name, form)
        except Invalid as error:
            form.refuse(error)
    if len(texts) < len(forms):
        return _form_page(forms, 400)
    try:
        with passing("legal") as admin:
            for name, found in texts.items():
                actions.write_legal_text(admin, name, found, mark_of(queries.legal_bodies(admin, name)))
    except Invalid as error:  # one that was written already is left empty
        forms[name].refuse(error)
        return _form_page(forms, 400)
    if any(has_blank(one.body for one in found) for found in texts.values()):
        flash(_("The text is kept, but something in square brackets is still to be completed."), "warn")
    return onwards("legal")
