"""The front page and the lists of conversations."""

from collections.abc import Hashable

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from forum.access import may
from forum.core.database import transaction
from forum.core.errors import NotFound
from forum.http import cache
from forum.http.render import page
from forum.http.viewer import actor, community, signed_in
from forum.members import actions as member_actions
from forum.members import queries as member_queries
from forum.threads import actions, queries
from forum.threads.queries import View
from forum.web import fragments

bp = Blueprint("categories", __name__)
bp.add_app_template_global(fragments.drawn, "drawn")
bp.add_app_template_global(fragments.talks, "talk_rows")


def _view() -> View:
    """The view asked for; for guests there is no "new". Raises NotFound for an unknown one."""
    asked = request.args.get("view") or "latest"
    if asked not in queries.VIEWS or (asked == "new" and actor().is_guest):
        raise NotFound
    return asked


def _lists_version(**_arguments: object) -> Hashable:
    return queries.lists_version()


@bp.get("/")
@cache.for_guests(_lists_version, ("view", "before"))
def front() -> Response:
    view, before = _view(), request.args.get("before")
    found = queries.front_page(actor(), view, before, community().stamp)
    return page("categories/front.html", found=found, view=view, before=before)


@bp.get("/c/<slug>")
@cache.for_guests(_lists_version, ("view", "before"))
def category(slug: str) -> Response:
    view, before = _view(), request.args.get("before")
    row = queries.get_category(actor(), slug, community().stamp)
    found = queries.category_page(actor(), row, view, before, community().stamp)
    may_start = actor().is_guest or may(actor(), "category.choose", row)
    return page("categories/show.html", category=row, found=found, view=view, before=before, may_start=may_start)


@bp.get("/tags/<tag>")
@cache.for_guests(_lists_version, ("before",))
def tag(tag: str) -> Response:
    folded = actions.fold_tag(tag)
    if not folded:
        raise NotFound
    if folded != tag:
        return redirect(f"/tags/{folded}", 301)
    before = request.args.get("before")
    talks = queries.tag_page(actor(), folded, before, community().stamp)
    if not talks.rows:
        raise NotFound
    return page("categories/tag.html", tag=folded, talks=talks, before=before)


@bp.post("/welcome/dismiss")
@signed_in
def dismiss_welcome() -> Response:
    """Puts the front page's welcome away for good; one that has changed meanwhile stays."""
    shown = community().welcome
    if shown and request.form.get("mark") == shown.words_mark:
        with transaction(actor()) as member:
            entity = member_queries.get_member(member, member.member_id, lock=True)
            member_actions.dismiss_welcome(member, entity, shown.words_mark)
    return redirect("/", 303)


@bp.post("/read")
@signed_in
def read_all() -> Response:
    with transaction(actor()) as member:
        actions.mark_all_read(member)
    return redirect("/", 303)
