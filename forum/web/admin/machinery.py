"""What the worker has before it, and what failed for good."""

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
from forum.web.proving import recently_proved


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


@bp.get("/jobs/<name>/<int:row_id>/dismiss")
def confirm_dismissal(name: str, row_id: int) -> AnyResponse:
    row = queries.dead_letter(actor(), name, row_id)
    return admin_page("admin/job.html", "jobs", row=row, name=name)


@bp.post("/jobs/<name>/<int:row_id>/dismiss")
@recently_proved
def dismiss(name: str, row_id: int) -> AnyResponse:
    try:
        with transaction(actor()) as staff:
            actions.dismiss(staff, name, row_id)
    except Conflict as error:
        flash(sentence(error), "warn")
    else:
        flash(_("It is dismissed and won’t be tried again."))
    return back("jobs", queue=name)
