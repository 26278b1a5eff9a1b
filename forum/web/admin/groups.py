"""Groups and who belongs to them."""

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.http.render import flash
from forum.http.viewer import actor
from forum.members import actions, queries
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.admin import AddMemberForm, GroupForm


def _groups_page(form: GroupForm, status: int = 200) -> Response:
    require(actor(), "group.manage")
    return admin_page("admin/groups.html", "groups", status, form=form, groups=queries.groups())


@bp.get("/groups")
def groups() -> AnyResponse:
    return _groups_page(GroupForm(formdata=None))


@bp.post("/groups")
def create_group() -> AnyResponse:
    form = GroupForm()
    try:
        with transaction(actor()) as staff:
            group_id = actions.create_group(staff, form.name.data or "").id
    except Invalid as error:
        form.refuse(error)
        return _groups_page(form, 400)
    flash(_("The group has been created. Now say who belongs to it."))
    return back("group", group_id=group_id)


def _group_page(
    group_id: int, name_form: GroupForm | None = None, member_form: AddMemberForm | None = None, status: int = 200
) -> Response:
    group = queries.get_group(actor(), group_id)
    return admin_page(
        "admin/group.html",
        "groups",
        status,
        group=group,
        name_form=name_form or GroupForm(formdata=None, data={"name": group.name}),
        member_form=member_form or AddMemberForm(formdata=None),
        found=queries.group_members(actor(), group_id, request.args.get("before")),
    )


@bp.get("/groups/<int:group_id>")
def group(group_id: int) -> AnyResponse:
    return _group_page(group_id)


@bp.post("/groups/<int:group_id>")
def rename_group(group_id: int) -> AnyResponse:
    form = GroupForm()
    try:
        with transaction(actor()) as staff:
            actions.rename_group(staff, queries.get_group(staff, group_id), form.name.data or "")
    except Invalid as error:
        form.refuse(error)
        return _group_page(group_id, name_form=form, status=400)
    flash(_("The group has its new name."))
    return back("group", group_id=group_id)


@bp.post("/groups/<int:group_id>/add")
def add_to_group(group_id: int) -> AnyResponse:
    form = AddMemberForm()
    try:
        with transaction(actor()) as staff:
            found = queries.find_account(form.username.data or "")
            if found is None:
                raise Invalid("no-such-member", field="username")
            actions.add_to_group(staff, queries.get_group(staff, group_id), found)
    except Invalid as error:
        form.refuse(error)
        return _group_page(group_id, member_form=form, status=400)
    flash(_("The member belongs to the group now."))
    return back("group", group_id=group_id)


@bp.post("/groups/<int:group_id>/remove/<int:member_id>")
def remove_from_group(group_id: int, member_id: int) -> AnyResponse:
    with transaction(actor()) as staff:
        member = queries.get_member(staff, member_id)
        actions.remove_from_group(staff, queries.get_group(staff, group_id), member)
    flash(_("The member no longer belongs to the group."))
    return back("group", group_id=group_id)
