"""The board and the roadmap: one statement each, by key, every part of it bounded by an index."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import Float, Select, String, bindparam, exists, func, literal_column, select, tuple_, union_all

from forum.core import clock, paging
from forum.core.actor import Actor
from forum.core.database import BigId, UtcTime, read
from forum.core.errors import NotFound
from forum.ideas.models import IDEAS, IN_PROGRESS, PLANNED, SHIPPED, STAGES, VOTES
from forum.ideas.queries.catalogue import Catalogue, catalogue, get_area
from forum.ideas.queries.doors import area_of
from forum.ideas.queries.rows import BoardPage, IdeaListRow, RoadmapColumn, StatusRow, VoteState
from forum.ideas.queries.voters import IS_OPEN, OPEN_VOTES, VALID_VOTER
from forum.members.models import MEMBERS
from forum.threads.models import PUBLISHED, THREAD_TAGS, THREADS
from forum.threads.queries.categories import STAMP
from forum.threads.queries.categories import catalogue as categories_at
from forum.threads.queries.people import person, person_columns

Sort = Literal["votes", "trending", "newest", "discussed"]
SORTS: tuple[Sort, ...] = ("votes", "trending", "newest", "discussed")
SIZE = 20
ON_ROADMAP = (PLANNED, IN_PROGRESS, SHIPPED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which ideas a reader asks for: `status` is a status or, where none is called so, a stage, `stage` all statuses of
    it, `mine` those they proposed, `voted` those that they support."""

    sort: Sort = "votes"
    status: str = ""
    stage: str = ""
    area: str = ""
    tag: str = ""
    mine: bool = False
    voted: bool = False


class _Shape(NamedTuple):
    """What a list's statement depends on; everything else is a parameter. `statuses` says how many are asked for."""

    sort: Sort
    is_first: bool = True
    is_everywhere: bool = True
    statuses: int = 0
    has_area: bool = False
    has_tag: bool = False
    mine: bool = False
    voted: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether a filter leaves so few ideas that finding them all and sorting costs less than the order's index."""
        return self.has_tag or self.mine or self.voted


_KEYS: Mapping[Sort, Any] = {
    "votes": IDEAS.c.vote_count,
    "trending": IDEAS.c.trend,
    "newest": IDEAS.c.created_at,
    "discussed": THREADS.c.post_count,
}
_KEY_TYPES: Mapping[Sort, Any] = {"votes": BigId, "trending": Float, "newest": UtcTime, "discussed": BigId}
_MEMBER, _LAST_ID = bindparam("member", type_=BigId), bindparam("last_id", type_=BigId)
# Written out, not bound: only so can the engines tell that the partial index of ideas among threads fits.
_IS_IDEA = THREADS.c.kind == literal_column("'idea'")
_PUBLISHED = THREADS.c.state == literal_column(f"'{PUBLISHED}'")
_TAGGED = select(THREAD_TAGS.c.thread_id).where(THREAD_TAGS.c.tag == bindparam("tag", type_=String))
_PROPOSED = select(THREADS.c.id).where(THREADS.c.author_id == _MEMBER).correlate(None)
_SUPPORTED = (
    select(IDEAS.c.root_id)
    .join_from(VOTES, IDEAS, IDEAS.c.thread_id == VOTES.c.idea_id)
    .where(VOTES.c.member_id == _MEMBER, IS_OPEN)
    .correlate(None)
)
_near = THREADS.alias("near")
_author = MEMBERS.alias("author")
_COLUMNS = (
    THREADS.c.id,
    THREADS.c.slug,
    THREADS.c.title,
    THREADS.c.excerpt,
    THREADS.c.language,
    THREADS.c.tags,
    THREADS.c.category_id,
    THREADS.c.post_count,
    THREADS.c.closed_at,
    IDEAS.c.status_id,
    IDEAS.c.area_id,
    IDEAS.c.vote_count,
    IDEAS.c.staff_vote_count,
    IDEAS.c.created_at,
    IDEAS.c.target_month,
    IDEAS.c.answer_body != literal_column("''"),
    *person_columns(_author),
)


# ---------------------------------------------------------------- statements


def _ids(shape: _Shape, status: str | None) -> Select[Any]:
    """The ids of the ideas wanted, with what they are ordered by; of one status, where one is named.

    The order's index comes first, and what else is asked of an idea is looked up for each entry of it: SQLite would
    rather gather all published threads and sort them.
    """
    key = _KEYS[shape.sort]
    if shape.is_narrow:
        key = func.coalesce(key, key)  # no index has that, so the few that fit are gathered and sorted
    id = THREADS.c.id if shape.sort == "discussed" else IDEAS.c.thread_id
    of_thread = [_near.c.id == id, _near.c.state == PUBLISHED]
    if not shape.is_everywhere:
        of_thread.append(_near.c.category_id.in_(bindparam("categories", expanding=True, type_=BigId)))
    of_idea = []
    if status:
        of_idea.append(IDEAS.c.status_id == bindparam(status, type_=BigId))
    if shape.has_area:
        of_idea.append(IDEAS.c.area_id == bindparam("area", type_=BigId))
    if shape.sort == "discussed":
        conditions = [_IS_IDEA]
        if of_idea:
            conditions.append(exists().where(IDEAS.c.thread_id == id, *of_idea))
    else:
        conditions = of_idea
    conditions.append(exists().where(*of_thread))
    for is_wanted, ids in ((shape.has_tag, _TAGGED), (shape.mine, _PROPOSED), (shape.voted, _SUPPORTED)):
        if is_wanted:
            conditions.append(id.in_(ids))
    if not shape.is_first:
        conditions.append(tuple_(key, id) < tuple_(bindparam("key", type_=_KEY_TYPES[shape.sort]), _LAST_ID))
    return select(id.label("id"), key.label("key")).where(*conditions).order_by(key.desc(), id.desc()).limit(SIZE + 1)


@lru_cache(maxsize=200)
def _statement(shape: _Shape) -> Select[Any]:
    """A list with all that its rows show. Built once for each shape: building it and working out its key would cost
    more than the database does. Several statuses are each looked up in their index and put together."""
    parts = [_ids(shape, f"status_{number}") for number in range(shape.statuses)]
    parts = parts or [_ids(shape, None)]
    if len(parts) == 1:
        picked = parts[0].subquery("picked")
    else:
        picked = union_all(*(select(part.subquery()) for part in parts)).subquery("picked")
    return select(picked.c.key, STAMP, *_COLUMNS).select_from(
        picked.join(IDEAS, IDEAS.c.thread_id == picked.c.id)
        .join(THREADS, THREADS.c.id == picked.c.id)
        .outerjoin(_author, _author.c.id == THREADS.c.author_id)
    )


_OWN_VOTES = (
    select(IDEAS.c.root_id, VALID_VOTER)
    .select_from(OPEN_VOTES)
    .where(
        VOTES.c.member_id == _MEMBER,
        IS_OPEN,
        IDEAS.c.root_id.in_(bindparam("ideas", expanding=True, type_=BigId)),
    )
)


# ---------------------------------------------------------------- pages


def board(actor: Actor, wanted: Wanted, before: str | None = None, stamp: str | None = None) -> BoardPage:
    """A stretch of the board. Raises NotFound for an order, a status or an area that isn't there or that the actor may
    not see, and for a cursor that is not ours. Nothing is a guest's own."""
    if wanted.sort not in SORTS:
        raise NotFound
    if actor.id is None and (wanted.mine or wanted.voted):
        return BoardPage(())
    stamp = stamp or str(read(select(STAMP)).scalar_one())
    known = catalogue(stamp)
    statuses = _statuses(known, actor, wanted)
    shape, parameters = _scope(actor, stamp, _Shape(wanted.sort, statuses=len(statuses)))
    parameters |= _status_parameters(statuses) | _after(wanted.sort, before)
    if wanted.area:
        parameters["area"] = get_area(actor, wanted.area, stamp).id
    if wanted.tag:
        parameters["tag"] = wanted.tag
    if wanted.mine or wanted.voted:
        parameters["member"] = actor.id
    shape = shape._replace(
        is_first=not before,
        has_area=bool(wanted.area),
        has_tag=bool(wanted.tag),
        mine=wanted.mine,
        voted=wanted.voted,
    )
    found = _fetch(actor, shape, parameters)
    page = paging.cut(found, SIZE, lambda one: _cursor(one[0], one[1].id))
    return BoardPage(_with_own_votes(actor, [row for _key, row in page.rows]), page.older)


def roadmap(actor: Actor, stamp: str | None = None) -> Sequence[RoadmapColumn]:
    """What is planned, in progress and shipped: of each such status the most wanted ideas."""
    stamp = stamp or str(read(select(STAMP)).scalar_one())
    rows = catalogue(stamp).statuses(actor.language).values()
    statuses = sorted(
        (row for row in rows if row.stage in ON_ROADMAP),
        key=lambda row: (ON_ROADMAP.index(row.stage), row.position, row.id),
    )
    if not statuses:
        return []
    shape, parameters = _scope(actor, stamp, _Shape("votes", statuses=len(statuses)))
    found = [row for _key, row in _fetch(actor, shape, parameters | _status_parameters(statuses))]
    columns: dict[int, list[IdeaListRow]] = {status.id: [] for status in statuses}
    for row in found:
        columns[row.status.id].append(row)
    shown = _with_own_votes(actor, [row for rows_of in columns.values() for row in rows_of[:SIZE]])
    return [
        RoadmapColumn(status, [row for row in shown if row.status.id == status.id], len(columns[status.id]) > SIZE)
        for status in statuses
    ]


def listed(actor: Actor, ids: Iterable[int]) -> Sequence[IdeaListRow]:
    """These ideas as rows of a list, in the order given; those that the actor may not see are left out."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    rows = read(_LISTED, {"ids": wanted}).all()
    if not rows:
        return []
    visible = {row.id for row in categories_at(rows[0][1]).visible(actor)}
    found = {row.id: row for _key, row in _rows(actor, rows) if row.category.id in visible}
    return _with_own_votes(actor, [found[id] for id in wanted if id in found])


_LISTED = (
    select(IDEAS.c.vote_count, STAMP, *_COLUMNS)
    .select_from(
        IDEAS.join(THREADS, THREADS.c.id == IDEAS.c.thread_id).outerjoin(_author, _author.c.id == THREADS.c.author_id)
    )
    .where(IDEAS.c.thread_id.in_(bindparam("ids", expanding=True, type_=BigId)), _PUBLISHED)
)


def _scope(actor: Actor, stamp: str, shape: _Shape) -> tuple[_Shape, dict[str, Any]]:
    """Where the reader may look; nothing to ask where that is everywhere."""
    categories = categories_at(stamp)
    visible = categories.visible(actor)
    if len(visible) == len(categories.settings):
        return shape, {}
    return shape._replace(is_everywhere=False), {"categories": [row.id for row in visible]}


def _statuses(known: Catalogue, actor: Actor, wanted: Wanted) -> list[StatusRow]:
    """The statuses asked for; none where any will do."""
    rows = known.statuses(actor.language).values()
    found = [row for row in rows if row.slug == wanted.status]
    stage = wanted.stage or wanted.status
    if not found and stage in STAGES:
        return [row for row in rows if row.stage == stage]
    if not found and wanted.status:
        raise NotFound
    return found


def _status_parameters(statuses: Sequence[StatusRow]) -> dict[str, Any]:
    return {f"status_{number}": status.id for number, status in enumerate(statuses)}


def _cursor(key: Any, id: int) -> str:
    return paging.encode(paging.micros(key) if isinstance(key, datetime) else key, id)


def _after(sort: Sort, before: str | None) -> dict[str, Any]:
    """The parameters of a cursor. Raises NotFound for one that is not ours."""
    values = paging.decode(before, float if sort == "trending" else int, int)
    if values is None:
        return {}
    key, last_id = values
    return {"key": paging.moment(key) if sort == "newest" else key, "last_id": last_id}


def _fetch(actor: Actor, shape: _Shape, parameters: Mapping[str, Any]) -> list[tuple[Any, IdeaListRow]]:
    """The rows with what they are ordered by, in that order."""
    found = _rows(actor, read(_statement(shape), parameters).all())
    found.sort(key=lambda one: (one[0], one[1].id), reverse=True)
    return found[: SIZE + 1] if shape.statuses <= 1 else found


def _rows(actor: Actor, rows: Sequence[Any]) -> list[tuple[Any, IdeaListRow]]:
    if not rows:
        return []
    known = catalogue(rows[0][1])
    return [(row[0], _row(row[2:], known, actor.language)) for row in rows]


def _row(columns: Sequence[Any], known: Catalogue, language: str) -> IdeaListRow:
    id, slug, title, excerpt, own_language, tags, category_id, post_count, closed_at, *rest = columns
    status_id, area_id, vote_count, staff_vote_count, created_at, target_month, has_answer, *author = rest
    return IdeaListRow(
        id=id,
        slug=slug,
        title=title,
        excerpt=excerpt,
        language=own_language,
        tags=tags,
        status=known.statuses(language)[status_id],
        area=area_of(known.areas(language), area_id, category_id),
        category=known.categories(language)[category_id],
        vote_count=vote_count,
        staff_vote_count=staff_vote_count,
        comment_count=max(0, post_count - 1),
        author=person(author),
        created_at=created_at,
        target_month=target_month,
        is_closed=closed_at is not None,
        has_answer=bool(has_answer),
    )


def own_votes(actor: Actor, ids: Sequence[int]) -> Mapping[int, VoteState]:
    """Which of these ideas the actor supports, and whether that counts yet."""
    if actor.id is None or not ids:
        return {}
    rows = read(_OWN_VOTES, {"member": actor.id, "ideas": list(ids), "now": clock.now()})
    return {row[0]: "counted" if row[1] else "waiting" for row in rows}


def _with_own_votes(actor: Actor, rows: Sequence[IdeaListRow]) -> Sequence[IdeaListRow]:
    mine = own_votes(actor, [row.id for row in rows])
    return [replace(row, my_vote=mine.get(row.id)) for row in rows] if mine else rows
