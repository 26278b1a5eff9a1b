"""What stands above the posts that were found: people and tags of that name."""

from collections.abc import Sequence

from sqlalchemy import Executable, String, bindparam, literal_column, or_, select, union_all

from forum.core.actor import Actor
from forum.core.database import BigId, read
from forum.members.models import MEMBERS
from forum.members.policy import known_profiles
from forum.search.engines import Engine, Where
from forum.search.query import Query
from forum.threads.actions import fold_tag
from forum.threads.models import PUBLISHED, THREAD_TAGS, THREADS
from forum.threads.queries import Person
from forum.threads.queries.people import person, person_columns

MOST_PEOPLE = 4
MOST_TAGS = 6
_SPARE = 3
"""So many more candidates are asked for, since some may not be shown."""

_PEOPLE = select(*person_columns(MEMBERS)).where(
    MEMBERS.c.id.in_(bindparam("ids", expanding=True, type_=BigId)),
    MEMBERS.c.banned_at.is_(None),
    or_(MEMBERS.c.confirmed_at.is_not(None), MEMBERS.c.is_imported),
)
_TAGS: Executable = union_all(
    *(
        select(literal_column(str(number)).label("number")).where(
            select(THREAD_TAGS.c.thread_id)
            .join_from(THREAD_TAGS, THREADS, THREADS.c.id == THREAD_TAGS.c.thread_id)
            .where(
                THREAD_TAGS.c.tag == bindparam(f"tag{number}", type_=String),
                THREADS.c.state == PUBLISHED,
                THREADS.c.category_id.in_(bindparam("categories", expanding=True, type_=BigId)),
            )
            .exists()
        )
        for number in range(MOST_TAGS)
    )
)


def people(actor: Actor, engine: Engine, query: Query) -> Sequence[Person]:
    """Members of these names, as far as the actor may know of them."""
    if query.filters or query.after or query.before:
        return ()
    hits = engine.candidates(query, Where(kinds=frozenset({"member"})), "relevance", MOST_PEOPLE + _SPARE)
    ids = [hit.ref_id for hit in hits]
    rows = {row[0]: person(row) for row in read(_PEOPLE.where(known_profiles(actor)), {"ids": ids})}
    return [found for id in ids if (found := rows.get(id)) is not None][:MOST_PEOPLE]


def tags(query: Query, categories: Sequence[int]) -> Sequence[str]:
    """Tags among the words asked for, all together and one by one, that stand on threads in these categories."""
    words = [one.text for one in query.clauses if not one.is_excluded]
    folded = [tag for word in (" ".join(words), *words) if (tag := fold_tag(word))]
    asked = list(dict.fromkeys(folded))[:MOST_TAGS]
    if not asked or not categories:
        return ()
    parameters = {f"tag{number}": asked[number] if number < len(asked) else "" for number in range(MOST_TAGS)}
    return [asked[row.number] for row in read(_TAGS, {**parameters, "categories": categories})]
