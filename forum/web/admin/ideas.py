"""The ideas board as the operator sets it up: product areas and statuses, their names, order and meaning."""

from collections.abc import Callable, Mapping, Sequence

from flask import Response
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid, NotFound
from forum.http.forms import Form, by_language, options
from forum.http.reasons import sentence
from forum.http.render import flash
from forum.http.viewer import actor
from forum.ideas import actions, queries
from forum.ideas.actions import AreaDraft, StatusDraft
from forum.ideas.queries import AreaRow, StatusRow
from forum.threads import queries as threads
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.ideas import AreaForm, StatusForm
from forum.web.proving import recently_proved


def stages() -> Sequence[tuple[str, str]]:
    """What a status can mean, in words."""
    return (
        ("new", _("New: nobody of the team has looked at it")),
        ("under review", _("Under review: the team is thinking about it")),
        ("planned", _("Planned: on the roadmap")),
        ("in progress", _("In progress: on the roadmap")),
        ("shipped", _("Shipped: done, voting has ended")),
        ("declined", _("Declined: with the reason, voting has ended")),
    )


def _refuse(form: Form, error: Invalid | Conflict) -> int:
    """Puts a refusal into the form; returns the status of the answer."""
    form.refuse(Invalid(error.code, getattr(error, "field", None), **error.parameters))
    return error.status


def _delete(act: Callable[[Actor, int], None], id: int, endpoint: str, told: str) -> AnyResponse:
    try:
        with transaction(actor()) as staff:
            act(staff, id)
    except Conflict as error:
        flash(sentence(error), "bad")
    else:
        flash(told)
    return back(endpoint)


# ---------------------------------------------------------------- product areas


def _areas() -> Mapping[int, AreaRow]:
    require(actor(), "idea.configure")
    return {row.id: row for row in queries.areas(actor())}


@bp.get("/areas")
def areas() -> AnyResponse:
    return admin_page("admin/areas.html", "areas", rows=list(_areas().values()))


def _area_page(form: AreaForm, row: AreaRow | None, status: int = 200) -> Response:
    form.category.choices = options([(one.id, one.name) for one in threads.categories(actor())])
    return admin_page("admin/area.html", "areas", status, form=form, row=row)


def _area_draft(form: AreaForm) -> AreaDraft:
    return AreaDraft(form.words("name"), form.category.data or 0, form.slug.data or "")


@bp.get("/areas/new")
def new_area() -> AnyResponse:
    require(actor(), "idea.configure")
    return _area_page(AreaForm(formdata=None), None)


@bp.post("/areas/new")
def create_area() -> AnyResponse:
    form = AreaForm()
    try:
        with transaction(actor()) as staff:
            actions.create_area(staff, _area_draft(form))
    except (Invalid, Conflict) as error:
        return _area_page(form, None, _refuse(form, error))
    flash(_("The product area has been created."))
    return back("areas")


def _area(area_id: int) -> AreaRow:
    found = _areas().get(area_id)
    if found is None:
        raise NotFound
    return found


@bp.get("/areas/<int:area_id>")
def area(area_id: int) -> AnyResponse:
    row = _area(area_id)
    data = {**by_language("name", row.names), "slug": row.slug, "category": row.category.id}
    return _area_page(AreaForm(formdata=None, data=data), row)


@bp.post("/areas/<int:area_id>")
def update_area(area_id: int) -> AnyResponse:
    row, form = _area(area_id), AreaForm()
    try:
        with transaction(actor()) as staff:
            actions.update_area(staff, area_id, _area_draft(form))
    except (Invalid, Conflict) as error:
        return _area_page(form, row, _refuse(form, error))
    flash(_("The product area has been changed."))
    return back("areas")


@bp.post("/areas/<int:area_id>/delete")
@recently_proved
def delete_area(area_id: int) -> AnyResponse:
    told = _("The product area is gone. Its ideas stay in their category.")
    return _delete(actions.delete_area, area_id, "areas", told)


@bp.post("/areas/<int:area_id>/<direction>")
def move_area(area_id: int, direction: str) -> AnyResponse:
    with transaction(actor()) as staff:
        actions.move_area(staff, area_id, direction)
    return back("areas")


# ---------------------------------------------------------------- statuses


def _statuses() -> Mapping[int, StatusRow]:
    require(actor(), "idea.configure")
    return {row.id: row for row in queries.statuses(actor())}


@bp.get("/statuses")
def statuses() -> AnyResponse:
    return admin_page("admin/statuses.html", "statuses", rows=list(_statuses().values()), stages=dict(stages()))


def _status_page(form: StatusForm, row: StatusRow | None, status: int = 200) -> Response:
    form.stage.choices = options(stages())
    return admin_page("admin/status.html", "statuses", status, form=form, row=row)


def _status_draft(form: StatusForm) -> StatusDraft:
    return StatusDraft(form.words("name"), form.stage.data or "", form.slug.data or "")


@bp.get("/statuses/new")
def new_status() -> AnyResponse:
    require(actor(), "idea.configure")
    return _status_page(StatusForm(formdata=None), None)


@bp.post("/statuses/new")
def create_status() -> AnyResponse:
    form = StatusForm()
    try:
        with transaction(actor()) as staff:
            actions.create_status(staff, _status_draft(form))
    except (Invalid, Conflict) as error:
        return _status_page(form, None, _refuse(form, error))
    flash(_("The status has been created."))
    return back("statuses")


def _status(status_id: int) -> StatusRow:
    found = _statuses().get(status_id)
    if found is None:
        raise NotFound
    return found


@bp.get("/statuses/<int:status_id>")
def status(status_id: int) -> AnyResponse:
    row = _status(status_id)
    return _status_page(
        StatusForm(formdata=None, data={**by_language("name", row.names), "slug": row.slug, "stage": row.stage}), row
    )


@bp.post("/statuses/<int:status_id>")
def update_status(status_id: int) -> AnyResponse:
    row, form = _status(status_id), StatusForm()
    try:
        with transaction(actor()) as staff:
            actions.update_status(staff, status_id, _status_draft(form))
    except (Invalid, Conflict) as error:
        return _status_page(form, row, _refuse(form, error))
    flash(_("The status has been changed."))
    return back("statuses")


@bp.post("/statuses/<int:status_id>/delete")
def delete_status(status_id: int) -> AnyResponse:
    return _delete(actions.delete_status, status_id, "statuses", _("The status is gone."))


@bp.post("/statuses/<int:status_id>/<direction>")
def move_status(status_id: int, direction: str) -> AnyResponse:
    with transaction(actor()) as staff:
        actions.move_status(staff, status_id, direction)
    return back("statuses")
