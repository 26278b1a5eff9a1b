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


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[tuple[str, str, str]]:
    """What an act changed: name, value before and value after; an empty text where there was none."""
    return [(name, _said(before.get(name)), _said(after.get(name))) for name in dict.fromkeys([*before, *after])]


def _said(value: Any) -> str:
    if value is None or value in ([], {}):
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
