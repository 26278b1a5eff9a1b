"""One member's whole file, and what is changed in it: roles, groups, fields of the team, name, address."""

from typing import Any

from flask import Response
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import may
from forum.community import queries as community
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.core.locale import name_of, nearest
from forum.http.forms import options
from forum.http.reasons import sentence
from forum.http.render import flash
from forum.http.viewer import actor
from forum.members import actions, queries
from forum.members.actions import NOTE_LENGTH
from forum.moderation import queries as moderation
from forum.moderation.actions import MOST_DAYS
from forum.rules import queries as rules
from forum.threads import queries as threads
from forum.web.admin.acts import act_name
from forum.web.admin.audit import cases_of
from forum.web.admin.changes import changes
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.admin import GroupsForm, MemberEmailForm, MemberNameForm, NoteForm, RolesForm
from forum.web.forms.members import EmptyForm
from forum.web.forms.moderation import ReversalForm, SuspensionForm
from forum.web.forms.profile_fields import TeamFieldsForm
from forum.web.group_doors import are_doors
from forum.web.moderation import DAYS_OF_THE_LADDER, done_text
from forum.web.proving import recently_proved, recently_proved_where

RECENT = 5


def member_page(
    member_id: int,
    status: int = 200,
    *,
    roles_form: RolesForm | None = None,
    email_form: MemberEmailForm | None = None,
    name_form: MemberNameForm | None = None,
    note_form: NoteForm | None = None,
    fields_form: TeamFieldsForm | None = None,
    suspension_form: SuspensionForm | ReversalForm | None = None,
) -> Response:
    """The whole file, with a form that was refused, if there is one."""
    account = queries.account(actor(), member_id)
    suspension = moderation.suspension_of(actor(), account)
    if suspension_form is None and suspension.decision and (suspension.bans or account.banned_at is None):
        if suspension.bans:
            suspension_form = ReversalForm(formdata=None)
        else:  # a ban takes emptying the days: who only forgets them doesn't ban anybody
            suspension_form = SuspensionForm(formdata=None, data={"days": str(DAYS_OF_THE_LADDER[1])})
    may_note, may_sign_out = may(actor(), "note.keep", account), may(actor(), "member.sign_out", account)
    may_groups = may(actor(), "member.groups", account)
    belongings = queries.belongings_of(member_id)
    automatic = {one.group_id for one in belongings if one.is_automatic}
    groups = [group for group in queries.groups() if not group.is_builtin]
    groups_form = GroupsForm(formdata=None, data={"groups": [one.group_id for one in belongings]})
    groups_form.groups.choices = options((group.id, group.name) for group in groups if group.id not in automatic)
    return admin_page(
        "admin/member.html",
        "members",
        status,
        account=account,
        roles_form=roles_form or RolesForm(formdata=None, data={"roles": list(account.roles)}),
        groups_form=groups_form,
        automatic=[group for group in groups if group.id in automatic],
        by_hand=[group for group in groups if group.id in {one.group_id for one in belongings} - automatic],
        email_form=(email_form or MemberEmailForm(formdata=None)) if may(actor(), "member.email", account) else None,
        name_form=(name_form or MemberNameForm(formdata=None, data={"username": account.username}))
        if may(actor(), "member.rename", account)
        else None,
        former=queries.former_names(member_id),
        waiting=queries.email_change_of(actor(), member_id),
        fields_form=(fields_form or _fields_form(member_id, formdata=None)) if may_groups else None,
        form=EmptyForm(formdata=None),
        notes=[(note, may(actor(), "note.change", note)) for note in queries.notes_about(actor(), account)]
        if may_note
        else (),
        note_form=(note_form or NoteForm(formdata=None)) if may_note else None,
        note_limit=NOTE_LENGTH,
        sessions=queries.sessions_of(actor(), account) if may_sign_out else (),
        may_sign_out=may_sign_out,
        record=moderation.person_record(actor(), member_id) if may(actor(), "member.judge") else None,
        figures=threads.activity_of(actor(), member_id),
        posts=threads.posts_of(actor(), member_id, most=RECENT).rows,
        log=[
            (row, act_name(row.act), changes(row.before, row.after))
            for row in community.audit_of(actor(), "member", member_id, cases_of(member_id))
        ]
        if may(actor(), "audit.read")
        else (),
        done_text=done_text,
        suspension=suspension,
        most_days=MOST_DAYS,
        suspension_form=suspension_form,
        why_not=sentence(suspension.decision.error()) if suspension.open_case and not suspension.decision else "",
        rules=rules.rule_choices(actor().language),
        tongue=name_of(nearest(account.language), actor().language),
        may_reset=account.has_second_step and may(actor(), "member.reset_two_factor", account),
        may_roles=may(actor(), "member.roles", account),
        may_groups=may_groups,
        may_confirm=may(actor(), "member.confirm", account),
    )


@bp.get("/members/<int:member_id>")
def member(member_id: int) -> AnyResponse:
    return member_page(member_id)


@bp.post("/members/<int:member_id>/roles")
@recently_proved
def set_roles(member_id: int) -> AnyResponse:
    form = RolesForm()
    try:
        with transaction(actor()) as staff:
            actions.set_roles(staff, queries.get_member(staff, member_id, lock=True), form.roles.data or [])
    except (Invalid, Conflict) as error:
        form.refuse(error if isinstance(error, Invalid) else Invalid(error.code))
        return member_page(member_id, error.status, roles_form=form)
    flash(_("The roles are changed."))
    return back("member", member_id=member_id)


def _changes_doors(member_id: int) -> bool:
    before = {one.group_id for one in queries.belongings_of(member_id) if not one.is_automatic}
    return are_doors(before ^ set(GroupsForm().groups.data or []))


@bp.post("/members/<int:member_id>/groups")
@recently_proved_where(_changes_doors)
def set_groups(member_id: int) -> AnyResponse:
    form = GroupsForm()
    wanted = form.groups.data or []
    with transaction(actor()) as staff:
        queries.groups_there(wanted)
        actions.set_groups(staff, queries.get_member(staff, member_id, lock=True), wanted)
    flash(_("The groups are changed."))
    return back("member", member_id=member_id)


def _fields_form(member_id: int, **given: Any) -> TeamFieldsForm:
    asked = queries.team_fields(actor(), member_id)
    return TeamFieldsForm(asked, data={f"field_{one.id}": one.value for one in asked}, **given)


@bp.post("/members/<int:member_id>/fields")
@recently_proved
def fill_in_fields(member_id: int) -> AnyResponse:
    form = _fields_form(member_id)
    try:
        with transaction(actor()) as staff:
            actions.fill_in_by_team(staff, queries.get_member(staff, member_id, lock=True), form.filled_in())
    except Invalid as error:
        form.refuse(error)
        return member_page(member_id, 400, fields_form=form)
    flash(_("What the team says about the member is saved."))
    return back("member", member_id=member_id)


@bp.post("/members/<int:member_id>/username")
@recently_proved
def rename(member_id: int) -> AnyResponse:
    form = MemberNameForm()
    try:
        with transaction(actor()) as staff:
            member = queries.get_member(staff, member_id, lock=True)
            actions.rename_by_hand(staff, member, form.username.data or "")
    except Invalid as error:
        form.refuse(error)
        return member_page(member_id, 400, name_form=form)
    flash(_("The user name is changed."))
    return back("member", member_id=member_id)


@bp.post("/members/<int:member_id>/email")
@recently_proved
def change_email(member_id: int) -> AnyResponse:
    form = MemberEmailForm()
    try:
        with transaction(actor()) as staff:
            member = queries.get_member(staff, member_id, lock=True)
            actions.vouch_for_email(staff, member, form.email.data or "")
    except Invalid as error:
        form.refuse(error)
        return member_page(member_id, 400, email_form=form)
    flash(_("An e-mail to confirm it is on its way to the new address."))
    return back("member", member_id=member_id)


@bp.post("/members/<int:member_id>/confirm")
@recently_proved
def confirm(member_id: int) -> AnyResponse:
    try:
        with transaction(actor()) as staff:
            actions.confirm_by_hand(staff, member_id)
    except Conflict as error:
        flash(sentence(error), "bad")
    else:
        flash(_("The address is confirmed."))
    return back("member", member_id=member_id)
