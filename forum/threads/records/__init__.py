"""Categories, threads, posts and reactions in the interchange format."""

from sqlalchemy import Table, func, select

from forum.core.database import db
from forum.threads.models import CATEGORIES, POSTS, REACTION_ROWS, THREADS
from forum.threads.records.categories import bring_in_categories, categories
from forum.threads.records.endings import bring_in_solutions
from forum.threads.records.posts import bring_in_posts, posts
from forum.threads.records.reactions import bring_in_reactions, reactions
from forum.threads.records.rerender import PostText, outdated_count, outdated_posts, write_html
from forum.threads.records.threads import bring_in_threads, threads

__all__ = [
    "TABLES",
    "PostText",
    "bring_in_categories",
    "bring_in_posts",
    "bring_in_reactions",
    "bring_in_solutions",
    "bring_in_threads",
    "categories",
    "count",
    "outdated_count",
    "outdated_posts",
    "posts",
    "reactions",
    "threads",
    "write_html",
]

TABLES: dict[str, Table] = {"category": CATEGORIES, "thread": THREADS, "post": POSTS}


def count() -> int:
    """How many records the export will have of this room."""
    tables = (CATEGORIES, THREADS, POSTS, REACTION_ROWS)
    return sum(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)
