"""What the worker has before it, what failed for good, and the audit log."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.community import actions, queries
from forum.core.database import transaction
from forum.core.errors import Conflict
from forum.http.reasons import sentence
from forum.http.render import flash
from forum.http.viewer import actor
from forum.web.admin.frame import admin_page, back, bp


@bp.get("/jobs")
def jobs() -> AnyResponse:
    name, state = request.args.get("queue", "job"), request.args.get("state", "dead")
    work = queries.work(actor(), name, state, request.args.get("before"))
    other = queries.work(actor(), "event" if name == "job" else "job", state)
    return admin_page("admin/jobs.html", "jobs", work=work, other=other, name=name, state=state)


@bp.post("/jobs/<name>/<int:row_id>/again")
def try_again(name: str, row_id: int) -> AnyResponse:
    try:
        with transaction(actor()) as staff:
            actions.try_again(staff, name, row_id)
    except Conflict as error:
        flash(sentence(error), "warn")
    else:
        flash(_("It will be tried again in a moment."))
    return back("jobs", queue=name)


@bp.get("/audit")
def audit() -> AnyResponse:
    entries = queries.audit_log(actor(), request.args.get("before"))
    rows = [(row, changes(row.before or {}, row.after or {})) for row in entries.rows]
    return admin_page("admin/audit.html", "audit", rows=rows, older=entries.older)


SHORT = 60
"""Longer values are cut off where they are shown."""


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[tuple[str, str, str]]:
    """What an act changed: name, value before and value after; an empty text where there was none. Of what has parts
    (`registration.mode`) those that differ, of long lists what has gone and what has come."""
    found: list[tuple[str, str, str]] = []
    for name in dict.fromkeys([*before, *after]):
        former, present = before.get(name), after.get(name)
        if isinstance(former or present, dict) and isinstance(present or former, dict):
            these, those = former or {}, present or {}
            parts = changes(_otherwise(these, those), _otherwise(those, these))
            found += [(f"{name}.{part}", was, becomes) for part, was, becomes in parts if was or becomes]
            continue
        if isinstance(former, list) and isinstance(present, list):
            former, present = _briefly(former, present)
        found.append((name, _said(former), _said(present)))
    return found


def _otherwise(these: Mapping[str, Any], those: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in these.items() if name not in those or those[name] != value}


def _briefly(former: list[Any], present: list[Any]) -> tuple[list[Any], list[Any]]:
    """Both, or of long ones what the other lacks, unless that is nothing."""
    if max(len(_said(former)), len(_said(present))) <= SHORT:
        return former, present
    had, has = ({json.dumps(one) for one in these} for these in (former, present))
    gone = [one for one in former if json.dumps(one) not in has]
    come = [one for one in present if json.dumps(one) not in had]
    return (gone, come) if gone or come else (former, present)


def _said(value: Any) -> str:
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, list):
        return ", ".join(" = ".join(map(_said, one)) if isinstance(one, list) else _said(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
