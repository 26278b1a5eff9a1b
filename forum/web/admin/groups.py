"""Groups: how one gets in, who knows of them, who belongs to them and who owns them."""

import re

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.http.reasons import sentence
from forum.http.render import flash
from forum.http.viewer import actor, community
from forum.members import actions, queries
from forum.threads import queries as threads
from forum.threads.actions import CALLS_A_DAY, MOST_CALLED, check_way_in
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.admin import AddMemberForm, GroupForm, GroupSettingsForm
from forum.web.group_doors import is_a_door
from forum.web.proving import recently_proved, recently_proved_where


def _groups_page(form: GroupForm, status: int = 200) -> Response:
    require(actor(), "group.manage")
    figures = queries.group_figures(actor())
    rows = [(group, figures.get(group.id)) for group in queries.groups()]
    return admin_page("admin/groups.html", "groups", status, form=form, rows=rows)


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
    group_id: int, form: GroupSettingsForm | None = None, member_form: AddMemberForm | None = None, status: int = 200
) -> Response:
    require(actor(), "group.manage")
    group = queries.get_group(actor(), group_id)
    kept = {
        **{name: getattr(group, name) for name in ("name", "handle", "description", "way_in", "audience")},
        "domains": "\n".join(queries.domains_of(actor(), group_id)),
        "choices": [f"{field_id}:{key}" for field_id, key in queries.choices_of(actor(), group_id)],
    }
    return admin_page(
        "admin/group.html",
        "groups",
        status,
        group=group,
        address=queries.group_address(group.id, group.name),
        moderated=threads.categories_moderated_by(actor(), group_id, community().stamp),
        form=form or GroupSettingsForm(formdata=None, data=kept),
        choice_fields=queries.choice_fields(actor()),
        most_called=MOST_CALLED,
        calls_a_day=CALLS_A_DAY,
        member_form=member_form or AddMemberForm(formdata=None),
        found=queries.group_members(actor(), group, request.args.get("before")),
    )


@bp.get("/groups/<int:group_id>")
def group(group_id: int) -> AnyResponse:
    return _group_page(group_id)


def _choice(sent: str) -> tuple[int, str]:
    """A field and one of its options; what can't be one is that of no field."""
    field_id, _sign, key = sent.partition(":")
    return (int(field_id) if field_id.isascii() and field_id.isdecimal() and len(field_id) < 18 else 0), key


@bp.post("/groups/<int:group_id>")
@recently_proved
def change_group(group_id: int) -> AnyResponse:
    form = GroupSettingsForm()
    draft = actions.GroupDraft(
        form.name.data or "",
        form.way_in.data or "",
        form.audience.data or "",
        form.description.data or "",
        [one.strip() for one in re.split(r"[\n,;]", form.domains.data or "") if one.strip()],
        form.handle.data or "",
        [_choice(one) for one in form.choices.data or []],
    )
    try:
        with transaction(actor()) as staff:
            actions.change_group(staff, queries.get_group(staff, group_id), draft)
            check_way_in(group_id)
    except Invalid as error:
        form.refuse(error)
        return _group_page(group_id, form=form, status=400)
    flash(_("The group is saved."))
    return back("group", group_id=group_id)


@bp.post("/groups/<int:group_id>/add")
@recently_proved_where(is_a_door)
def add_to_group(group_id: int) -> AnyResponse:
    form = AddMemberForm()
    try:
        with transaction(actor()) as staff:
            require(staff, "group.manage")
            found = queries.find_account(form.username.data or "")
            if found is None:
                raise Invalid("no-such-member", field="username")
            actions.add_to_group(staff, queries.get_group(staff, group_id, lock=True), found)
    except Invalid as error:
        form.refuse(error)
        return _group_page(group_id, member_form=form, status=400)
    flash(_("The member belongs to the group now."))
    return back("group", group_id=group_id)


@bp.post("/groups/<int:group_id>/remove/<int:member_id>")
@recently_proved_where(is_a_door)
def remove_from_group(group_id: int, member_id: int) -> AnyResponse:
    with transaction(actor()) as staff:
        require(staff, "group.manage")
        member = queries.get_member(staff, member_id)
        actions.remove_from_group(staff, queries.get_group(staff, group_id), member)
    flash(_("The member no longer belongs to the group."))
    return back("group", group_id=group_id)


@bp.post("/groups/<int:group_id>/owners/<int:member_id>", defaults={"is_owner": True})
@bp.post("/groups/<int:group_id>/owners/<int:member_id>/remove", defaults={"is_owner": False})
@recently_proved
def set_group_owner(group_id: int, member_id: int, is_owner: bool) -> AnyResponse:
    try:
        with transaction(actor()) as staff:
            member = queries.get_member(staff, member_id)
            actions.set_owner(staff, queries.get_group(staff, group_id), member, is_owner=is_owner)
    except Conflict as error:
        flash(sentence(error), "bad")
    else:
        flash(_("The member owns the group now.") if is_owner else _("The member no longer owns the group."))
    return back("group", group_id=group_id)
