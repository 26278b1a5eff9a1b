"""A member's second step of signing in: setting it up with an app, recovery codes, switching it off."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, Response, redirect, request, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.core import clock
from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.core.logging import security
from forum.http.limits import limited, network
from forum.http.render import flash, page
from forum.http.viewer import actor, community, signed_in
from forum.members import actions, queries, two_factor
from forum.web import qr, second_step
from forum.web.forms.members import CodeForm
from forum.web.proving import recently_proved
from forum.web.sign_in import safe_next

bp = Blueprint("settings_two_factor", __name__, url_prefix="/settings/two-factor")

PAGE = "/settings/two-factor"
_SEED = "two_factor_seed"
"""Where the session keeps the seed of the secret that is shown, and since when, so that a page loaded anew shows the
same. Not for long: on a device that was left alone somebody may have photographed it before its owner sets it up."""
_SHOWN = timedelta(minutes=15)
_TRIES = "10 per 15 minutes; 50 per day"


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _seed_shown() -> str | None:
    """The seed of the secret that this browser was shown; None if that is too long ago."""
    seed, since = session.get(_SEED, ("", 0))
    return seed if seed and clock.now().timestamp() - since < _SHOWN.total_seconds() else None


def _form_page(form: CodeForm, status: int = 200) -> Response:
    kept = queries.two_factor_of(actor())
    if kept is not None:
        return _private(page("settings/two_factor.html", status, form=form, kept=kept))
    seed = _seed_shown()
    if seed is None:
        seed = two_factor.new_seed()
        session[_SEED] = [seed, int(clock.now().timestamp())]
    secret = two_factor.secret_of(actor().member_id, seed)
    address = two_factor.address_of(secret, username=actor().username, community=community().name(actor().language))
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    return _private(page("settings/two_factor_new.html", status, form=form, drawing=qr.draw(address), groups=groups))


def _refused(form: CodeForm, error: Invalid) -> Response:
    second_step.note_refused(actor().member_id, error)
    form.refuse(error)
    return _form_page(form, 400)


def _codes_page(codes: Sequence[str], next_address: str) -> Response:
    """The one page that shows recovery codes."""
    shown = page("settings/recovery_codes.html", 201, codes=codes, next_address=next_address, username=actor().username)
    return _private(shown)


def _after(form: CodeForm) -> str:
    """Where one goes on who was led here."""
    return safe_next(form.next.data) if form.next.data else PAGE


@bp.get("")
@signed_in
def show() -> AnyResponse:
    return _form_page(CodeForm(formdata=None, data={"next": request.args.get("next", "")}))


@bp.post("")
@signed_in
@recently_proved
@limited("two-factor", _TRIES)
def switch_on() -> AnyResponse:
    form, seed = CodeForm(), _seed_shown()
    if seed is None:
        return redirect(PAGE, 303)
    try:
        with transaction(actor()) as member:
            entity = queries.get_member(member, member.member_id, lock=True)
            codes = actions.switch_on(member, entity, seed, form.code.data or "")
            actions.sign_out_others(member, session["_user_id"])
    except Invalid as error:
        return _refused(form, error)
    session.pop(_SEED)
    security("sessions-ended", actor().id, network(), what="others")
    return _codes_page(codes, _after(form))


@bp.post("/codes")
@signed_in
@limited("two-factor", _TRIES)
def renew_codes() -> AnyResponse:
    form = CodeForm()
    try:
        with transaction(actor()) as member:
            entity = queries.get_member(member, member.member_id, lock=True)
            codes = actions.renew_recovery_codes(member, entity, form.code.data or "")
    except Invalid as error:
        return _refused(form, error)
    return _codes_page(codes, PAGE)


@bp.post("/off")
@signed_in
@limited("two-factor", _TRIES)
def switch_off() -> AnyResponse:
    form = CodeForm()
    try:
        with transaction(actor()) as member:
            entity = queries.get_member(member, member.member_id, lock=True)
            actions.switch_off(member, entity, form.code.data or "")
    except Invalid as error:
        return _refused(form, error)
    flash(_("Two-step sign-in is switched off."))
    return redirect(PAGE, 303)
