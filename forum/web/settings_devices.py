"""Where a member is signed in: the list of their sign-in sessions, and ending one, all others or all."""

from flask import Blueprint, redirect, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.core.logging import security
from forum.http.limits import network
from forum.http.render import flash, page
from forum.http.viewer import actor, end_session, signed_in
from forum.members import actions, queries

bp = Blueprint("settings_devices", __name__, url_prefix="/settings/devices")


@bp.get("")
@signed_in
def devices() -> AnyResponse:
    sign_ins = queries.sign_ins_of(actor(), queries.token_hash(session["_user_id"]))
    return page("settings/devices.html", sign_ins=sign_ins)


@bp.post("/<int:sign_in_id>/sign-out")
@signed_in
def sign_out_one(sign_in_id: int) -> AnyResponse:
    with transaction(actor()) as member:
        is_this = actions.sign_out_one(member, sign_in_id, session["_user_id"])
    security("sessions-ended", actor().id, network(), what="one")
    if is_this:
        end_session()
        return redirect("/", 303)
    flash(_("The device is signed out."))
    return redirect(url_for("settings_devices.devices"), 303)


@bp.post("/sign-out-others")
@signed_in
def sign_out_others() -> AnyResponse:
    with transaction(actor()) as member:
        actions.sign_out_others(member, session["_user_id"])
    security("sessions-ended", actor().id, network(), what="others")
    flash(_("All other devices have been signed out."))
    return redirect(url_for("settings_devices.devices"), 303)


@bp.post("/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> AnyResponse:
    with transaction(actor()) as member:
        actions.sign_out_everywhere(member)
    security("sessions-ended", actor().id, network(), what="all")
    end_session()
    return redirect("/", 303)
