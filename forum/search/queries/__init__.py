"""Finding: what fits a query, and what is similar to a thread or to a text that is being written."""

from forum.search.queries.alike import STALE_AFTER, similar_ids, similar_threads, similar_to
from forum.search.queries.finding import search
from forum.search.queries.rows import Alike, Found, FoundRow, SimilarRow

__all__ = [
    "STALE_AFTER",
    "Alike",
    "Found",
    "FoundRow",
    "SimilarRow",
    "search",
    "similar_ids",
    "similar_threads",
    "similar_to",
]
