"""Signing in without the password, by a link that is sent to the account's address.

Nothing here tells whether there is such an account: the answers, and the work behind them, are the same.
"""

from urllib.parse import urlencode

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.core.errors import Gone, Invalid
from forum.core.locale import nearest
from forum.http.limits import limited
from forum.http.render import page
from forum.http.viewer import actor, speak_to_guest
from forum.members import actions, queries
from forum.web import demo_mail, entering, intents, links
from forum.web.forms.members import LoginForm
from forum.web.sign_in import login_page, onwards, safe_next

bp = Blueprint("sign_in_link", __name__, url_prefix="/login/link")

LONGEST_WAY = 1000
"""Characters of an address, or of what a guest meant to do, that a mail carries; a typed text is longer, and the
sign-in page keeps it for those who sign in by password."""


def _way(form: LoginForm) -> str:
    """Where to go after signing in, and what to do there, for the address in the mail."""
    given = {"next": safe_next(form.next.data), "intent": form.intent.data or ""}
    kept = {name: value for name, value in given.items() if value not in {"", "/"} and len(value) <= LONGEST_WAY}
    return f"?{urlencode(kept)}" if kept else ""


@bp.post("")
@limited("sign-in-link", "5 per 10 minutes; 20 per day")
def ask() -> AnyResponse:
    form = LoginForm()
    given = form.username.data or ""
    if not given:
        form.refuse(Invalid("required", field="username"))
        return login_page(form, 400)
    with transaction(actor()):
        actions.ask_for_sign_in(queries.find_account(given), _way(form))
    return page("sign_in/link_sent.html", sent_to=given[:254], is_demo=demo_mail.is_open())


@bp.get("/<token>")
def show(token: str) -> AnyResponse:
    """A page with one button: programs that look at links in mails must not use it up."""
    try:
        member = queries.by_link("sign-in", token)
    except Gone as error:
        return links.over("sign-in", error)
    speak_to_guest(nearest(member.language))
    form = LoginForm(formdata=None, data={name: request.args.get(name, "") for name in ("next", "intent")})
    return page(
        "sign_in/sign_in_link.html",
        form=form,
        token=token,
        username=member.username,
        next_address=safe_next(form.next.data),
        intent=intents.meaning(form.intent.data),
    )


@bp.post("/<token>")
@limited("sign-in-by-link", "20 per 10 minutes")
def enter(token: str) -> AnyResponse:
    form = LoginForm()
    days = form.number_of_days()
    try:
        with transaction(actor()):
            member = actions.use_sign_in_link(token)
            member_id, username = member.id, member.username
    except Gone as error:
        return links.over("sign-in", error)
    entering.enter(member_id, username, days=days, is_expected=True)
    return onwards(form.next.data, form.intent.data)
