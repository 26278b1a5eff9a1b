"""Accounts, their roles and groups."""

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import may
from forum.core.actor import ROLES
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.http.forms import options
from forum.http.reasons import sentence
from forum.http.render import flash
from forum.http.viewer import actor
from forum.members import actions, queries
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.admin import GroupsForm, RolesForm
from forum.web.forms.members import EmptyForm


@bp.get("/members")
def members() -> AnyResponse:
    search = request.args.get("q", "").strip()[:100]
    found = queries.list_accounts(actor(), search, "", request.args.get("before"))
    return admin_page("admin/members.html", "members", found=found, search=search)


@bp.get("/roles")
def roles() -> AnyResponse:
    held = [(role, queries.list_accounts(actor(), "", role)) for role in reversed(ROLES)]
    return admin_page("admin/roles.html", "roles", held=held)


def _member_page(member_id: int, roles_form: RolesForm | None = None, status: int = 200) -> Response:
    account = queries.account(actor(), member_id)
    groups = [group for group in queries.groups() if not group.is_builtin]
    belongs = [group.id for group in queries.groups_of(member_id)]
    groups_form = GroupsForm(formdata=None, data={"groups": belongs})
    groups_form.groups.choices = options((group.id, group.name) for group in groups)
    return admin_page(
        "admin/member.html",
        "members",
        status,
        account=account,
        roles_form=roles_form or RolesForm(formdata=None, data={"roles": list(account.roles)}),
        groups_form=groups_form,
        form=EmptyForm(formdata=None),
        may_roles=may(actor(), "member.roles", account),
        may_confirm=may(actor(), "member.confirm", account),
    )


@bp.get("/members/<int:member_id>")
def member(member_id: int) -> AnyResponse:
    return _member_page(member_id)


@bp.post("/members/<int:member_id>/roles")
def set_roles(member_id: int) -> AnyResponse:
    form = RolesForm()
    try:
        with transaction(actor()) as staff:
            actions.set_roles(staff, queries.get_member(staff, member_id, lock=True), form.roles.data or [])
    except (Invalid, Conflict) as error:
        form.refuse(Invalid(error.code, field="roles"))
        return _member_page(member_id, form, error.status)
    flash(_("The roles are changed."))
    return back("member", member_id=member_id)


@bp.post("/members/<int:member_id>/groups")
def set_groups(member_id: int) -> AnyResponse:
    form = GroupsForm()
    with transaction(actor()) as staff:
        actions.set_groups(staff, queries.get_member(staff, member_id, lock=True), form.groups.data or [])
    flash(_("The groups are changed."))
    return back("member", member_id=member_id)


@bp.post("/members/<int:member_id>/confirm")
def confirm(member_id: int) -> AnyResponse:
    try:
        with transaction(actor()) as staff:
            actions.confirm_by_hand(staff, member_id)
    except Conflict as error:
        flash(sentence(error), "bad")
    else:
        flash(_("The address is confirmed."))
    return back("member", member_id=member_id)
