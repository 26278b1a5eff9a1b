"""Which idea a post of a conversation became: asked along with the posts, so that it costs no statement of its own."""

from collections.abc import Iterable, Mapping

from sqlalchemy import String, cast, select

from forum import access
from forum.core.actor import Actor
from forum.ideas.models import IDEAS
from forum.ideas.queries.rows import MadeIdea
from forum.threads.models import POSTS, PUBLISHED, THREADS
from forum.threads.queries.categories import catalogue as categories_at
from forum.threads.queries.rows import PostView

_became = THREADS.alias("became")

BECAME = (
    select(
        cast(_became.c.id, String)
        + " "
        + cast(_became.c.category_id, String)
        + " "
        + _became.c.slug
        + " "
        + _became.c.language
        + " "
        + _became.c.title
    )
    .join_from(IDEAS, _became, _became.c.id == IDEAS.c.root_id)
    .where(IDEAS.c.from_post_id == POSTS.c.id, _became.c.state == PUBLISHED)
    .order_by(IDEAS.c.thread_id)
    .limit(1)
    .correlate(POSTS)
    .scalar_subquery()
)
"""For `thread_page(also=…)`: the public idea that was made of a post, or what that was merged into; `made_of` reads it.
One value for each post, in the blanks between which only the title has some."""


def made_of(actor: Actor, posts: Iterable[PostView], stamp: str) -> Mapping[int, MadeIdea]:
    """The ideas that posts became, by the post's id, as far as the actor may read them; `stamp` as of this request."""
    found = {}
    for post in posts:
        if post.also is None:
            continue
        id, category_id, slug, language, title = post.also.split(" ", 4)
        category = categories_at(stamp).rows(actor.language).get(int(category_id))
        if category is not None and access.may(actor, "category.read", category):
            found[post.id] = MadeIdea(int(id), slug, title, language)
    return found
