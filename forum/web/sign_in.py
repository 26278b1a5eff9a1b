"""Signing in and out, and what a banned member still sees."""

from flask import Blueprint, Response, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from forum.core import clock
from forum.core.database import transaction
from forum.core.errors import Denied, Invalid, Refused, TooMany
from forum.core.logging import security
from forum.http.limits import network
from forum.http.reasons import sentence
from forum.http.render import page
from forum.http.viewer import actor, community, end_session, has_session, viewer
from forum.members import actions, passwords, queries
from forum.members.actions.sessions import NOTED_EVERY
from forum.moderation import queries as moderation
from forum.oidc import queries as providers
from forum.web import attempts, demo_mail, entering, intents, passkeys, second_step
from forum.web.forms.members import EmptyForm, LoginForm

bp = Blueprint("sign_in", __name__)

_BANNED_MAY = {
    "assets.asset",
    "legal.show",
    "legal.show_earlier",
    "media.show",
    "sign_in.logout",
    "unsubscribe.ask",
    "unsubscribe.carry_out",
    "health.healthz",
    "health.readyz",
}


def safe_next(raw: str | None) -> str:
    """A way back inside this site: anything else leads to the front page."""
    if not raw or not raw.startswith("/") or raw.startswith(("//", "/\\")) or not raw.isprintable() or "\\" in raw:
        return "/"
    return raw if len(raw) <= 2000 else "/"


def onwards(next_address: str | None, intent: str | None) -> AnyResponse:
    """Where somebody goes who has just signed in: on with what they meant to do, or back to where they were. Who owes a
    code for it is asked for that first (`entering.enter`), and whose role asks for codes is led to set that up."""
    if actor().is_guest:
        return second_step.ask(safe_next(next_address), intent)
    carried = intents.carry_out(actor(), intent) if intent else None
    if carried is None and actor().owes_second_step:
        return redirect(url_for("settings_two_factor.show", next=safe_next(next_address)), 303)
    return carried or redirect(safe_next(next_address), 303)


def login_page(form: LoginForm, status: int = 200, held_up: str = "") -> Response:
    """The page with this form; `held_up` says how long its reader has to wait, if they have to."""
    doors, registration = providers.doors(), community().registration
    return page(
        "sign_in/login.html",
        status,
        form=form,
        next_address=safe_next(form.next.data),
        intent=intents.meaning(form.intent.data),
        is_confirmed=request.args.get("confirmed") == "1",
        is_demo=demo_mail.is_open(),
        by_passkey=passkeys.are_possible() and not community().is_sso_only,
        doors=doors,
        joins_elsewhere=any(door.lets_join(registration) for door in doors),
        is_only=community().is_sso_only,
        held_up=held_up,
    )


def _held_up(form: LoginForm, error: TooMany) -> Response:
    """The page again, for whoever has to wait: with the ways in that are open meanwhile, for it may be others who have
    tried so often."""
    response = login_page(form, error.status, sentence(error))
    response.headers["Retry-After"] = str(int(error.parameters["seconds"]))
    return response


def page_that_keeps(intent: str, next_address: str, refused: Refused | None = None) -> Response:
    """The answer to a guest's POST of a text: the form with the text in it, which is kept as soon as they sign in.
    `refused` says why what they wanted first can't be."""
    form = LoginForm(formdata=None, data={"next": next_address, "intent": intent})
    if refused is None:
        return login_page(form)
    form.refuse(Invalid(refused.code, **refused.parameters))
    return login_page(form, refused.status)


def step_again(next_address: str, intent: str | None) -> Response:
    """The answer to a code that comes when the first step is too long ago: that step again, with what was carried."""
    form = LoginForm(formdata=None, data={"next": next_address, "intent": intent})
    form.refuse(Invalid("second-step-expired"))
    return login_page(form, 400)


@bp.get("/login")
def login() -> AnyResponse:
    if not actor().is_guest:
        return redirect(safe_next(request.args.get("next")), 303)
    return login_page(LoginForm(formdata=None, data={name: request.args.get(name, "") for name in ("next", "intent")}))


@bp.post("/login")
def do_login() -> AnyResponse:
    form = LoginForm()
    given, password = form.username.data or "", form.password.data or ""
    missing = [name for name, value in (("username", given), ("password", password)) if not value]
    for name in missing:
        form.refuse(Invalid("required", field=name))
    try:
        days = form.number_of_days()
    except Invalid as error:
        form.refuse(error)
    if form.errors:
        return login_page(form, 400)
    account = queries.find_account(given, is_address_proved=True)
    member_id, kept = (account.id, account.password_hash) if account else (0, None)
    try:
        attempts.note(given, member_id)
    except TooMany as error:
        return _held_up(form, error)
    if not passwords.verify(kept, password):
        security("sign-in-refused", member_id or None, network())
        form.refuse(Invalid("sign-in-failed"))
        return login_page(form, 400)
    if kept and passwords.is_outdated(kept):
        fresh = passwords.hashed(password)
        with transaction(actor()):
            actions.renew_hash(member_id, kept, fresh)
    entering.enter(member_id, given, days=days)
    return onwards(form.next.data, form.intent.data)


@bp.post("/logout")
def logout() -> AnyResponse:
    before = actor()
    token = end_session()
    if token:
        with transaction(before):
            actions.sign_out(token)
    return redirect("/", 303)


# ---------------------------------------------------------------- every request of a member


@bp.before_app_request
def only_the_decision() -> AnyResponse | None:
    """Whoever is banned sees the decision and the way out, whatever they ask for."""
    if not has_session() or request.endpoint in _BANNED_MAY or not actor().is_banned:
        return None
    if request.method == "POST" and not request.path.startswith("/login"):
        raise Denied("banned")
    decision = moderation.decision_for(actor().member_id)
    return page("sign_in/banned.html", 403, form=EmptyForm(formdata=None), decision=decision)


@bp.after_app_request
def note_use(response: Response) -> Response:
    """Notes, after the answer and at most every ten minutes, that this sign-in session is in use, and sends its cookie
    anew, so that both last equally long; a page that asks for news by itself is no use."""
    used_at = viewer().used_at if "actor" in g and has_session() and request.endpoint != "news.news" else None
    if used_at is not None and clock.now() - used_at > NOTED_EVERY:
        session.modified = True
        app, token = current_app._get_current_object(), session["_user_id"]  # type: ignore[attr-defined]

        def write() -> None:
            with app.app_context(), transaction():
                actions.note_use(token)

        response.call_on_close(write)
    return response
