"""Joining: registration with the rules, the confirmed address, and a new password for whoever forgot theirs.

Nothing here tells whether an address or account exists: the answers, and the work behind them, are the same.
"""

from collections.abc import Callable

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import decide, may
from forum.community.registration import APPROVAL
from forum.core.database import transaction
from forum.core.errors import Conflict, Denied, Gone, Invalid
from forum.core.locale import text_in
from forum.core.logging import security
from forum.http.limits import limited, network
from forum.http.reasons import sentence
from forum.http.render import flash, page
from forum.http.viewer import actor, community, signed_in
from forum.members import actions, names, passwords, queries
from forum.members.actions.admission import ANSWER_LENGTH
from forum.members.policy import Entry
from forum.oidc import queries as providers
from forum.rules import actions as rule_actions
from forum.rules import queries as rule_queries
from forum.rules.queries import FullRulebook
from forum.web import demo_mail, entering, intents, links, patience, proof_of_work
from forum.web.forms.members import EmptyForm, NewPasswordForm, RegisterForm, ResetForm
from forum.web.rulebook import written
from forum.web.sign_in import onwards, page_that_keeps, safe_next

bp = Blueprint("join", __name__)


# ---------------------------------------------------------------- registration


def _invitation() -> str:
    """The token of the invitation by whose link this request came."""
    return str((request.view_args or {}).get("token", ""))


def invitation_address(token: str) -> str:
    """Where the link of an invitation leads."""
    return f"/invite/{token}"


def invitation_at(address: str) -> str:
    """The token of the invitation whose page it is, else nothing: who goes on there has been invited."""
    token = address.removeprefix(invitation_address(""))
    return token if token != address and token.replace("-", "").replace("_", "").isalnum() else ""


def _register_page(form: RegisterForm, book: FullRulebook | None, status: int = 200) -> Response:
    registration, invitation = community().registration, _invitation()
    question = (
        text_in(dict(registration.question), actor().language)
        if registration.mode == APPROVAL and not invitation
        else ""
    )
    form.answer.label.text = question
    group = queries.invited_group(invitation) if invitation else None
    return page(
        "sign_in/register.html",
        status,
        form=form,
        book=book.head if book else None,
        rules=written(book.rules, "reg") if book else [],
        next_address=safe_next(form.next.data),
        intent=intents.meaning(form.intent.data),
        shortest=passwords.SHORTEST,
        mode="invitation" if invitation else registration.mode,
        group=group.name if group is not None else "",
        doors=providers.doors_for_newcomers(registration, is_invited=bool(invitation)),
        action=invitation_address(invitation) if invitation else "/register",
        question=question,
        longest=ANSWER_LENGTH,
        unseen=patience.UNSEEN,
        shown=patience.carried(),
        parts=proof_of_work.PARTS,
    )


@bp.get("/register")
@bp.get("/invite/<token>")
def register(token: str = "") -> AnyResponse:
    if not actor().is_guest:
        return _invited(token) if token else redirect(safe_next(request.args.get("next")), 303)
    if not may(actor(), "member.register", _entry()):
        doors = providers.doors_for_newcomers(community().registration)
        return page("sign_in/closed.html", 403, next_address=safe_next(request.args.get("next")), doors=doors)
    if token and (state := queries.invitation_state(token)) != "open":
        return links.over("invitation", Gone(f"invitation-{state}"))
    given = {name: request.args.get(name, "") for name in ("next", "intent")}
    return _register_page(RegisterForm(formdata=None, data=given), rule_queries.current())


def _entry(email: str = "") -> Entry:
    return Entry(community().registration, email, is_invited=bool(_invitation()))


def _invited(token: str) -> AnyResponse:
    """What an invitation says to whoever has an account: its group, if it has one."""
    if (state := queries.invitation_state(token)) != "open":
        return links.over("invitation", Gone(f"invitation-{state}"))
    group = queries.invited_group(token)
    if group is None:
        flash(sentence(Conflict("invitation-for-newcomers")), "warn")
        return redirect("/", 303)
    address = queries.group_address(group.id, group.name)
    if group.id in actor().group_ids:
        return redirect(address, 303)
    decision = decide(actor(), "invitation.accept")
    why_not = "" if decision else sentence(decision.error())
    return page("groups/invited.html", group=group, action=f"/invite/{token}/accept", why_not=why_not, invite=None)


@bp.post("/invite/<token>/accept")
@signed_in
@limited("group", "60 per hour")
def accept_invitation(token: str) -> AnyResponse:
    """By a member, who comes into the invitation's group."""
    try:
        with transaction(actor()) as member:
            group_id = actions.accept_invitation(member, token)
    except Gone as error:
        return links.over("invitation", error)
    flash(_("You belong to the group now."))
    return redirect(f"/groups/{group_id}", 303)


def _refusals(form: RegisterForm, book: FullRulebook | None) -> list[Invalid]:
    """Everything that is wrong at once, so that nobody has to send the form three times."""
    username, email = form.username.data or "", form.email.data or ""
    registration, language = community().registration, actor().language
    checks: list[Callable[[], object]] = [
        lambda: names.check_username(username),
        lambda: actions.check_entry(actor(), _entry(actions.check_email(email))),
        lambda: passwords.check(form.password.data or "", username, email),
    ]
    if not _invitation():
        checks.append(lambda: actions.check_answer(registration, form.answer.data or "", language))
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
@bp.post("/invite/<token>")
@limited(patience.REGISTER, patience.LIMITS)
def do_register(token: str = "") -> AnyResponse:  # noqa: ARG001  `_invitation` reads it
    form, book = RegisterForm(), rule_queries.current()
    decision = decide(actor(), "member.register", _entry())
    if not decision and isinstance(
        decision.error(), Denied
    ):  # meanwhile: what a guest brought along goes on to the sign-in page
        return page_that_keeps(form.intent.data or "", safe_next(form.next.data), decision.error())
    if "show" in request.form:  # from the sign-in page, with a text that is too long for an address
        given = {"next": form.next.data, "intent": form.intent.data}
        return _register_page(RegisterForm(formdata=None, data=given), book)
    refusals = _refusals(form, book)
    if not refusals:
        try:
            return _joined(form, book, has_proof=patience.check())
        except Gone as error:
            return links.over("invitation", error)
        except Invalid as error:
            refusals = [error]
            if error.code == "send-again":
                form.keep_password()
        except Conflict as error:
            if error.code != "rules-changed":
                raise
            form.accept.data = False
            refusals = [Invalid("rules-changed", field="accept")]
            book = rule_queries.current()
    for refusal in refusals:
        form.refuse(refusal)
    return _register_page(form, book, 400)


def _joined(form: RegisterForm, book: FullRulebook | None, *, has_proof: bool) -> AnyResponse:
    """Makes the account and signs it in. The rules accepted are those that the page showed, by number and hash."""
    password_hash = passwords.hashed(form.password.data or "")
    shown = request.form.get("rulebook", "")
    is_number = shown.isdecimal() and len(shown) < 18
    with patience.used_up(), transaction(actor()) as guest:
        member = rule_actions.join(
            guest,
            username=form.username.data or "",
            email=form.email.data or "",
            password_hash=password_hash,
            language=actor().language,
            time_zone=community().time_zone,
            accepted=(int(shown), request.form.get("sha256", "")) if book is not None and is_number else None,
            brought=actions.Brought(form.answer.data or "", _invitation(), has_proof=has_proof),
        )
        member_id, username = member.id, member.username
    entering.enter(member_id, username, is_expected=True)
    if form.intent.data:
        return onwards(form.next.data, form.intent.data)
    return redirect(url_for("join.check_mail", next=safe_next(form.next.data)), 303)


# ---------------------------------------------------------------- the address


@bp.get("/confirm")
@signed_in
def check_mail() -> AnyResponse:
    """Where a newcomer is told to look into their mail, and can ask for it again; or that the team decides now."""
    next_address = safe_next(request.args.get("next"))
    if actor().is_confirmed:
        return redirect(next_address, 303)
    if actor().is_waiting:
        return page("sign_in/waiting.html", next_address=next_address)
    return page(
        "sign_in/check_mail.html",
        form=EmptyForm(formdata=None),
        email=queries.settings_of(actor()).email,
        next_address=next_address,
        is_asking=queries.has_asked_to_join(actor().member_id),
        is_demo=demo_mail.is_open(),
    )


@bp.post("/confirm/resend")
@signed_in
@limited("confirm", "3 per 10 minutes; 10 per day")
def resend() -> AnyResponse:
    with transaction(actor()) as member:
        if not member.is_confirmed and not member.is_waiting:
            actions.ask_for_confirmation(queries.get_member(member, member.member_id))
    flash(_("The e-mail is on its way. It may take a minute; please look in the spam folder as well."))
    return redirect(url_for("join.check_mail"), 303)


@bp.get("/confirm/<token>")
def confirm(token: str) -> AnyResponse:
    """A page with one button: programs that look at links in mails must not confirm anything."""
    try:
        member = queries.by_link("confirm", token)
    except Gone as error:
        return links.over("confirm", error)
    is_asking = queries.has_asked_to_join(member.id)
    return page(
        "sign_in/confirm.html",
        form=EmptyForm(formdata=None),
        token=token,
        username=member.username,
        is_asking=is_asking,
    )


@bp.post("/confirm/<token>")
@limited("confirm-link", "20 per 10 minutes")
def do_confirm(token: str) -> AnyResponse:
    try:
        with transaction(actor()):
            member_id = actions.confirm_by_link(token).id
            is_asking = queries.has_asked_to_join(member_id)
    except Gone as error:
        return links.over("confirm", error)
    if actor().id == member_id:
        if is_asking:
            return redirect(url_for("join.check_mail"), 303)
        flash(_("Your address is confirmed. Now you can write, too."))
        return redirect("/", 303)
    return redirect(url_for("sign_in.login", confirmed=1) if actor().is_guest else "/", 303)


# ---------------------------------------------------------------- a forgotten password


@bp.get("/reset")
def reset() -> AnyResponse:
    given = queries.settings_of(actor()).email if not (actor().is_guest or actor().is_onlooker) else ""
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
        member = queries.by_password_link(token)
    except Gone as error:
        return links.over("reset", error)
    return _new_password_page(NewPasswordForm(formdata=None), token, member.username)


@bp.post("/reset/<token>")
@limited("reset-link", "20 per 10 minutes")
def do_new_password(token: str) -> AnyResponse:
    form = NewPasswordForm()
    try:
        member = queries.by_password_link(token)
    except Gone as error:
        return links.over("reset", error)
    member_id, username = member.id, member.username
    known = (username, member.display_name, member.email or "")
    try:
        passwords.check(form.password.data or "", *known)
    except Invalid as error:
        form.refuse(error)
        return _new_password_page(form, token, username, 400)
    password_hash = passwords.hashed(form.password.data or "")
    try:
        with transaction(actor()):
            actions.reset_by_link(token, password_hash)
    except Gone as error:
        return links.over("reset", error)
    security("sessions-ended", member_id, network(), what="password")
    if entering.enter(member_id, username, is_expected=True):
        flash(_("Your new password is set, and you are signed in. All other devices have been signed out."))
    return onwards("/", None)


def _new_password_page(form: NewPasswordForm, token: str, username: str, status: int = 200) -> Response:
    return page(
        "sign_in/new_password.html",
        status,
        form=form,
        token=token,
        username=username,
        shortest=passwords.SHORTEST,
    )
