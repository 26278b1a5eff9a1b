"""The second step of signing in: a code of the member's app, or a recovery code."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.http.limits import limited
from forum.http.viewer import actor
from forum.members import actions
from forum.web import attempts, entering, second_step
from forum.web.forms.members import CodeForm
from forum.web.sign_in import onwards, safe_next, step_again

bp = Blueprint("sign_in_code", __name__)


@bp.get("/login/code")
def code() -> AnyResponse:
    next_address, intent = safe_next(request.args.get("next")), request.args.get("intent")
    if not actor().is_guest:
        return redirect(next_address, 303)
    if second_step.waiting() is None:
        return redirect(url_for("sign_in.login", next=next_address, intent=intent), 303)
    return second_step.form_page(CodeForm(formdata=None, data={"next": next_address, "intent": intent}))


@bp.post("/login/code")
@limited("login-code", "10 per minute; 60 per hour")
def do_code() -> AnyResponse:
    form = CodeForm()
    form.next.data = safe_next(form.next.data)
    if not actor().is_guest:
        return redirect(form.next.data, 303)
    waiting = second_step.waiting()
    if waiting is None:
        return step_again(form.next.data, form.intent.data)
    attempts.note_code(waiting.member_id)
    try:
        with transaction(actor()):
            actions.use_code(waiting.member_id, form.code.data or "")
    except Invalid as error:
        second_step.note_refused(waiting.member_id, error)
        form.refuse(error)
        return second_step.form_page(form, 400)
    entering.admit(waiting)
    return onwards(form.next.data, form.intent.data)
