"""Taking the second step of signing in away from a member who has lost it; a page before it says what that does."""

from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.core.database import transaction
from forum.http.render import flash
from forum.http.viewer import actor
from forum.members import actions, queries
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.members import EmptyForm
from forum.web.proving import recently_proved


@bp.get("/members/<int:member_id>/two-factor")
def second_step(member_id: int) -> AnyResponse:
    account = queries.account(actor(), member_id)
    require(actor(), "member.reset_two_factor", account)
    form = EmptyForm(formdata=None)
    return admin_page("admin/member_second_step.html", "members", account=account, form=form)


@bp.post("/members/<int:member_id>/two-factor")
@recently_proved
def reset_second_step(member_id: int) -> AnyResponse:
    with transaction(actor()) as staff:
        member = queries.get_member(staff, member_id, lock=True)
        name = member.display_name
        was_on = actions.reset_two_factor(staff, member)
    if was_on:
        flash(_("%(name)s signs in with the password alone now, and is told so.", name=name))
    else:
        flash(_("%(name)s has no second step.", name=name), "warn")
    return back("member", member_id=member_id)
