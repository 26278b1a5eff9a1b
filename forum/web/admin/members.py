"""Accounts: finding them by any of their facts, acting on many, and who has which role."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Response, redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from forum.core.actor import ROLES
from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.http.forms import number_or_none
from forum.http.limits import limited
from forum.http.reasons import sentence
from forum.http.render import flash
from forum.http.viewer import actor
from forum.members import actions, queries
from forum.web.admin import member_filters as filters
from forum.web.admin.frame import admin_page, bp, ticked
from forum.web.group_doors import are_doors
from forum.web.proving import recently_proved_where


def _acts() -> Sequence[tuple[str, str]]:
    return (
        ("add", _("Add to a group")),
        ("remove", _("Remove from a group")),
        ("remind", _("Send the mail that confirms the address once more")),
        ("sign_out", _("Sign out everywhere")),
    )


def _list_page(status: int = 200, refused: Invalid | None = None) -> Response:
    asked, before = filters.asked(), request.args.get("before")
    errors = {refused.field: sentence(refused)} if refused is not None else {}
    try:
        sought = filters.sought(asked)
    except Invalid as error:
        errors[error.field] = sentence(error)
        status, sought = 400, filters.sought({name: said for name, said in asked.items() if name not in filters.DAYS})
    found, groups = queries.find_accounts(actor(), sought, before), filters.groups()
    return admin_page(
        "admin/members.html",
        "members",
        status,
        found=found,
        asked=asked,
        errors=errors,
        before=before,
        first=filters.address(asked),
        more=filters.address(asked, before=found.older) if found.older else None,
        usual=filters.usual_choices(groups),
        choices=filters.more_choices(),
        groups=groups,
        acts=_acts(),
        most=queries.MOST_AT_ONCE,
        is_narrowed=filters.is_narrowed(asked),
    )


@bp.get("/members")
def members() -> AnyResponse:
    return _list_page()


@bp.get("/roles")
def roles() -> AnyResponse:
    held = [(role, queries.role_holders(actor(), role)) for role in reversed(ROLES)]
    return admin_page("admin/roles.html", "roles", held=held, most=queries.MOST_HOLDERS)


# ---------------------------------------------------------------- acts on many


@bp.get("/members/act")
def preview_act() -> AnyResponse:
    """What an act would do, to those who were ticked or to all who fit the filter, before it is done."""
    asked, act, older = filters.asked(), request.args.get("act"), None
    if act is None:
        return redirect(filters.address(asked), 303)
    group_id = number_or_none(request.args.get("to", ""))
    try:
        if request.args.get("all"):
            sought = filters.sought(asked)
            found = queries.find_accounts(actor(), sought, request.args.get("before"), queries.MOST_AT_ONCE)
            ids, older = [row.id for row in found.rows], found.older
        else:
            ids = ticked()
        is_to_go_on = not ids and older is not None and act in queries.ACTS  # nobody fits so far
        effects, group = ((), None) if is_to_go_on else queries.effects(actor(), act, ids, group_id)
    except Invalid as error:
        return _list_page(400, error)
    values: dict[str, Any] = {"act": act, "all": "1", "to": group_id or "", "before": older}
    return admin_page(
        "admin/members_act.html",
        "members",
        act=act,
        act_name=dict(_acts())[act],
        group=group.name if group is not None else "",
        group_id=group_id,
        asked=asked,
        back=filters.address(asked),
        touched=[one.account for one in effects if one.decision],
        left_out=[(one.account, sentence(one.decision.error())) for one in effects if not one.decision],
        next_address=f"/admin/members/act?{urlencode({**asked, **values})}" if older else None,
    )


def _is_dangerous() -> bool:
    """As each act is when it is done to one."""
    act, group_id = request.form.get("act"), number_or_none(request.form.get("to", ""))
    return act == "sign_out" or (act in {"add", "remove"} and group_id is not None and are_doors([group_id]))


@bp.post("/members/act")
@recently_proved_where(_is_dangerous)
@limited("members-act", "60 per hour")
def act_on_many() -> AnyResponse:
    asked, act = filters.asked(), request.form.get("act", "")
    try:
        with transaction(actor()) as staff:
            done = actions.act_on_many(staff, act, ticked(), number_or_none(request.form.get("to", "")))
    except Invalid as error:
        return _list_page(400, error)
    said = {
        "add": ngettext("%(num)s member belongs to the group now.", "%(num)s members belong to the group now.", done),
        "remove": ngettext(
            "%(num)s member no longer belongs to the group.", "%(num)s members no longer belong to the group.", done
        ),
        "remind": ngettext("%(num)s e-mail is on its way.", "%(num)s e-mails are on their way.", done),
        "sign_out": ngettext(
            "%(num)s member is signed out everywhere.", "%(num)s members are signed out everywhere.", done
        ),
    }
    flash(said[act] if done else _("Nothing was to be done."), "good" if done else "warn")
    return redirect(filters.address(asked), 303)
