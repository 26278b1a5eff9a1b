"""The board: the list of ideas with its orders and filters, the roadmap, one's own votes, the team's inbox."""

from collections.abc import Hashable
from urllib.parse import urlencode

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from forum.access import may, require
from forum.core.errors import NotFound
from forum.http import cache
from forum.http.viewer import actor, community, here, signed_in
from forum.ideas import queries
from forum.ideas.queries import Wanted
from forum.threads.actions import fold_tag
from forum.web.ideas.frame import ballots, bp, ideas_page, month_in_words

FILTERS = ("sort", "status", "area", "tag", "mine", "voted", "before")
MOST_SHIPPED = 4


def _board_version(**_arguments: object) -> Hashable:
    return queries.board_version()


def _wanted() -> Wanted:
    """What the address asks for. Raises NotFound for an order or a tag that there can't be."""
    asked = request.args
    tag = fold_tag(asked.get("tag", ""))
    sort = next((one for one in queries.SORTS if one == (asked.get("sort") or "votes")), None)
    if sort is None or (asked.get("tag") and not tag):
        raise NotFound
    return Wanted(
        sort=sort,
        status=asked.get("status", ""),
        area=asked.get("area", ""),
        tag=tag,
        mine=asked.get("mine") == "1",
        voted=asked.get("voted") == "1",
    )


class Place:
    """The address of the board as it is asked for; `but(sort="new")` is the same with something else."""

    def __init__(self, wanted: Wanted) -> None:
        self._values: dict[str, str | None] = {
            "sort": wanted.sort if wanted.sort != "votes" else None,
            "status": wanted.status,
            "area": wanted.area,
            "tag": wanted.tag,
            "mine": "1" if wanted.mine else None,
            "voted": "1" if wanted.voted else None,
        }
        self.is_filtered = any(value for name, value in self._values.items() if name != "sort")

    def but(self, **changes: str | None) -> str:
        """The address with other values; None takes one away. A new filter begins at the beginning."""
        values = {name: value for name, value in (self._values | changes).items() if value}
        return f"/ideas?{urlencode(values)}" if values else "/ideas"


@bp.get("/ideas")
@cache.for_guests(_board_version, FILTERS)
def board() -> Response:
    wanted, before, stamp = _wanted(), request.args.get("before"), community().stamp
    if actor().is_guest and (wanted.mine or wanted.voted):
        return redirect(url_for("sign_in.login", next=here()), 303)
    found = queries.board(actor(), wanted, before, stamp)
    place = Place(wanted)
    shipped = []
    if not (before or place.is_filtered):
        shipped = list(queries.board(actor(), Wanted(stage="shipped"), None, stamp).rows[:MOST_SHIPPED])
    return ideas_page(
        "ideas/board.html",
        rows=ballots(found.rows),
        older=found.older,
        wanted=wanted,
        before=before,
        at_board=place,
        here=place.but(before=before),
        statuses=queries.statuses(actor(), stamp),
        areas=queries.areas(actor(), stamp),
        shipped=shipped,
        may_configure=may(actor(), "idea.configure"),
    )


@bp.get("/ideas/roadmap")
@cache.for_guests(_board_version)
def roadmap() -> Response:
    return ideas_page("ideas/roadmap.html", columns=queries.roadmap(actor(), community().stamp), month=month_in_words)


@bp.get("/ideas/votes")
@signed_in
def my_votes() -> Response:
    before = request.args.get("before")
    found = queries.my_votes(actor(), before)
    return ideas_page("ideas/votes.html", rows=found.rows, older=found.older, before=before)


@bp.get("/ideas/inbox")
@signed_in
def inbox() -> Response:
    require(actor(), "idea.inbox")
    before = request.args.get("before")
    found = queries.board(actor(), Wanted(sort="newest", stage="new"), before, community().stamp)
    return ideas_page("ideas/inbox.html", rows=ballots(found.rows), older=found.older, before=before)
