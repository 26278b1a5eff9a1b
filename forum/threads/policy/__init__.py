"""Who may do what with categories, threads and posts, and the SQL that says the same of lists."""

from forum.threads.policy.filters import (
    moderated_threads,
    readable_categories,
    readable_posts,
    readable_threads,
    shown_posts,
)
from forum.threads.policy.rules import CategoryLike, PostLike, ThreadLike, keeps_order, moderating_groups

__all__ = [
    "CategoryLike",
    "PostLike",
    "ThreadLike",
    "keeps_order",
    "moderated_threads",
    "moderating_groups",
    "readable_categories",
    "readable_posts",
    "readable_threads",
    "shown_posts",
]
