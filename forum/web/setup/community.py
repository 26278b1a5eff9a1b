"""The first screen: names, languages, time zone."""

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from forum.community import actions, queries
from forum.core.errors import Invalid
from forum.http import viewer
from forum.web.admin.community import LIMITS, data_of, draft_of, prepared
from forum.web.forms.admin import CommunityForm
from forum.web.setup.frame import bp, onwards, passing, progress, screen_page

_AS_DELIVERED = ("Community", "Team")
"""What an installation and its company are called that nobody has named."""


def _form_page(form: CommunityForm, status: int = 200) -> Response:
    return screen_page("community", status, form=form, limits=LIMITS)


@bp.get("/community")
def community() -> AnyResponse:
    data = data_of(viewer.community())
    if not progress().passed:
        data |= {field: "" for field, value in data.items() if value in _AS_DELIVERED}
        data["default_language"] = viewer.actor().language
    return _form_page(prepared(CommunityForm(formdata=None, data=data)))


@bp.post("/community")
def name_community() -> AnyResponse:
    form = prepared(CommunityForm())
    try:
        with passing("community") as actor:
            actions.change(actor, draft_of(form), queries.current().mark)
    except Invalid as error:
        form.refuse(error)
        return _form_page(form, 400)
    return onwards("community")
