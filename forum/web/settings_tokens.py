"""A member's personal tokens: making one, which is shown once, the list, revoking."""

from flask import Blueprint, Response, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.http.forms import options
from forum.http.limits import limited
from forum.http.render import flash, page
from forum.http.viewer import actor, signed_in
from forum.members import actions, queries
from forum.web.forms.tokens import TokenForm
from forum.web.proving import recently_proved

bp = Blueprint("settings_tokens", __name__, url_prefix="/settings/tokens")


def _said_of_scopes() -> dict[str, str]:
    """What a token may be used for, in words."""
    return {"ideas:read": _("Read the ideas board with votes, reasons and answers (ideas:read)")}


def _tokens_page(form: TokenForm, status: int = 200, made: str = "") -> Response:
    said = _said_of_scopes()
    scopes = queries.open_scopes(actor())
    form.scopes.choices = options([(scope, said[scope]) for scope in scopes])
    response = page(
        "settings/tokens.html", status, form=form, tokens=queries.tokens_of(actor()), may_make=bool(scopes), made=made
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _empty_form() -> TokenForm:
    return TokenForm(formdata=None, data={"days": "90", "scopes": list(queries.open_scopes(actor()))})


@bp.get("")
@signed_in
def tokens() -> AnyResponse:
    return _tokens_page(_empty_form())


@bp.post("")
@signed_in
@recently_proved
@limited("token", "20 per hour")
def make_token() -> AnyResponse:
    form = TokenForm()
    try:
        days = form.number_of_days()
        with transaction(actor()) as member:
            token = actions.make_token(member, form.name.data or "", form.scopes.data or (), days)
    except Invalid as error:
        form.refuse(error)
        return _tokens_page(form, 400)
    return _tokens_page(_empty_form(), 201, token)


@bp.post("/<int:token_id>/revoke")
@signed_in
def revoke_token(token_id: int) -> AnyResponse:
    with transaction(actor()) as member:
        actions.revoke_token(member, token_id)
    flash(_("The token is revoked: no program can use it any more."))
    return redirect("/settings/tokens", 303)
