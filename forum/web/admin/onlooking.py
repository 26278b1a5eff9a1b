"""Seeing the site as a guest, a new member or a member of a group sees it; where it begins."""

from flask import Response, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import require
from forum.core.database import transaction
from forum.core.errors import Invalid, NotFound
from forum.http.forms import options
from forum.http.viewer import actor, begin_look
from forum.members import actions, queries
from forum.members.viewpoints import GROUP, GUEST, NEW, Viewpoint
from forum.web.admin.frame import admin_page, bp
from forum.web.forms.admin import ViewpointForm


def _page(form: ViewpointForm, status: int = 200) -> Response:
    require(actor(), "site.look")
    form.viewpoint.choices = options(
        [
            (GUEST, _("A guest, who is not signed in")),
            (NEW, _("A new member, in no group")),
            *((f"{GROUP}-{one.id}", _("A member of the group %(name)s", name=one.name)) for one in _groups()),
        ]
    )
    return admin_page("admin/see_as.html", "see-as", status, form=form)


def _groups() -> list[queries.GroupRow]:
    return [one for one in queries.groups() if not one.is_builtin]


@bp.get("/see-as")
def see_as() -> AnyResponse:
    return _page(ViewpointForm(formdata=None, data={"viewpoint": GUEST}))


@bp.post("/see-as")
def begin_seeing() -> AnyResponse:
    form = ViewpointForm()
    kind, _hyphen, number = (form.viewpoint.data or "").partition("-")
    try:
        group_id = int(number) if kind == GROUP and number.isascii() and number.isdecimal() else None
        with transaction(actor()) as staff:
            viewpoint, group = actions.look_as(staff, Viewpoint(kind, group_id))
    except (Invalid, NotFound):
        form.refuse(Invalid("unknown-choice", field="viewpoint"))
        return _page(form, 400)
    begin_look(viewpoint, group)
    return redirect("/", 303)
