"""Categories: their words, colour, order, and which groups may do what in them."""

from typing import Any

from flask import Response
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.core.actor import EVERYONE, MEMBERS
from forum.core.database import transaction
from forum.core.errors import Invalid, NotFound
from forum.http.forms import by_language, options
from forum.http.render import flash
from forum.http.viewer import actor
from forum.members import queries as members
from forum.threads import actions, queries
from forum.threads.actions import CategoryDraft
from forum.threads.queries import CategorySettings
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.admin import COLOURS, CategoryForm
from forum.web.proving import recently_proved

VERBS = ("see", "start", "reply", "moderate")


def group_names() -> dict[int, str]:
    """The name of each group; those that are built in have one in the reader's language."""
    built_in = {EVERYONE: _("Everyone, guests too"), MEMBERS: _("All members")}
    return {group.id: built_in.get(group.id, group.name) for group in members.groups()}


def _one(category_id: int) -> CategorySettings:
    for category in queries.category_settings(actor()):
        if category.id == category_id:
            return category
    raise NotFound


@bp.get("/categories")
def categories() -> AnyResponse:
    found, names = queries.category_settings(actor()), group_names()
    granted = {
        (category.id, verb): [name for group, name in names.items() if (verb, group) in category.grants]
        for category in found
        for verb in VERBS
    }
    return admin_page("admin/categories.html", "categories", found=found, granted=granted, verbs=VERBS)


def _prepared(form: CategoryForm, *, hue: int | None = None) -> CategoryForm:
    offered: list[tuple[int, Any]] = list(COLOURS)
    if hue is not None and hue not in dict(COLOURS):
        offered.append((hue, _("As it is (%(hue)s°)", hue=hue)))
    form.hue.choices = options(offered)
    names = list(group_names().items())
    form.see.choices = options(names)
    form.start.choices = form.reply.choices = options((id, name) for id, name in names if id != EVERYONE)
    form.moderate.choices = options((id, name) for id, name in names if id not in {EVERYONE, MEMBERS})
    return form


def _draft(form: CategoryForm) -> CategoryDraft:
    grants = {(verb, group) for verb in VERBS for group in (form[verb].data or [])}
    if not form.see.data:
        raise Invalid("required", field="see")
    known = set(group_names())
    if any(group not in known or (verb in {"start", "reply"} and group == EVERYONE) for verb, group in grants):
        raise Invalid("unknown-choice", field="see")
    return CategoryDraft(
        name=form.words("name"),
        description=form.words("description"),
        hue=form.hue.data if form.hue.data is not None else 200,
        slug=form.slug.data or "",
        grants=frozenset(grants),
    )


def _form_page(form: CategoryForm, category: CategorySettings | None, status: int = 200) -> Response:
    _prepared(form, hue=category.hue if category else None)
    return admin_page("admin/category.html", "categories", status, form=form, category=category)


@bp.get("/categories/new")
def new_category() -> AnyResponse:
    queries.category_settings(actor())
    start = {"see": [EVERYONE], "start": [MEMBERS], "reply": [MEMBERS], "hue": 195}
    return _form_page(CategoryForm(formdata=None, data=start), None)


@bp.post("/categories/new")
@recently_proved
def create_category() -> AnyResponse:
    form = _prepared(CategoryForm())
    try:
        with transaction(actor()) as staff:
            actions.create_category(staff, _draft(form))
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, None, 400)
    flash(_("The category has been created."))
    return back("categories")


@bp.get("/categories/<int:category_id>")
def category(category_id: int) -> AnyResponse:
    found = _one(category_id)
    data: dict[str, object] = {"slug": found.slug, "hue": found.hue}
    data |= by_language("name", found.name) | by_language("description", found.description)
    for verb in VERBS:
        data[verb] = [group for kind, group in found.grants if kind == verb]
    return _form_page(CategoryForm(formdata=None, data=data), found)


@bp.post("/categories/<int:category_id>")
@recently_proved
def update_category(category_id: int) -> AnyResponse:
    found = _one(category_id)
    form = _prepared(CategoryForm(), hue=found.hue)
    try:
        draft = _draft(form)
        with transaction(actor()) as staff:
            actions.update_category(staff, category_id, draft)
            actions.set_grants(staff, category_id, draft.grants)
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, found, 400)
    flash(_("The category has been changed."))
    return back("categories")


@bp.post("/categories/<int:category_id>/<direction>")
def move_category(category_id: int, direction: str) -> AnyResponse:
    with transaction(actor()) as staff:
        actions.move_category(staff, category_id, direction)
    return back("categories")
