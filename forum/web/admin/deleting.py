"""Deleting groups and categories: a page that says what goes with them, then the act."""

from flask import Response
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid, NotFound
from forum.http.forms import options
from forum.http.render import flash
from forum.http.viewer import actor
from forum.ideas import queries as ideas
from forum.members import actions as member_actions
from forum.members import queries as members
from forum.notifications import actions as notifications
from forum.oidc import actions as provider_actions
from forum.oidc import queries as providers
from forum.threads import actions, queries
from forum.threads.queries import CategoryRow
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.admin import TargetForm
from forum.web.proving import recently_proved

# ---------------------------------------------------------------- groups


@bp.get("/groups/<int:group_id>/delete")
def delete_group(group_id: int) -> AnyResponse:
    group = members.deletable_group(actor(), group_id)
    return admin_page(
        "admin/group_delete.html",
        "groups",
        group=group,
        goes=members.goes_with_group(actor(), group),
        named_by=queries.categories_naming(actor(), group_id),
        providers=providers.providers_leading_into(actor(), group_id),
    )


@bp.post("/groups/<int:group_id>/delete")
@recently_proved
def do_delete_group(group_id: int) -> AnyResponse:
    """Each room forgets what it knows of the group, the group goes last: all of it or nothing. Members are held before
    the row of the community, as everywhere."""
    with transaction(actor()) as staff:
        group = members.deletable_group(staff, group_id, lock=True)
        notifications.forget_group(staff, group)
        actions.forget_group(staff, group_id)
        provider_actions.forget_group(staff, group_id)
        member_actions.delete_group(staff, group)
    flash(_("The group is deleted."))
    return back("groups")


# ---------------------------------------------------------------- categories


def _category(category_id: int) -> CategoryRow:
    require(actor(), "category.manage")
    return queries.get_category(actor(), category_id)


def _category_page(category: CategoryRow, form: TargetForm, status: int = 200) -> Response:
    every, shown = queries.threads_held(actor(), category.id)
    others = [one for one in queries.categories(actor()) if one.id != category.id]
    form.to.choices = options((one.id, one.name) for one in others)
    return admin_page(
        "admin/category_delete.html",
        "categories",
        status,
        form=form,
        category=category,
        every=every,
        hidden=every - shown,
        at_once=actions.MOVED_AT_ONCE,
        areas=[area for area in ideas.areas(actor()) if area.category.id == category.id],
        has_others=bool(others),
    )


@bp.get("/categories/<int:category_id>/delete")
def delete_category(category_id: int) -> AnyResponse:
    return _category_page(_category(category_id), TargetForm(formdata=None))


@bp.post("/categories/<int:category_id>/delete")
@recently_proved
def do_delete_category(category_id: int) -> AnyResponse:
    form = TargetForm(formdata=None)
    try:
        with transaction(actor()) as staff:
            actions.delete_category(staff, category_id)
    except Conflict as error:
        form.refuse(Invalid(error.code, **error.parameters))
        return _category_page(_category(category_id), form, 409)
    flash(_("The category is deleted."))
    return back("categories")


@bp.post("/categories/<int:category_id>/threads")
@recently_proved
def move_threads(category_id: int) -> AnyResponse:
    """A stretch of them at a time: the page says how many are left."""
    form, category = TargetForm(), _category(category_id)
    try:
        with transaction(actor()) as staff:
            try:
                target = queries.get_category(staff, form.to.data or 0)
                count = actions.move_some_threads(staff, queries.get_category(staff, category_id), target)
            except (NotFound, Invalid) as error:
                raise Invalid("choose-category", "to") from error
    except Invalid as error:
        form.refuse(error)
        return _category_page(category, form, 400)
    flash(ngettext("%(num)s thread has moved.", "%(num)s threads have moved.", count))
    return back("delete_category", category_id=category_id)
