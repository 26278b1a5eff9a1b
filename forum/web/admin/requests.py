"""Requests to join: who waits, and letting them in or not."""

from collections.abc import Iterable

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.core.locale import name_of, nearest
from forum.http.limits import limited
from forum.http.reasons import sentence
from forum.http.render import flash
from forum.http.viewer import actor
from forum.members import actions, queries
from forum.members.actions.admission import REASON_LENGTH
from forum.web.admin.frame import admin_page, back, bp, ticked
from forum.web.forms.admin import RefusalForm
from forum.web.proving import recently_proved, recently_proved_where

MOST_NAMED = 30


@bp.get("/requests")
def requests() -> AnyResponse:
    found = queries.join_requests(actor(), request.args.get("after"))
    return admin_page("admin/requests.html", "requests", found=found)


@bp.get("/requests/act")
def preview_answer() -> AnyResponse:
    """Whom an answer to several concerns, before it is given."""
    answer = request.args.get("act")
    if answer not in actions.ANSWERS:
        return back("requests")
    try:
        return _answer_page(answer, RefusalForm(formdata=None))
    except Invalid as error:
        flash(sentence(error), "warn")
        return back("requests")


def _answer_page(answer: str, form: RefusalForm, status: int = 200) -> Response:
    ids = ticked()
    waiting = queries.waiting_requests(actor(), ids)
    gone = set(ids) - {one.id for one in waiting}
    return admin_page(
        "admin/requests_act.html",
        "requests",
        status,
        answer=answer,
        waiting=waiting,
        decided=_named(id for id in ids if id in gone),
        form=form,
        limit=REASON_LENGTH,
    )


def _is_refusal() -> bool:
    return request.form.get("act") == "refuse"


@bp.post("/requests/act")
@recently_proved_where(_is_refusal)
@limited("requests-act", "60 per hour")
def answer_several() -> AnyResponse:
    form, answer, ids = RefusalForm(), request.form.get("act", ""), ticked()
    try:
        with transaction(actor()) as staff:
            answered = actions.answer_many(staff, answer, ids, form.reason.data or "")
    except Invalid as error:
        if error.field != "reason":
            flash(sentence(error), "warn")
            return back("requests")
        form.refuse(error)
        return _answer_page(answer, form, 400)
    if answered and answer == "approve":
        said = ngettext("%(num)s request is approved.", "%(num)s requests are approved.", len(answered))
        flash(f"{said} {_('E-mails tell them.')}")
    elif answered:
        said = ngettext("%(num)s request is refused.", "%(num)s requests are refused.", len(answered))
        flash(f"{said} {_('E-mails tell the reason.')}")
    if decided := _named(id for id in ids if id not in answered):
        flash(_("Decided already: %(names)s", names=decided), "warn")
    return back("requests")


def _named(member_ids: Iterable[int]) -> str:
    """The user names of those whose request is decided, as far as a message has room for them."""
    names = queries.names_of_decided(actor(), list(member_ids)[:MOST_NAMED])
    return ", ".join(f"@{name}" for name in names)


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
@recently_proved
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
