"""What a member shows of themselves, and to whom."""

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.http.render import flash, page
from forum.http.viewer import actor, signed_in
from forum.members import actions, queries
from forum.members.queries import Privacy
from forum.web.forms.members import PrivacyForm

bp = Blueprint("settings_privacy", __name__, url_prefix="/settings")


@bp.route("/privacy", methods=["GET", "POST"])
@signed_in
def privacy() -> AnyResponse:
    if request.method == "GET":
        kept = queries.privacy_of(actor())
        shown = {name: getattr(kept, name) for name in Privacy.__slots__}
        return _privacy_page(PrivacyForm(formdata=None, data=shown))
    form = PrivacyForm()
    wanted = Privacy(
        audience=form.audience.data or "",
        is_indexed=bool(form.is_indexed.data),
        shows_presence=bool(form.shows_presence.data),
        shows_votes=bool(form.shows_votes.data),
        shows_threads=bool(form.shows_threads.data),
        shows_posts=bool(form.shows_posts.data),
        shows_ideas=bool(form.shows_ideas.data),
    )
    try:
        with transaction(actor()) as member:
            actions.set_privacy(member, queries.get_member(member, member.member_id, lock=True), wanted)
    except Invalid as error:
        form.refuse(error)
        return _privacy_page(form, 400)
    flash(_("What you show of yourself is saved."))
    return redirect(url_for("settings_privacy.privacy"), 303)


def _privacy_page(form: PrivacyForm, status: int = 200) -> Response:
    return page("settings/privacy.html", status, form=form, username=actor().username)
