"""What all pages of the administration share: the door, the navigation, the overview."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import may, require
from forum.community import queries
from forum.core.settings import installed
from forum.http.forms import number_or_none
from forum.http.render import page
from forum.http.viewer import actor, community, lead_to_sign_in
from forum.setup import queries as setup

bp = Blueprint("admin", __name__, url_prefix="/admin")

# address, verb that opens it, icon, name, explanation
_Place = tuple[str, str, str, str, str]


def _places() -> Sequence[_Place]:
    return (
        ("community", "community.change", "settings", _("Community"), _("Name, languages, time zone")),
        ("look", "community.change", "palette", _("Look"), _("Colour, corners, light or dark, own styles")),
        ("logo", "community.change", "image", _("Logo"), _("In the header and in the browser's tabs")),
        ("frame", "community.change", "link", _("Header and footer"), _("Links to the company, words at the foot")),
        ("welcome", "community.change", "megaphone", _("Welcome"), _("What greets on the front page, and whom")),
        ("mails", "community.change", "mail", _("E-mails"), _("How they look to members, and one to yourself")),
        ("legal", "community.change", "scale", _("Legal texts"), _("Imprint, privacy, terms, contact, accessibility")),
        ("registration", "community.change", "log-in", _("Registration"), _("Who may join, and how")),
        ("invitations", "invitation.manage", "mail", _("Invitations"), _("Links by which people may join")),
        ("requests", "member.admit", "user-check", _("Requests to join"), _("Who waits for the team’s approval")),
        ("members", "member.list", "users", _("Members"), _("Find an account, see its state, give roles and groups")),
        ("see-as", "site.look", "eye", _("See the site as"), _("A guest, a new member, a member of a group")),
        ("profile-fields", "profile_field.manage", "list", _("Profile fields"), _("What members say about themselves")),
        ("roles", "member.list", "shield-check", _("Roles"), _("Who speaks and acts for the company")),
        ("sign-in", "community.change", "log-in", _("Sign-in"), _("Who must sign in in two steps")),
        ("providers", "provider.manage", "key-round", _("Sign-in elsewhere"), _("OpenID providers, single sign-on")),
        ("groups", "group.manage", "user-plus", _("Groups"), _("Sets of members that open categories")),
        ("categories", "category.manage", "folder", _("Categories"), _("Places for threads, who may see and write")),
        ("areas", "idea.configure", "lightbulb", _("Product areas"), _("What ideas are about, and who sees them")),
        ("statuses", "idea.configure", "list", _("Statuses of ideas"), _("What the team says of an idea, in order")),
        (
            "rules",
            "rulebook.publish",
            "book-open",
            _("Rulebook"),
            _("Versions of the rules, and who has accepted them"),
        ),
        ("machine", "machine.see", "heart", _("Health"), _("The worker, the queues, room on the disk")),
        ("jobs", "jobs.manage", "refresh-cw", _("Jobs"), _("What waits for the worker, and what failed for good")),
        ("audit", "audit.read", "history", _("Audit log"), _("Every act of the team, in order")),
    )


@bp.before_request
def door() -> AnyResponse | None:
    """The administration is there for those who may see it; each page asks for its own verb besides."""
    if actor().is_guest:
        return lead_to_sign_in()
    require(actor(), "admin.see")
    return None


def admin_page(template: str, current: str, status: int = 200, /, **values: Any) -> Response:
    """A page of the administration with its navigation."""
    open_to = (place for place in _places() if may(actor(), place[1]))
    rooms = [(f"/admin/{name}", icon, title, name == current) for name, _verb, icon, title, _e in open_to]
    return page(template, status, rooms=rooms, **values)


@bp.get("")
def overview() -> AnyResponse:
    places = [place for place in _places() if may(actor(), place[1])]
    return page(
        "admin/overview.html",
        places=places,
        is_being_set_up=setup.progress() is not None,
        sends_mail=sends_mail(),
        failed_queue=queries.failed_queue(actor()) if may(actor(), "jobs.manage") else "",
    )


def sends_mail() -> bool:
    """Whether mail leaves the house, or needn't, as in the demo."""
    return bool(installed().mail_url) or community().is_demo


def back(endpoint: str, **arguments: Any) -> AnyResponse:
    """Where a form leads after it was carried out."""
    return redirect(url_for(f"admin.{endpoint}", **arguments), 303)


def ticked() -> list[int]:
    """The members that a form names, each once."""
    numbers = (number_or_none(raw) for raw in request.values.getlist("id"))
    return list(dict.fromkeys(number for number in numbers if number is not None))
