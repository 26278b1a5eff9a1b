"""Suspending or banning a member from their file, and letting them take part again."""

from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.http.forms import number_or_none
from forum.http.reasons import sentence
from forum.http.render import flash
from forum.http.viewer import actor
from forum.members import queries
from forum.moderation import actions
from forum.web.admin.frame import back, bp
from forum.web.admin.member import member_page
from forum.web.forms.moderation import ReversalForm, SuspensionForm
from forum.web.proving import recently_proved


@bp.post("/members/<int:member_id>/suspend")
@recently_proved
def suspend(member_id: int) -> AnyResponse:
    form = SuspensionForm()
    # What is no number is refused below, as no length: only an empty field means a ban.
    days = (number_or_none(form.days.data) or 0) if form.days.data else None
    try:
        with transaction(actor()) as staff:
            name = queries.account(staff, member_id).display_name
            actions.suspend(staff, member_id, form.rule.data, form.reason.data or "", days)
    except Invalid as error:
        form.refuse(error)
        return member_page(member_id, 400, suspension_form=form)
    except Conflict as error:
        return _overtaken(member_id, form, error)
    if days is None:
        flash(_("%(name)s is banned, and is told why.", name=name))
    else:
        flash(
            ngettext(
                "%(name)s is suspended for %(num)s day, and is told why.",
                "%(name)s is suspended for %(num)s days, and is told why.",
                days,
                name=name,
            )
        )
    return back("member", member_id=member_id)


@bp.post("/members/<int:member_id>/unsuspend")
@recently_proved
def unsuspend(member_id: int) -> AnyResponse:
    form = ReversalForm()
    try:
        with transaction(actor()) as staff:
            name = queries.account(staff, member_id).display_name
            count = actions.unsuspend(staff, member_id, form.reason.data or "")
    except Invalid as error:
        form.refuse(error)
        return member_page(member_id, 400, suspension_form=form)
    except Conflict as error:
        return _overtaken(member_id, form, error)
    if count:
        flash(_("%(name)s takes part again, and is told so.", name=name))
    else:
        flash(_("There is no decision that suspends or bans %(name)s.", name=name), "warn")
    return back("member", member_id=member_id)


def _overtaken(member_id: int, form: SuspensionForm | ReversalForm, error: Conflict) -> AnyResponse:
    """Somebody was faster, or has the case: the file as it is now, and what was typed where it could still be used."""
    if error.code in {"suspended-already", "decision-reversed"}:
        flash(sentence(error), "warn")
        return back("member", member_id=member_id)
    form.refuse(Invalid(error.code, **error.parameters))
    return member_page(member_id, error.status, suspension_form=form)
