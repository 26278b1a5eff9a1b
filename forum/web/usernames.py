"""Another user name, chosen by the member."""

from flask import Blueprint, Response, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.http.limits import limited
from forum.http.render import flash, page
from forum.http.viewer import actor, signed_in
from forum.members import actions, queries
from forum.web.forms.members import UsernameForm

bp = Blueprint("usernames", __name__, url_prefix="/settings/account/username")


def _form_page(form: UsernameForm, status: int = 200) -> Response:
    return page(
        "settings/username.html",
        status,
        form=form,
        username=actor().username,
        former=queries.former_names(actor().member_id),
        begins=queries.may_rename_from(actor().member_id),
    )


@bp.get("")
@signed_in
def username() -> AnyResponse:
    return _form_page(UsernameForm(formdata=None, data={"username": actor().username}))


@bp.post("")
@signed_in
@limited("username", "20 per hour")
def rename() -> AnyResponse:
    form = UsernameForm()
    try:
        with transaction(actor()) as member:
            entity = queries.get_member(member, member.member_id, lock=True)
            actions.rename(member, entity, form.username.data or "")
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, 400)
    flash(_("Your user name is changed."))
    return redirect(url_for("usernames.username"), 303)
