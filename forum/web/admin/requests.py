"""Requests to join: who waits, and letting them in or not."""

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.core.locale import name_of, nearest
from forum.http.reasons import sentence
from forum.http.render import flash
from forum.http.viewer import actor
from forum.members import actions, queries
from forum.members.actions.admission import REASON_LENGTH
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.admin import RefusalForm


@bp.get("/requests")
def requests() -> AnyResponse:
    found = queries.join_requests(actor(), request.args.get("after"))
    return admin_page("admin/requests.html", "requests", found=found)


@bp.post("/requests/<int:member_id>/approve")
def approve_request(member_id: int) -> AnyResponse:
    try:
        with transaction(actor()) as staff:
            name = actions.approve(staff, member_id).display_name
    except Conflict as error:
        flash(sentence(error), "warn")
    else:
        flash(_("%(name)s belongs to the community now, and is told so by e-mail.", name=name))
    return back("requests")


def _refusal_page(member_id: int, form: RefusalForm, status: int = 200) -> Response:
    asking = queries.join_request(actor(), member_id)
    tongue = name_of(nearest(asking.language), actor().language)
    return admin_page(
        "admin/request.html", "requests", status, asking=asking, tongue=tongue, form=form, limit=REASON_LENGTH
    )


@bp.get("/requests/<int:member_id>/refuse")
def refuse(member_id: int) -> AnyResponse:
    return _refusal_page(member_id, RefusalForm(formdata=None))


@bp.post("/requests/<int:member_id>/refuse")
def refuse_request(member_id: int) -> AnyResponse:
    form = RefusalForm()
    try:
        with transaction(actor()) as staff:
            actions.refuse(staff, member_id, form.reason.data or "")
    except Invalid as error:
        form.refuse(error)
        return _refusal_page(member_id, form, 400)
    except Conflict as error:
        flash(sentence(error), "warn")
    else:
        flash(_("The request is refused. An e-mail tells the reason."))
    return back("requests")
