"""Invitations: making one, whose link is shown once, the list, revoking."""

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.core.settings import installed
from forum.http.forms import number_or_none, options
from forum.http.limits import limited
from forum.http.render import flash
from forum.http.viewer import actor
from forum.members import actions, queries
from forum.members.actions.invitations import DEFAULT_DAYS, NOTE_LENGTH
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.admin import InvitationForm
from forum.web.proving import recently_proved


def _empty_form() -> InvitationForm:
    return InvitationForm(formdata=None, data={"uses": "1", "days": str(DEFAULT_DAYS)})


def _invitations_page(form: InvitationForm, status: int = 200, made: str = "") -> Response:
    require(actor(), "invitation.manage")
    groups = [(str(group.id), group.name) for group in queries.groups() if not group.is_builtin]
    form.group.choices = options([("", _("None")), *groups])
    response = admin_page(
        "admin/invitations.html",
        "invitations",
        status,
        form=form,
        found=queries.invitations(actor(), request.args.get("before")),
        made=f"{installed().base_url}/invite/{made}" if made else "",
        limit=NOTE_LENGTH,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/invitations")
def invitations() -> AnyResponse:
    return _invitations_page(_empty_form())


@bp.post("/invitations")
@recently_proved
@limited("invitation", "60 per hour")
def invite() -> AnyResponse:
    form = InvitationForm()
    group = form.group.data or ""
    draft = actions.InvitationDraft(
        uses=number_or_none(form.uses.data),
        days=number_or_none(form.days.data),
        group_id=(number_or_none(group) or 0) if group else None,
        note=form.note.data or "",
    )
    try:
        with transaction(actor()) as staff:
            token = actions.invite(staff, draft)
    except Invalid as error:
        form.refuse(error)
        return _invitations_page(form, 400)
    return _invitations_page(_empty_form(), 201, token)


@bp.post("/invitations/<int:invitation_id>/revoke")
def revoke_invitation(invitation_id: int) -> AnyResponse:
    with transaction(actor()) as staff:
        actions.revoke_invitation(staff, invitation_id)
    flash(_("The invitation is withdrawn: nobody can join by it any more."))
    return back("invitations")
