"""The last page: what is done and what was skipped, and the button that opens the community."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from forum.community.palette import DEFAULT_BRAND
from forum.core.database import transaction
from forum.core.errors import NotFound
from forum.core.settings import installed
from forum.http import viewer
from forum.http.render import flash
from forum.http.viewer import actor
from forum.rules import queries as rulebooks
from forum.setup import actions
from forum.threads import queries
from forum.web.admin.legal import state_of
from forum.web.admin.registration import modes
from forum.web.legal import legal_titles
from forum.web.setup.frame import bp, screen_page


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of the first run: whether it is there, what there is of it, and where it is changed later."""

    name: str
    is_done: bool
    said: str
    address: str


def _items() -> Sequence[Item]:
    here, not_yet = viewer.community(), _("not yet")
    count = len(queries.category_settings(actor()))
    book = next(iter(rulebooks.history()), None)
    written = {"there": _("written"), "blank": _("something in square brackets is missing"), "missing": not_yet}
    return (
        Item(_("Community"), True, here.name(actor().language), "/admin/community"),
        Item(_("Look"), here.brand_colour != DEFAULT_BRAND, here.brand_colour, "/admin/look"),
        Item(_("Logo"), here.logo is not None, _("uploaded") if here.logo else not_yet, "/admin/logo"),
        Item(_("Registration"), True, modes()[here.registration.mode], "/admin/registration"),
        Item(_("Administrator"), True, actor().username, "/admin/members"),
        *(
            Item(title, state == "there", written[state], f"/admin/legal/{name}")
            for name, title in legal_titles().items()
            for state in [state_of(actor(), name)]
        ),
        Item(
            _("Categories"),
            count > 0,
            ngettext("%(num)s category", "%(num)s categories", count) if count else not_yet,
            "/admin/categories",
        ),
        Item(_("Rulebook"), book is not None, _("published") if book is not None else not_yet, "/admin/rules"),
    )


@bp.get("/open")
def show_opening() -> AnyResponse:
    return screen_page("open", items=_items(), sends_mail=bool(installed().mail_url))


@bp.post("/open")
def open_community() -> AnyResponse:
    try:
        with transaction(actor()) as admin:
            actions.finish(admin)
    except NotFound:  # pressed twice at once: the other one has opened it
        return redirect("/", 303)
    flash(_("Your community is open. Welcome!"))
    return redirect("/", 303)
