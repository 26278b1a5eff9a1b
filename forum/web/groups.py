"""Groups, for members: which there are, who belongs to one, joining, asking to join, leaving; for its owners, who gets
in."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import decide, may, require
from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import Invalid, NotFound
from forum.http.limits import limited
from forum.http.reasons import sentence
from forum.http.render import flash, page
from forum.http.viewer import actor, signed_in
from forum.members import actions, queries
from forum.web.forms.groups import AddForm, AskForm
from forum.web.group_doors import is_a_door
from forum.web.proving import recently_proved_where

bp = Blueprint("groups", __name__, url_prefix="/groups")


@bp.get("")
@signed_in
def overview() -> AnyResponse:
    """For members, as their directory is: guests are asked to sign in."""
    require(actor(), "member.browse")
    known = queries.known_groups(actor())
    own = [group for group in known if group.id in actor().group_ids]
    return page("groups/list.html", own=own, others=[group for group in known if group not in own])


def _group_page(group_id: int, status: int = 200, ask: AskForm | None = None, add: AddForm | None = None) -> Response:
    who, before = actor(), request.args.get("before")
    group = queries.get_group(who, group_id)
    shown = queries.group_page(who, group, before)
    way = {"open": "group.join", "request": "group.ask"}.get(group.way_in)
    decision = decide(who, way, group) if way and shown.mine is None else None
    return page(
        "groups/show.html",
        status,
        shown=shown,
        group=shown.group,
        before=before,
        may_enter=bool(decision),
        why_not=sentence(decision.error()) if decision is not None and not decision else "",
        may_tend=may(who, "group.tend", group),
        may_manage=may(who, "group.manage"),
        ask_form=ask or AskForm(formdata=None),
        add_form=add or AddForm(formdata=None),
        invite=queries.own_invite(who, group.id) if shown.mine is None else None,
        invites=queries.invites_into(who, group) if may(who, "group.tend", group) else (),
    )


def _back(group_id: int, part: str = "") -> AnyResponse:
    """To the group's page; to the list when the reader may see it no more."""
    try:
        group = queries.get_group(queries.reload(actor()), group_id)
    except NotFound:
        return redirect("/groups", 303)
    return redirect(queries.group_address(group.id, group.name) + part, 303)


@bp.get("/<int:group_id>")
@bp.get("/<int:group_id>/<slug>")
@signed_in
def show(group_id: int, slug: str = "") -> AnyResponse:
    """A wrong or missing slug leads to the right one. The two built-in groups have no page."""
    group = queries.get_group(actor(), group_id)
    address = queries.group_address(group.id, group.name)
    if address != f"/groups/{group_id}/{slug}":
        return redirect(address, 301)
    return _group_page(group_id)


@bp.post("/<int:group_id>/join")
@signed_in
@limited("group", "60 per hour")
def join(group_id: int) -> AnyResponse:
    with transaction(actor()) as member:
        actions.join_group(member, queries.get_group(member, group_id, lock=True))
    flash(_("You belong to the group now."))
    return _back(group_id)


@bp.post("/<int:group_id>/leave")
@signed_in
def leave(group_id: int) -> AnyResponse:
    with transaction(actor()) as member:
        actions.leave_group(member, queries.get_group(member, group_id))
    flash(_("You no longer belong to the group."))
    return _back(group_id)


@bp.post("/<int:group_id>/ask")
@signed_in
@limited("group-request", "10 per hour; 30 per day")
def ask(group_id: int) -> AnyResponse:
    form = AskForm()
    try:
        with transaction(actor()) as member:
            actions.ask_to_join(member, queries.get_group(member, group_id, lock=True), form.words.data or "")
    except Invalid as error:
        form.refuse(error)
        return _group_page(group_id, 400, ask=form)
    flash(_("Your request is on its way. You will be notified when it has been answered."))
    return _back(group_id)


@bp.post("/<int:group_id>/withdraw")
@signed_in
def withdraw(group_id: int) -> AnyResponse:
    with transaction(actor()) as member:
        actions.withdraw_request(member, queries.get_group(member, group_id))
    flash(_("You have taken your request back."))
    return _back(group_id)


# ---------------------------------------------------------------- by its owners


@bp.post("/<int:group_id>/requests/<int:request_id>/accept", defaults={"is_accepted": True})
@bp.post("/<int:group_id>/requests/<int:request_id>/decline", defaults={"is_accepted": False})
@signed_in
@recently_proved_where(is_a_door)
def answer(group_id: int, request_id: int, is_accepted: bool) -> AnyResponse:
    with transaction(actor()) as owner:
        group = queries.get_group(owner, group_id, lock=True)
        was_open = actions.answer_request(owner, group, request_id, is_accepted=is_accepted)
    if not was_open:
        flash(_("This request was answered or taken back in the meantime."), "warn")
    elif is_accepted:
        flash(_("The member belongs to the group now."))
    else:
        flash(_("The request is declined."))
    return _back(group_id, "#requests")


def _take_in(group_id: int, act: Callable[[Actor, Any, Any], str]) -> AnyResponse:
    """Carries `act` out on the group and the member whose user name was typed, and tells what it says. By user name
    only: who has which address is nothing that owners learn."""
    form = AddForm()
    try:
        with transaction(actor()) as owner:
            group = queries.get_group(owner, group_id, lock=True)
            require(owner, "group.tend", group)
            found = queries.find_listed(owner, form.username.data or "")
            if found is None:
                raise Invalid("no-such-member", field="username")
            said = act(owner, group, found)
    except Invalid as error:
        form.refuse(error)
        return _group_page(group_id, 400, add=form)
    flash(said)
    return _back(group_id)


@bp.post("/<int:group_id>/add")
@signed_in
@recently_proved_where(is_a_door)
@limited("group-add", "60 per hour")
def add(group_id: int) -> AnyResponse:
    def put_in(owner: Actor, group: Any, member: Any) -> str:
        actions.add_to_group(owner, group, member)
        return _("The member belongs to the group now.")

    return _take_in(group_id, put_in)


@bp.post("/<int:group_id>/invite")
@signed_in
@recently_proved_where(is_a_door)
@limited("group-invite", "30 per day")
def invite(group_id: int) -> AnyResponse:
    """As `add`, but the member decides."""

    def ask(owner: Actor, group: Any, member: Any) -> str:
        if actions.invite_to_group(owner, group, member):
            return _("The member is invited, and decides.")
        return _("The member had asked to join and belongs to the group now.")

    return _take_in(group_id, ask)


@bp.post("/<int:group_id>/invites/<int:member_id>/withdraw")
@signed_in
def withdraw_invite(group_id: int, member_id: int) -> AnyResponse:
    with transaction(actor()) as owner:
        actions.withdraw_invite(owner, queries.get_group(owner, group_id), member_id)
    flash(_("The member is no longer invited."))
    return _back(group_id)


@bp.post("/<int:group_id>/remove/<int:member_id>")
@signed_in
@recently_proved_where(is_a_door)
def remove(group_id: int, member_id: int) -> AnyResponse:
    with transaction(actor()) as owner:
        group = queries.get_group(owner, group_id)
        actions.remove_from_group(owner, group, queries.get_member(owner, member_id))
    flash(_("The member no longer belongs to the group."))
    return _back(group_id)


# ---------------------------------------------------------------- by whom they ask in


@bp.get("/invitations/<int:group_id>")
@signed_in
def invited(group_id: int) -> AnyResponse:
    """What an invitation says to the member whom it is for, who may not know of the group otherwise; later on it leads
    to the group's page, for who sees that."""
    try:
        group = queries.invited_to(actor(), group_id)
    except NotFound:
        group = queries.get_group(actor(), group_id)
        return redirect(queries.group_address(group.id, group.name), 303)
    decision = decide(actor(), "invitation.accept")
    return page(
        "groups/invited.html",
        group=group,
        action=f"/groups/invitations/{group_id}/accept",
        why_not="" if decision else sentence(decision.error()),
        invite=queries.own_invite(actor(), group_id),
    )


@bp.post("/invitations/<int:group_id>/accept", defaults={"is_accepted": True})
@bp.post("/invitations/<int:group_id>/decline", defaults={"is_accepted": False})
@signed_in
@limited("group", "60 per hour")
def answer_invite(group_id: int, is_accepted: bool) -> AnyResponse:
    with transaction(actor()) as member:
        actions.answer_invite(member, queries.invited_to(member, group_id, lock=True), is_accepted=is_accepted)
    flash(_("You belong to the group now.") if is_accepted else _("You have declined the invitation."))
    return _back(group_id)
