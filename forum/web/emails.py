"""Another e-mail address: asked for with the password, confirmed or stopped by the links that both addresses get."""

from flask import Blueprint, Response, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.core.errors import Gone, Invalid, NotFound
from forum.core.locale import nearest
from forum.core.logging import security
from forum.http.limits import limited, network
from forum.http.render import flash, page
from forum.http.request_log import place
from forum.http.viewer import actor, signed_in, speak_to_guest
from forum.members import actions, passwords, queries
from forum.members.queries import Side
from forum.web import demo_mail, links
from forum.web.forms.members import EmailForm, EmptyForm
from forum.web.proving import recently_proved

bp = Blueprint("emails", __name__)


def _form_page(form: EmailForm, status: int = 200) -> Response:
    return page(
        "settings/email.html",
        status,
        form=form,
        settings=queries.settings_of(actor()),
        waiting=queries.email_change_of(actor(), actor().member_id),
        is_demo=demo_mail.is_open(),
    )


@bp.get("/settings/account/email")
@signed_in
def email() -> AnyResponse:
    return _form_page(EmailForm(formdata=None))


@bp.post("/settings/account/email")
@signed_in
@limited("email", "5 per 10 minutes; 20 per day")
def ask_for_email() -> AnyResponse:
    kept = queries.get_member(actor(), actor().member_id).password_hash
    return _asked(kept) if kept is not None else _asked_without_password()


@recently_proved
def _asked_without_password() -> AnyResponse:
    """For whoever signs in by a provider alone: who they are is proved as it is before other dangerous acts."""
    return _asked(None)


def _asked(kept: str | None) -> AnyResponse:
    form = EmailForm()
    try:
        if kept is not None and not passwords.verify(kept, form.password.data or ""):
            security("proof-refused", actor().id, network(), path=place())
            raise Invalid("password-wrong", field="password")
        with transaction(actor()) as member:
            actions.ask_for_email(
                member, queries.get_member(member, member.member_id, lock=True), form.email.data or ""
            )
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, 400)
    if not actor().is_confirmed:
        flash(_("The address is changed. An e-mail to confirm it is on its way."))
    return redirect(url_for("emails.email"), 303)


@bp.post("/settings/account/email/cancel")
@signed_in
def cancel_email() -> AnyResponse:
    with transaction(actor()) as member:
        actions.cancel_email(member, queries.get_member(member, member.member_id, lock=True))
    flash(_("Your address stays as it is."))
    return redirect(url_for("emails.email"), 303)


# ---------------------------------------------------------------- the links, for whoever reads the mail


def _side(given: str) -> Side:
    """Which address a link went to. Raises NotFound."""
    for side in queries.SIDES:
        if side == given:
            return side
    raise NotFound


def _done(outcome: str) -> Response:
    return page("sign_in/email_changed.html", outcome=outcome)


@bp.get("/email/<side>/<token>")
def show_change(side: str, token: str) -> AnyResponse:
    """A page with buttons: programs that look at links in mails must not confirm or stop anything."""
    asked = _side(side)
    try:
        member, change = queries.email_change_by_link(asked, token)
    except Gone as error:
        return links.over("email", error)
    speak_to_guest(nearest(member.language))
    is_confirmed = change.new_confirmed_at if asked == "new" else change.old_confirmed_at
    return page(
        "sign_in/email_change.html",
        form=EmptyForm(formdata=None),
        side=asked,
        token=token,
        username=member.username,
        email=change.email,
        is_confirmed=is_confirmed is not None,
    )


@bp.post("/email/<side>/<token>")
@limited("email-link", "20 per 10 minutes")
def confirm_change(side: str, token: str) -> AnyResponse:
    asked = _side(side)
    try:
        with transaction(actor()):
            is_changed = actions.confirm_email_by_link(asked, token)
    except Gone as error:
        return links.over("email", error)
    return _done("changed" if is_changed else f"{asked}-confirmed")


@bp.post("/email/old/<token>/stop")
@limited("email-link", "20 per 10 minutes")
def stop_change(token: str) -> AnyResponse:
    try:
        with transaction(actor()):
            actions.stop_email_by_link(token)
    except Gone as error:
        return links.over("email", error)
    return _done("stopped")
