"""Joining: registration with the rules, the confirmed address, and a new password for whoever forgot theirs.

Nothing here tells whether an address or account exists: the answers, and the work behind them, are the same.
"""

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.core.errors import Conflict, Gone, Invalid
from forum.http.limits import limited
from forum.http.render import flash, page
from forum.http.viewer import actor, begin_session, community, signed_in
from forum.members import actions, names, passwords, queries
from forum.rules import actions as rule_actions
from forum.rules import queries as rule_queries
from forum.rules.queries import FullRulebook
from forum.web import attempts, demo_mail, intents
from forum.web.forms.members import EmptyForm, NewPasswordForm, RegisterForm, ResetForm
from forum.web.rulebook import written
from forum.web.sign_in import device, onwards, safe_next

bp = Blueprint("join", __name__)


# ---------------------------------------------------------------- registration


def _register_page(form: RegisterForm, book: FullRulebook | None, status: int = 200) -> Response:
    return page(
        "sign_in/register.html",
        status,
        form=form,
        book=book.head if book else None,
        rules=written(book.rules, "reg") if book else [],
        next_address=safe_next(form.next.data),
        intent=intents.meaning(form.intent.data),
        shortest=passwords.SHORTEST,
    )


@bp.get("/register")
def register() -> AnyResponse:
    if not actor().is_guest:
        return redirect(safe_next(request.args.get("next")), 303)
    given = {name: request.args.get(name, "") for name in ("next", "intent")}
    return _register_page(RegisterForm(formdata=None, data=given), rule_queries.current())


def _refusals(form: RegisterForm, book: FullRulebook | None) -> list[Invalid]:
    """Everything that is wrong at once, so that nobody has to send the form three times."""
    username, email = form.username.data or "", form.email.data or ""
    checks = (
        lambda: names.check_username(username),
        lambda: actions.check_email(email),
        lambda: passwords.check(form.password.data or "", username, email),
    )
    found = []
    for check in checks:
        try:
            check()
        except Invalid as error:
            found.append(error)
    if book is not None and not form.accept.data:
        found.append(Invalid("accept-rules", field="accept"))
    return found


@bp.post("/register")
@limited("register", "10 per 10 minutes; 30 per day")
def do_register() -> AnyResponse:
    form, book = RegisterForm(), rule_queries.current()
    if "show" in request.form:  # from the sign-in page, with a text that is too long for an address
        given = {"next": form.next.data, "intent": form.intent.data}
        return _register_page(RegisterForm(formdata=None, data=given), book)
    refusals = _refusals(form, book)
    if not refusals:
        try:
            return _joined(form, book)
        except Invalid as error:
            refusals = [error]
        except Conflict as error:
            if error.code != "rules-changed":
                raise
            form.accept.data = False
            refusals = [Invalid("rules-changed", field="accept")]
            book = rule_queries.current()
    for refusal in refusals:
        form.refuse(refusal)
    return _register_page(form, book, 400)


def _joined(form: RegisterForm, book: FullRulebook | None) -> AnyResponse:
    """Makes the account and signs it in. The rules accepted are those that the page showed, by number and hash."""
    password_hash = passwords.hashed(form.password.data or "")
    shown = request.form.get("rulebook", "")
    with transaction(actor()) as guest:
        member = rule_actions.join(
            guest,
            username=form.username.data or "",
            email=form.email.data or "",
            password_hash=password_hash,
            language=actor().language,
            time_zone=community().time_zone,
            rulebook_id=int(shown) if book is not None and shown.isdecimal() and len(shown) < 18 else None,
            sha256=request.form.get("sha256", ""),
        )
        member_id, username = member.id, member.username
        token = actions.sign_in(member_id, device())
    attempts.succeeded(username, member_id)
    begin_session(token)
    if form.intent.data:
        return onwards(form.next.data, form.intent.data)
    return redirect(url_for("join.check_mail", next=safe_next(form.next.data)), 303)


# ---------------------------------------------------------------- the address


@bp.get("/confirm")
@signed_in
def check_mail() -> AnyResponse:
    """Where a newcomer is told to look into their mail, and can ask for it again."""
    next_address = safe_next(request.args.get("next"))
    if actor().is_confirmed:
        return redirect(next_address, 303)
    return page(
        "sign_in/check_mail.html",
        form=EmptyForm(formdata=None),
        email=queries.settings_of(actor()).email,
        next_address=next_address,
        is_demo=demo_mail.is_open(),
    )


@bp.post("/confirm/resend")
@signed_in
@limited("confirm", "3 per 10 minutes; 10 per day")
def resend() -> AnyResponse:
    with transaction(actor()) as member:
        if not member.is_confirmed:
            actions.ask_for_confirmation(queries.get_member(member, member.member_id))
    flash(_("The e-mail is on its way. It may take a minute; please look in the spam folder as well."))
    return redirect(url_for("join.check_mail"), 303)


@bp.get("/confirm/<token>")
def confirm(token: str) -> AnyResponse:
    """A page with one button: programs that look at links in mails must not confirm anything."""
    try:
        member = queries.by_link("confirm", token)
    except Gone:
        return _expired("confirm")
    return page("sign_in/confirm.html", form=EmptyForm(formdata=None), token=token, username=member.username)


@bp.post("/confirm/<token>")
@limited("confirm-link", "20 per 10 minutes")
def do_confirm(token: str) -> AnyResponse:
    try:
        with transaction(actor()):
            member_id = actions.confirm_by_link(token).id
    except Gone:
        return _expired("confirm")
    if actor().id == member_id:
        flash(_("Your address is confirmed. Now you can write, too."))
        return redirect("/", 303)
    return redirect(url_for("sign_in.login", confirmed=1) if actor().is_guest else "/", 303)


def _expired(purpose: str) -> Response:
    """What a link of a mail says that is too old, was used or belongs to a former address."""
    return page("sign_in/link_expired.html", 410, purpose=purpose)


# ---------------------------------------------------------------- a forgotten password


@bp.get("/reset")
def reset() -> AnyResponse:
    given = queries.settings_of(actor()).email if not actor().is_guest else ""
    form = ResetForm(formdata=None, data={"username": given})
    return page("sign_in/reset.html", form=form, sent_to=None, is_demo=False)


@bp.post("/reset")
@limited("reset", "5 per 10 minutes; 20 per day")
def do_reset() -> AnyResponse:
    form = ResetForm()
    given = form.username.data or ""
    if not given:
        form.refuse(Invalid("required", field="username"))
        return page("sign_in/reset.html", 400, form=form, sent_to=None, is_demo=False)
    with transaction(actor()):
        actions.ask_for_reset(queries.find_account(given))
    return page("sign_in/reset.html", form=form, sent_to=given[:254], is_demo=demo_mail.is_open())


@bp.get("/reset/<token>")
def new_password(token: str) -> AnyResponse:
    try:
        member = queries.by_link("reset", token)
    except Gone:
        return _expired("reset")
    return _new_password_page(NewPasswordForm(formdata=None), token, member.username)


@bp.post("/reset/<token>")
@limited("reset-link", "20 per 10 minutes")
def do_new_password(token: str) -> AnyResponse:
    form = NewPasswordForm()
    try:
        member = queries.by_link("reset", token)
    except Gone:
        return _expired("reset")
    member_id, username = member.id, member.username
    try:
        passwords.check(form.password.data or "", username, member.email or "")
    except Invalid as error:
        form.refuse(error)
        return _new_password_page(form, token, username, 400)
    password_hash = passwords.hashed(form.password.data or "")
    with transaction(actor()):
        actions.reset_by_link(token, password_hash)
        session_token = actions.sign_in(member_id, device())
    attempts.succeeded(username, member_id)
    begin_session(session_token)
    flash(_("Your new password is set, and you are signed in. All other devices have been signed out."))
    return redirect("/", 303)


def _new_password_page(form: NewPasswordForm, token: str, username: str, status: int = 200) -> Response:
    return page(
        "sign_in/new_password.html",
        status,
        form=form,
        token=token,
        username=username,
        shortest=passwords.SHORTEST,
    )
