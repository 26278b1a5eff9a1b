"""The third screen: the administrator's account, who is signed in with it and from then on goes on alone."""

from flask import Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from forum.core.errors import Invalid
from forum.http import viewer
from forum.http.limits import limited
from forum.members import actions, passwords
from forum.web import entering
from forum.web.forms.setup import AccountForm
from forum.web.setup.frame import bp, onwards, passing, progress, screen_page


def _form_page(form: AccountForm, status: int = 200) -> Response:
    return screen_page("account", status, form=form, shortest=passwords.SHORTEST)


@bp.get("/account")
def account() -> AnyResponse:
    return _form_page(AccountForm(formdata=None))


@bp.post("/account")
@limited("setup-account", "30 per 10 minutes")
def make_account() -> AnyResponse:
    if progress().has_account:
        return redirect("/setup", 303)
    form = AccountForm()
    username, email, password = form.username.data or "", form.email.data or "", form.password.data or ""
    try:
        if not username:
            raise Invalid("required", field="username")
        actions.check_email(email)
        passwords.check(password, username, form.display_name.data or "", email)
        password_hash = passwords.hashed(password)
        with passing("account") as actor:
            member = actions.create_member(
                actor,
                username=username,
                display_name=form.display_name.data or "",
                email=email,
                password_hash=password_hash,
                language=viewer.actor().language,
                time_zone=viewer.community().time_zone,
                roles=("admin",),
            )
            member_id, token = member.id, entering.new_session(member.id)
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, 400)
    entering.go_on(member_id, token)
    return onwards("account")
