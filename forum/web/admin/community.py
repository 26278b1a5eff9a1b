"""The community itself: what it is called, its languages and its time zone."""

from flask import Response
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.community import actions
from forum.community.actions import DESCRIPTION_LENGTH, NAME_LENGTH, TEAM_LENGTH, CommunityDraft
from forum.community.queries import CommunityRow
from forum.core.database import transaction
from forum.core.errors import Conflict, Invalid
from forum.core.locale import languages, name_of
from forum.http import viewer
from forum.http.forms import by_language, options
from forum.http.render import flash
from forum.http.viewer import actor
from forum.web.admin.frame import admin_page, back, bp
from forum.web.forms.admin import CommunityForm
from forum.web.settings import zone_choices

LIMITS = {"name": NAME_LENGTH, "description": DESCRIPTION_LENGTH, "team": TEAM_LENGTH}


def prepared(form: CommunityForm) -> CommunityForm:
    """The form with what can be chosen."""
    form.languages.choices = options((language, name_of(language)) for language in languages())
    form.default_language.choices = options((language, name_of(language)) for language in languages())
    form.time_zone.choices = options(zone_choices())
    return form


def _form_page(form: CommunityForm, status: int = 200, theirs: CommunityRow | None = None) -> Response:
    """`theirs` is what somebody else saved while this form was open."""
    require(actor(), "community.change")
    others = form.otherwise(data_of(theirs)) if theirs else []
    return admin_page("admin/community.html", "community", status, form=form, limits=LIMITS, others=others)


def data_of(found: CommunityRow) -> dict[str, object]:
    """The community as the form has it."""
    data: dict[str, object] = {
        "team_name": found.team_name,
        "languages": found.languages,
        "default_language": found.default_language,
        "form_of_address": "sie" if found.is_formal else "du",
        "time_zone": found.time_zone,
    }
    return data | by_language("name", found.names) | by_language("description", found.descriptions)


def draft_of(form: CommunityForm) -> CommunityDraft:
    """What the form says."""
    if form.form_of_address.data not in {"du", "sie"}:
        raise Invalid("unknown-choice", field="form_of_address")
    return CommunityDraft(
        name=form.words("name"),
        description=form.words("description"),
        team_name=form.team_name.data or "",
        languages=form.languages.data or [],
        default_language=form.default_language.data or "",
        is_formal=form.form_of_address.data == "sie",
        time_zone=form.time_zone.data or "",
    )


@bp.get("/community")
def community() -> AnyResponse:
    here = viewer.community()
    return _form_page(prepared(CommunityForm(formdata=None, data={**data_of(here), "seen": here.mark})))


@bp.post("/community")
def change_community() -> AnyResponse:
    form = prepared(CommunityForm())
    try:
        with transaction(actor()) as staff:
            changed = actions.change(staff, draft_of(form), form.seen.data or "")
    except Conflict as error:
        theirs = error.parameters["community"]
        form.refuse(Invalid(error.code))
        form.seen.data = theirs.mark
        return _form_page(form, 409, theirs)
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, 400)
    flash(_("The community is changed.") if changed else _("Nothing is different."))
    return back("community")
