"""Which pictures posts show; who may see these depends on it (`queries.pictures`)."""

from collections.abc import Iterable

from forum.core.database import db, insert
from forum.media.queries import names_in
from forum.threads.models import POST_PICTURES


def note_pictures(texts: Iterable[tuple[int, str]]) -> None:
    """Notes the pictures in these texts, each given with its post's id; what is known already stays."""
    rows = [{"name": name, "post_id": post_id} for post_id, text in texts for name in names_in(text)]
    if rows:
        db.session.execute(insert(POST_PICTURES).on_conflict_do_nothing(), rows)
