"""Whom a member follows and has blocked, in their own settings."""

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.http.render import flash, page
from forum.http.viewer import actor, signed_in
from forum.members import actions, queries

bp = Blueprint("settings_people", __name__, url_prefix="/settings/people")


@bp.get("")
@signed_in
def people() -> AnyResponse:
    return page("settings/people.html", followed=queries.followed(actor()), blocked=queries.blocked(actor()))


@bp.post("/<int:member_id>/unblock")
@signed_in
def unblock(member_id: int) -> AnyResponse:
    """By id: the profile of whoever is banned or gone into hiding isn't there to be asked for."""
    with transaction(actor()) as member:
        actions.unblock(member, member_id)
    flash(_("You have unblocked this member."))
    return redirect(url_for("settings_people.people"), 303)


@bp.post("/<int:member_id>/unfollow")
@signed_in
def unfollow(member_id: int) -> AnyResponse:
    with transaction(actor()) as member:
        actions.unfollow(member, member_id)
    flash(_("You no longer follow this member."))
    return redirect(url_for("settings_people.people"), 303)
