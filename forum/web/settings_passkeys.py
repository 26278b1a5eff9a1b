"""A member's passkeys: the list, making, naming and removing one."""

from flask import Blueprint, Response, redirect, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.core.logging import security
from forum.http.limits import limited, network, paced
from forum.http.render import flash, page
from forum.http.viewer import actor, community, signed_in
from forum.members import actions, queries
from forum.members.actions.passkeys import MOST
from forum.oidc import queries as providers
from forum.web import entering, passkeys
from forum.web.forms.members import PasskeyForm
from forum.web.proving import recently_proved

bp = Blueprint("settings_passkeys", __name__, url_prefix="/settings/passkeys")


def _list_page(form: PasskeyForm, status: int = 200) -> Response:
    kept = queries.passkeys_of(actor())
    return page("settings/passkeys.html", status, form=form, kept=kept, most=MOST, are_possible=passkeys.are_possible())


def _one_page(passkey_id: int, form: PasskeyForm | None = None, status: int = 200) -> Response:
    kept = queries.passkey(actor(), passkey_id)
    form = form or PasskeyForm(formdata=None, data={"name": kept.name})
    return page("settings/passkey.html", status, form=form, kept=kept)


@bp.get("")
@signed_in
def show() -> AnyResponse:
    return _list_page(PasskeyForm(formdata=None, data={"name": entering.device()}))


@bp.get("/options")
@signed_in
@paced(30)
def options() -> AnyResponse:
    passkeys.require_possible()
    return passkeys.options_of_making(community().name(actor().language))


@bp.post("")
@signed_in
@recently_proved
@limited("passkey", "20 per hour")
def add() -> AnyResponse:
    form, is_owing = PasskeyForm(), actor().owes_second_step
    try:
        made = passkeys.made(form.passkey.data or "")
        with transaction(actor()) as member:
            entity = queries.get_member(member, member.member_id, lock=True)
            actions.add_passkey(member, entity, made, form.name.data or "", session["_user_id"])
    except Invalid as error:
        form.refuse(error)
        return _list_page(form, 400)
    if is_owing:
        security("sessions-ended", actor().id, network(), what="others")
    flash(_("The passkey is there. From now on you can sign in with it."))
    return redirect(url_for("settings_passkeys.show"), 303)


@bp.get("/<int:passkey_id>")
@signed_in
def one(passkey_id: int) -> AnyResponse:
    return _one_page(passkey_id)


@bp.post("/<int:passkey_id>")
@signed_in
def rename(passkey_id: int) -> AnyResponse:
    form = PasskeyForm()
    try:
        with transaction(actor()) as member:
            actions.rename_passkey(member, passkey_id, form.name.data or "")
    except Invalid as error:
        form.refuse(error)
        return _one_page(passkey_id, form, 400)
    return redirect(url_for("settings_passkeys.show"), 303)


@bp.post("/<int:passkey_id>/remove")
@signed_in
@recently_proved
def remove(passkey_id: int) -> AnyResponse:
    try:
        with transaction(actor()) as member:
            entity = queries.get_member(member, member.member_id, lock=True)
            identities = providers.open_identities(member)
            actions.remove_passkey(member, entity, passkey_id, identities=identities)
    except Invalid as error:
        form = PasskeyForm(formdata=None, data={"name": queries.passkey(actor(), passkey_id).name})
        form.refuse(error)
        return _one_page(passkey_id, form, 400)
    flash(_("The passkey is removed: nobody can sign in with it here any more."))
    return redirect(url_for("settings_passkeys.show"), 303)
