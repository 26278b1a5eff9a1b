"""The fields of profiles: their names, what they hold, who sees them, and their order."""

from collections.abc import Sequence

from flask import Response
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.core.locale import languages
from forum.http.forms import by_language
from forum.http.render import flash
from forum.http.viewer import actor
from forum.members import actions, queries
from forum.members.actions import FieldDraft
from forum.members.queries import FieldRow
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.profile_fields import ProfileFieldForm
from forum.web.proving import recently_proved


def kinds() -> Sequence[tuple[str, str]]:
    """What a field can hold, in words."""
    return (("text", _("A line of text")), ("choice", _("One of several options")), ("link", _("A link")))


def audiences() -> Sequence[tuple[str, str]]:
    """Who sees what is filled in, in words."""
    return (
        ("everybody", _("Everybody who sees the profile")),
        ("members", _("Members, when they are signed in")),
        ("staff", _("The member and the team only")),
    )


@bp.get("/profile-fields")
def profile_fields() -> AnyResponse:
    rows = queries.profile_fields(actor())
    shown = {"rows": rows, "kinds": dict(kinds()), "audiences": dict(audiences())}
    return admin_page("admin/profile_fields.html", "profile-fields", **shown)


def _field_page(form: ProfileFieldForm, row: FieldRow | None, status: int = 200) -> Response:
    form.offer(kinds() if row is None else [one for one in kinds() if one[0] == row.kind], audiences())
    filled = queries.groups_filled_by(actor(), row.id) if row is not None else ()
    return admin_page("admin/profile_field.html", "profile-fields", status, form=form, row=row, filled=filled)


def _draft(form: ProfileFieldForm, kind: str, is_by_team: bool = False) -> FieldDraft:
    """What the form says; where it doesn't say who fills the field in, that stays."""
    by_team = form.filled_by.data == "team" if form.filled_by.data else is_by_team
    return FieldDraft(form.words("name"), kind, form.audience.data or "", form.words("options"), by_team)


@bp.get("/profile-fields/new")
def new_profile_field() -> AnyResponse:
    require(actor(), "profile_field.manage")
    fresh = {"kind": "text", "audience": "everybody", "filled_by": "member"}
    return _field_page(ProfileFieldForm(formdata=None, data=fresh), None)


@bp.post("/profile-fields/new")
def create_profile_field() -> AnyResponse:
    form = ProfileFieldForm()
    try:
        with transaction(actor()) as staff:
            actions.create_field(staff, _draft(form, form.kind.data or ""))
    except (Invalid, Conflict) as error:
        form.refuse(Invalid(error.code, getattr(error, "field", None), **error.parameters))
        return _field_page(form, None, error.status)
    if form.filled_by.data == "team":
        flash(_("The field is there. The team finds it in the file of each member."))
    else:
        flash(_("The field is there. Members find it in the settings of their profile."))
    return back("profile_fields")


@bp.get("/profile-fields/<int:field_id>")
def profile_field(field_id: int) -> AnyResponse:
    row = queries.profile_field(actor(), field_id)
    lines = {one: "\n".join(words.get(one, "") for _key, words in row.options) for one in languages()}
    data = {**by_language("name", row.names), **by_language("options", lines), "audience": row.audience}
    data["filled_by"] = "team" if row.is_by_team else "member"
    return _field_page(ProfileFieldForm(formdata=None, data={**data, "kind": row.kind}), row)


@bp.post("/profile-fields/<int:field_id>")
@recently_proved
def update_profile_field(field_id: int) -> AnyResponse:
    row, form = queries.profile_field(actor(), field_id), ProfileFieldForm()
    try:
        with transaction(actor()) as staff:
            actions.update_field(staff, field_id, _draft(form, row.kind, row.is_by_team))
    except Invalid as error:
        form.refuse(error)
        return _field_page(form, row, error.status)
    flash(_("The field is changed."))
    return back("profile_fields")


@bp.post("/profile-fields/<int:field_id>/delete")
@recently_proved
def delete_profile_field(field_id: int) -> AnyResponse:
    with transaction(actor()) as staff:
        actions.delete_field(staff, field_id)
    flash(_("The field is gone, and with it what members had filled in."))
    return back("profile_fields")


@bp.post("/profile-fields/<int:field_id>/<direction>")
def move_profile_field(field_id: int, direction: str) -> AnyResponse:
    with transaction(actor()) as staff:
        actions.move_field(staff, field_id, direction)
    return back("profile_fields")
