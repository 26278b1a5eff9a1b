"""Signing in and out, and what a banned member still sees."""

from flask import Blueprint, Response, current_app, g, redirect, request, session
from werkzeug.wrappers import Response as AnyResponse

from forum.core import clock
from forum.core.database import transaction
from forum.core.errors import Denied, Invalid
from forum.http.limits import limited
from forum.http.render import page
from forum.http.viewer import actor, begin_session, end_session, has_session, viewer
from forum.members import actions, passwords, queries
from forum.members.actions.sessions import NOTED_EVERY
from forum.moderation import queries as moderation
from forum.web import attempts, demo_mail, intents
from forum.web.forms.members import EmptyForm, LoginForm

bp = Blueprint("sign_in", __name__)

_BANNED_MAY = {
    "assets.asset",
    "legal.show",
    "media.show",
    "sign_in.logout",
    "unsubscribe.ask",
    "unsubscribe.carry_out",
    "health.healthz",
    "health.readyz",
}
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def safe_next(raw: str | None) -> str:
    """A way back inside this site: anything else leads to the front page."""
    if not raw or not raw.startswith("/") or raw.startswith(("//", "/\\")) or not raw.isprintable() or "\\" in raw:
        return "/"
    return raw if len(raw) <= 2000 else "/"


def device() -> str:
    """Browser and system in words that a member recognises."""
    agent = request.headers.get("User-Agent", "")
    parts = [next((name for mark, name in table if mark in agent), "") for table in (_BROWSERS, _SYSTEMS)]
    return " · ".join(part for part in parts if part) or agent[:60]


def onwards(next_address: str | None, intent: str | None) -> AnyResponse:
    """Where a member goes who has just signed in: on with what they meant to do, or back to where they were."""
    carried = intents.carry_out(actor(), intent) if intent else None
    return carried or redirect(safe_next(next_address), 303)


def _form_page(form: LoginForm, status: int = 200) -> Response:
    return page(
        "sign_in/login.html",
        status,
        form=form,
        next_address=safe_next(form.next.data),
        intent=intents.meaning(form.intent.data),
        is_confirmed=request.args.get("confirmed") == "1",
        is_demo=demo_mail.is_open(),
    )


def page_that_keeps(intent: str, next_address: str) -> Response:
    """The answer to a guest's POST of a text: the form with the text in it, which is kept as soon as they sign in."""
    return _form_page(LoginForm(formdata=None, data={"next": next_address, "intent": intent}))


@bp.get("/login")
def login() -> AnyResponse:
    if not actor().is_guest:
        return redirect(safe_next(request.args.get("next")), 303)
    return _form_page(LoginForm(formdata=None, data={name: request.args.get(name, "") for name in ("next", "intent")}))


@bp.post("/login")
@limited("login", "10 per minute; 60 per hour")
def do_login() -> AnyResponse:
    form = LoginForm()
    given, password = form.username.data or "", form.password.data or ""
    missing = [name for name, value in (("username", given), ("password", password)) if not value]
    for name in missing:
        form.refuse(Invalid("required", field=name))
    if missing:
        return _form_page(form, 400)
    account = queries.find_account(given)
    member_id, kept = (account.id, account.password_hash) if account else (0, None)
    attempts.note(given, member_id)
    if not passwords.verify(kept, password):
        form.refuse(Invalid("sign-in-failed"))
        return _form_page(form, 400)
    renewed = (kept, passwords.hashed(password)) if kept and passwords.is_outdated(kept) else None
    with transaction(actor()):
        token = actions.sign_in(member_id, device(), renewed)
    attempts.succeeded(given, member_id)
    begin_session(token)
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
    """Notes, after the answer and at most every ten minutes, that this sign-in session is in use; a page that asks for
    news by itself is no use."""
    used_at = viewer().used_at if "actor" in g and has_session() and request.endpoint != "news.news" else None
    if used_at is not None and clock.now() - used_at > NOTED_EVERY:
        app, token = current_app._get_current_object(), session["_user_id"]  # type: ignore[attr-defined]

        def write() -> None:
            with app.app_context(), transaction():
                actions.note_use(token)

        response.call_on_close(write)
    return response
