"""Signing in with a passkey: without a user name, and in one step. It also is the second step behind a password."""

from dataclasses import replace

from flask import Blueprint, redirect
from werkzeug.wrappers import Response as AnyResponse

from forum.core.actor import SYSTEM
from forum.core.errors import Invalid
from forum.http.limits import limited, paced
from forum.http.viewer import actor, community
from forum.members import queries
from forum.web import entering, passkeys, second_step
from forum.web.forms.members import CodeForm, LoginForm
from forum.web.second_step import Entrant
from forum.web.sign_in import login_page, onwards, safe_next

bp = Blueprint("sign_in_passkey", __name__)


@bp.get("/login/passkey")
@paced(60)
def options() -> AnyResponse:
    passkeys.require_possible()
    return passkeys.options_of_use()


@bp.post("/login/passkey")
@limited("login-passkey", "20 per minute; 120 per hour")
def sign_in() -> AnyResponse:
    passkeys.require_possible()
    form, waiting = LoginForm(), second_step.waiting()
    form.next.data = safe_next(form.next.data)
    if not actor().is_guest:
        return redirect(form.next.data, 303)
    try:
        days = waiting.days if waiting is not None else form.number_of_days()
        expected = waiting.member_id if waiting is not None and community().is_sso_only else None
        member_id = passkeys.use(form.passkey.data or "", expected)
    except Invalid as error:
        return _refused(form, error, is_second=waiting is not None)
    if waiting is None or waiting.member_id != member_id:
        waiting = Entrant(member_id, queries.get_member(SYSTEM, member_id).username, days, is_expected=False)
    else:  # a passkey proves who sits there, whenever the provider has asked
        waiting = replace(waiting, through=replace(waiting.through, authenticated_at=None))
    entering.admit(waiting)
    return onwards(form.next.data, form.intent.data)


def _refused(form: LoginForm, error: Invalid, *, is_second: bool) -> AnyResponse:
    """The page from which it came, with the reason."""
    if not is_second:
        form.refuse(error)
        return login_page(form, 400)
    again = CodeForm(formdata=None, data={"next": form.next.data, "intent": form.intent.data})
    again.refuse(error)
    return second_step.form_page(again, 400)
