"""Profiles, the directory of members, and what one settles with another member."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from forum.access import may, require
from forum.core.database import transaction
from forum.core.errors import NotFound
from forum.core.paging import Page
from forum.http.forms import number_or_none
from forum.http.limits import limited
from forum.http.plain import one_line
from forum.http.render import flash, page
from forum.http.viewer import actor, community, signed_in
from forum.ideas import queries as ideas
from forum.members import actions, queries
from forum.members.queries import ProfileRow, Wanted
from forum.text import as_markup, plain_text, shortened
from forum.threads import queries as threads
from forum.web import intents
from forum.web.ideas.frame import ballots

bp = Blueprint("members", __name__)

MOST_TYPED = 100
TABS = ("threads", "posts", "ideas", "votes")
NEWEST_POSTS = 5
"""On the overview of a profile."""
SHORT_ABOUT = 160
GROUP = "group-"
"""What stands before the id of a group among what the directory can be asked for."""
FIELD = "field-"
"""What stands before the id of a profile field and the key of one of its options."""


def _wanted() -> Wanted:
    """Whom the address asks for: by a name, or some of the members, or a group, or what profiles say. Raises NotFound
    for an order that there isn't."""
    sort = next((one for one in queries.SORTS if one == (request.args.get("sort") or "name")), None)
    if sort is None:
        raise NotFound
    name = one_line(request.args.get("q", ""), MOST_TYPED).removeprefix("@")
    if name:
        return Wanted(sort, name)
    shown = request.args.get("show", "")
    if shown.startswith(GROUP):
        return Wanted(sort, group_id=_number(shown.removeprefix(GROUP)))
    if shown.startswith(FIELD):
        number, _hyphen, key = shown.removeprefix(FIELD).partition("-")
        return Wanted(sort, choice=(_number(number), key))
    return Wanted(sort, shown=shown)


def _number(given: str) -> int:
    """An id in an address. Raises NotFound for anything else."""
    number = number_or_none(given)
    if number is None:
        raise NotFound
    return number


def _shown(wanted: Wanted) -> str:
    """The same as the address has it."""
    if wanted.group_id is not None:
        return f"{GROUP}{wanted.group_id}"
    return f"{FIELD}{wanted.choice[0]}-{wanted.choice[1]}" if wanted.choice is not None else wanted.shown


def _address(wanted: Wanted, sort: str = "", before: str | None = None) -> str:
    sort = sort or wanted.sort
    values = {
        "q": wanted.name,
        "show": _shown(wanted),
        "sort": sort if sort != "name" else "",
        "before": before,
    }
    asked = urlencode({name: value for name, value in values.items() if value})
    return f"/members?{asked}" if asked else "/members"


def _choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Whom one can ask for: values and their names, in groups with a name."""
    standings = {"ambassador": _("Ambassadors"), "trusted": _("Trusted members"), "regular": _("Regulars")}
    some = [(queries.TEAM, _("The team")), *((one, standings[one]) for one in queries.SHOWN_STANDINGS)]
    some.append((queries.LATELY, _("Who joined in the last %(days)s days", days=queries.LATELY_DAYS)))
    groups = [(f"{GROUP}{group.id}", group.name) for group in queries.known_groups(actor())]
    fields = [
        (field.name, [(f"{FIELD}{field.id}-{key}", words) for key, words in field.options])
        for field in queries.seen_choices(actor())
    ]
    return [("", [("", _("Everybody")), *some]), *fields, (_("Groups"), groups)]


@bp.get("/members")
@signed_in
def directory() -> AnyResponse:
    """The members, for members: a list of all names is personal data that neither search engines nor harvesters need.
    Guests are asked to sign in; a single profile is there for them, too."""
    wanted, before = _wanted(), request.args.get("before")
    found = queries.directory(actor(), wanted, before)
    posts = threads.post_counts(actor(), [row.id for row in found.rows], community().stamp)
    return page(
        "members/directory.html",
        rows=[(row, posts.get(row.id, 0)) for row in found.rows],
        wanted=wanted,
        shown=_shown(wanted),
        choices=_choices(),
        orders=[(sort, _address(wanted, sort)) for sort in queries.SORTS],
        before=before,
        first=_address(wanted),
        more=_address(wanted, before=found.older) if found.older else None,
    )


def _card(found: ProfileRow) -> AnyResponse:
    """A member in short, for the script that shows it beside their name."""
    about = "" if found.is_banned else " ".join(plain_text(found.about_html).split())
    return page(
        "members/_card.html",
        member=found,
        about=shortened(about, SHORT_ABOUT),
        figures=threads.activity_of(actor(), found.id),
        is_followed=queries.is_following(actor(), found.id),
    )


# ---------------------------------------------------------------- profiles


@bp.get("/u/<username>")
def profile(username: str) -> AnyResponse:
    """Other capitals lead to the right address; an unknown, unconfirmed or look-alike name is 404. Who may know no more
    of somebody than what stands on posts gets just that."""
    found = queries.profile(actor(), username)
    if request.args.get("part") == "card":
        require(actor(), "member.know", found)
        return _card(found)
    if found.username != username:
        return redirect(url_for("members.profile", username=found.username), 301)
    if not may(actor(), "member.know", found):
        return page("members/unknown.html", member=found, is_followed=queries.is_following(actor(), found.id))
    return _profile_page(
        "members/profile.html",
        found,
        "",
        about=as_markup(found.about_html) if found.about_html and not found.is_banned else None,
        fields=() if found.is_banned else queries.shown_fields(actor(), found),
        figures=threads.activity_of(actor(), found.id),
        posts=threads.posts_of(actor(), found.id, most=NEWEST_POSTS) if may(actor(), "member.posts", found) else None,
    )


@bp.get("/u/<username>/<any(threads, posts, ideas, votes):tab>")
def written(username: str, tab: str) -> AnyResponse:
    """One kind of what somebody did here, as far as the reader may see it; 404 where they may not know of it at all."""
    found = queries.profile(actor(), username)
    if found.username != username:
        return redirect(url_for("members.written", username=found.username, tab=tab), 301)
    require(actor(), f"member.{tab}", found)
    before = request.args.get("before")
    values: dict[str, Any] = {"before": before, "sign": None, "is_hidden": not getattr(found, f"shows_{tab}")}
    if tab == "threads":
        listed: Page[Any] = threads.threads_of(actor(), found.id, before, community().stamp)
    elif tab == "posts":
        listed = threads.posts_of(actor(), found.id, before)
    else:
        supported_or_proposed = ideas.supported_by if tab == "votes" else ideas.proposed_by
        listed = supported_or_proposed(actor(), found.id, before)
        listed = Page(ballots(listed.rows), listed.older)
        values["sign"] = intents.signer() if actor().is_guest else None
    return _profile_page("members/written.html", found, tab, listed=listed, **values)


def _profile_page(template: str, found: ProfileRow, tab: str, **values: Any) -> Response:
    """A page of a profile with its head; `tab` is empty for the overview."""
    return page(
        template,
        member=found,
        tab=tab,
        home=url_for("members.profile", username=found.username),
        groups=() if actor().is_guest else queries.known_groups(actor(), found.id),
        tabs=[one for one in TABS if may(actor(), f"member.{one}", found)],
        is_followed=queries.is_following(actor(), found.id),
        presence=found.presence if may(actor(), "member.presence", found) else None,
        **values,
    )


# ---------------------------------------------------------------- members among each other


@bp.post("/u/<username>/follow")
@signed_in
@limited("member-follow", "60 per hour")
def follow(username: str) -> AnyResponse:
    level = request.form.get("level", "")
    with transaction(actor()) as member:
        found = queries.profile(member, username)
        actions.follow(member, found, level)
    if level == "watching":
        flash(_("You hear of each thread that this member starts."))
    else:
        flash(_("You no longer follow this member."))
    return redirect(url_for("members.profile", username=found.username), 303)


@bp.post("/u/<username>/block")
@signed_in
@limited("member-block", "60 per hour")
def block(username: str) -> AnyResponse:
    with transaction(actor()) as member:
        found = queries.profile(member, username)
        actions.block(member, found)
    return redirect(url_for("members.profile", username=found.username), 303)


@bp.post("/u/<username>/unblock")
@signed_in
@limited("member-block", "60 per hour")
def unblock(username: str) -> AnyResponse:
    with transaction(actor()) as member:
        found = queries.profile(member, username)
        actions.unblock(member, found.id)
    flash(_("You have unblocked this member."))
    return redirect(url_for("members.profile", username=found.username), 303)
