"""Accounts: finding them by any of their facts, acting on many, and who has which role."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Response, redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from forum.core.actor import ROLES
from forum.core.database import transaction
from forum.core.errors import Invalid, NotFound
from forum.http.limits import limited
from forum.http.plain import one_line
from forum.http.reasons import sentence
from forum.http.render import flash, zone_of_reader
from forum.http.viewer import actor
from forum.members import actions, queries
from forum.members.queries import Sought
from forum.web.admin.frame import admin_page, bp
from forum.web.proving import recently_proved

MOST_TYPED = 254
_FILTERS = ("q", "role", "group", "standing", "state", "from", "until", "seen", "step")


def _asked() -> dict[str, str]:
    """What the address says about whom to look for; empty parts are left out."""
    said = {name: one_line(request.values.get(name, ""), MOST_TYPED) for name in _FILTERS}
    return {name: value for name, value in said.items() if value}


def _day(raw: str, field: str) -> datetime | None:
    """When a day begins for the reader. Raises Invalid beside the field."""
    if not raw:
        return None
    try:
        day = date.fromisoformat(raw)
    except ValueError as error:
        raise Invalid("day-unreadable", field=field) from error
    if not date(1970, 1, 1) <= day < date(9999, 1, 1):  # with room for a day and a time zone on both sides
        raise Invalid("day-unreadable", field=field)
    return datetime.combine(day, time(), ZoneInfo(zone_of_reader()))


def _sought(asked: Mapping[str, str]) -> Sought:
    """Whom the address asks for. Raises Invalid beside a field, NotFound for a group that can't be."""
    group = asked.get("group", "")
    if group and not (group.isascii() and group.isdecimal() and len(group) < 18):
        raise NotFound
    until = _day(asked.get("until", ""), "until")
    return Sought(
        name=asked.get("q", ""),
        role=asked.get("role", ""),
        group_id=int(group) if group else None,
        standing=asked.get("standing", ""),
        state=asked.get("state", ""),
        joined_from=_day(asked.get("from", ""), "from"),
        joined_before=until + timedelta(days=1) if until is not None else None,
        seen=asked.get("seen", ""),
        step=asked.get("step", ""),
    )


def _address(asked: Mapping[str, str], **more: str) -> str:
    said = urlencode({**asked, **more})
    return f"/admin/members?{said}" if said else "/admin/members"


def _choices() -> Sequence[tuple[str, str, Sequence[tuple[str, str]]]]:
    """What can be chosen besides a name: parameter, label, and the values with their words."""
    return (
        (
            "state",
            _("State"),
            [
                ("active", _("takes part")),
                ("unconfirmed", _("address not confirmed")),
                ("waiting", _("waits for approval")),
                ("silenced", _("silenced")),
                ("banned", _("banned")),
                ("imported", _("imported")),
            ],
        ),
        (
            "role",
            _("Role"),
            [
                (queries.TEAM, _("anybody of the team")),
                ("moderator", _("Moderator")),
                ("product", _("Product team")),
                ("manager", _("Community manager")),
                ("admin", _("Administrator")),
            ],
        ),
        ("group", _("Group"), _groups()),
        (
            "standing",
            _("Standing"),
            [
                ("new", _("New")),
                ("regular", _("Regular")),
                ("trusted", _("Trusted")),
                ("ambassador", _("Ambassador")),
            ],
        ),
        (
            "seen",
            _("Last seen"),
            [
                ("in-1", _("within a day")),
                ("in-7", _("within 7 days")),
                ("in-30", _("within 30 days")),
                ("not-7", _("not for 7 days")),
                ("not-30", _("not for 30 days")),
            ],
        ),
        ("step", _("Second step"), [("with", _("set up")), ("without", _("not set up"))]),
    )


def _groups() -> list[tuple[str, str]]:
    return [(str(group.id), group.name) for group in queries.groups() if not group.is_builtin]


def _acts() -> Sequence[tuple[str, str]]:
    return (
        ("add", _("Add to a group")),
        ("remove", _("Remove from a group")),
        ("remind", _("Send the mail that confirms the address once more")),
        ("sign_out", _("Sign out everywhere")),
    )


def _list_page(status: int = 200, refused: Invalid | None = None) -> Response:
    asked, before = _asked(), request.args.get("before")
    errors = {refused.field: sentence(refused)} if refused is not None else {}
    try:
        sought = _sought(asked)
    except Invalid as error:
        errors[error.field] = sentence(error)
        status, sought = 400, _sought({name: value for name, value in asked.items() if name not in {"from", "until"}})
    found = queries.find_accounts(actor(), sought, before)
    choices = _choices()
    return admin_page(
        "admin/members.html",
        "members",
        status,
        found=found,
        asked=asked,
        errors=errors,
        before=before,
        first=_address(asked),
        more=_address(asked, before=found.older) if found.older else None,
        choices=choices,
        groups=next(values for name, _label, values in choices if name == "group"),
        acts=_acts(),
        most=queries.MOST_AT_ONCE,
        is_narrowed=len(asked) > ("q" in asked),
    )


@bp.get("/members")
def members() -> AnyResponse:
    return _list_page()


@bp.get("/roles")
def roles() -> AnyResponse:
    held = [(role, queries.role_holders(actor(), role)) for role in reversed(ROLES)]
    return admin_page("admin/roles.html", "roles", held=held, most=queries.MOST_HOLDERS)


# ---------------------------------------------------------------- acts on many


def _number(raw: str) -> int | None:
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 18 else None


def _ids() -> list[int]:
    """The members that a form names, each once."""
    numbers = (_number(raw) for raw in request.values.getlist("id"))
    return list(dict.fromkeys(number for number in numbers if number is not None))


@bp.get("/members/act")
def preview_act() -> AnyResponse:
    """What an act would do, to those who were ticked or to all who fit the filter, before it is done."""
    asked, act, older = _asked(), request.args.get("act"), None
    if act is None:
        return redirect(_address(asked), 303)
    group_id = _number(request.args.get("to", ""))
    try:
        if request.args.get("all"):
            sought = _sought(asked)
            found = queries.find_accounts(actor(), sought, request.args.get("before"), queries.MOST_AT_ONCE)
            ids, older = [row.id for row in found.rows], found.older
        else:
            ids = _ids()
        effects, group = queries.effects(actor(), act, ids, group_id)
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
        back=_address(asked),
        touched=[one.account for one in effects if one.decision],
        left_out=[(one.account, sentence(one.decision.error())) for one in effects if not one.decision],
        next_address=f"/admin/members/act?{urlencode({**asked, **values})}" if older else None,
    )


@bp.post("/members/act")
@recently_proved
@limited("members-act", "60 per hour")
def act_on_many() -> AnyResponse:
    asked, act = _asked(), request.form.get("act", "")
    try:
        with transaction(actor()) as staff:
            done = actions.act_on_many(staff, act, _ids(), _number(request.form.get("to", "")))
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
    return redirect(_address(asked), 303)
