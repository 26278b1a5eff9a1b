"""How the team signs in: whose role asks for two steps."""

from flask import Response
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.community.marks import mark_of
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.http import viewer
from forum.http.render import flash
from forum.http.viewer import actor
from forum.members import actions, queries
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.admin import TwoFactorForm
from forum.web.proving import recently_proved


def _form_page(form: TwoFactorForm, status: int = 200) -> Response:
    require(actor(), "community.change")
    return admin_page(
        "admin/sign_in.html",
        "sign-in",
        status,
        form=form,
        counts=queries.two_factor_counts(actor()),
        is_demo=viewer.community().is_demo,
    )


@bp.get("/sign-in")
def sign_in() -> AnyResponse:
    roles = viewer.community().two_factor_roles
    return _form_page(TwoFactorForm(formdata=None, data={"roles": roles or [], "seen": mark_of(roles)}))


@bp.post("/sign-in")
@recently_proved
def require_two_factor() -> AnyResponse:
    form = TwoFactorForm()
    try:
        with transaction(actor()) as staff:
            changed = actions.require_two_factor(staff, form.roles.data or [], form.seen.data or "")
    except Conflict as error:
        theirs = error.parameters["roles"]
        form = TwoFactorForm(formdata=None, data={"roles": theirs, "seen": mark_of(theirs)})
        form.refuse(Invalid("two-factor-changed", field="roles"))
        return _form_page(form, 409)
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, 400)
    flash(_("It is changed, from now on.") if changed else _("Nothing is different."))
    return back("sign_in")
