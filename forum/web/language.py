"""Choosing the language: a guest's choice is kept in a cookie, a member's in the account."""

from flask import Blueprint, Response, redirect, request, session
from werkzeug.wrappers import Response as AnyResponse

from forum.core.database import transaction
from forum.core.errors import Invalid
from forum.core.locale import languages, name_of
from forum.http.forms import options
from forum.http.render import page
from forum.http.viewer import LANGUAGE_COOKIE, LAST_LANGUAGE, actor, community
from forum.members import actions, queries
from forum.web.forms.members import LanguageForm
from forum.web.sign_in import safe_next

bp = Blueprint("language", __name__)

_YEAR_SECONDS = 365 * 24 * 3600


def choices() -> list[tuple[str, str]]:
    """The languages of this community, each in its own words."""
    offered = [language for language in community().languages if language in languages()] or languages()
    return [(language, name_of(language)) for language in offered]


def _page(form: LanguageForm, status: int = 200) -> Response:
    return page("settings/language.html", status, form=form, next_address=safe_next(form.next.data))


@bp.route("/language", methods=["GET", "POST"])
def choose() -> AnyResponse:
    if request.method == "GET":
        form = LanguageForm(formdata=None, data={"language": actor().language, "next": request.args.get("next", "")})
        form.language.choices = options(choices())
        return _page(form)
    form = LanguageForm()
    form.language.choices = options(choices())
    chosen = form.language.data
    if chosen not in dict(choices()):
        form.refuse(Invalid("unknown-choice", field="language"))
        return _page(form, 400)
    response = redirect(safe_next(form.next.data), 303)
    if actor().is_guest:
        session.pop(LAST_LANGUAGE, None)
        secure = request.is_secure
        response.set_cookie(
            LANGUAGE_COOKIE, chosen, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax", secure=secure
        )
    else:
        with transaction(actor()) as member:
            account = queries.get_member(member, member.member_id, lock=True)
            actions.update_display(member, account, language=chosen, time_zone=account.time_zone, theme=account.theme)
    return response
