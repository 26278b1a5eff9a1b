"""Who may see a picture: whoever may read a post that shows it."""

from sqlalchemy import exists, not_, or_, select

from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.media.models import PICTURE, UPLOADS
from forum.threads.models import POST_PICTURES, POSTS, THREADS
from forum.threads.policy import readable_posts


def admit_to_picture(actor: Actor, name: str) -> None:
    """Raises NotFound for a picture that its uploader put into posts of which the actor may read none, and into which
    nobody else put it either where they may read it.

    A picture that stands in no post of its uploader, but in a draft or a profile, is for whoever knows its name; others
    can't change that by showing it, too. What came by import has no uploader: there each post counts.
    """
    posts = POST_PICTURES.join(POSTS, POSTS.c.id == POST_PICTURES.c.post_id)
    with_uploads = posts.join(UPLOADS, UPLOADS.c.name == POST_PICTURES.c.name)
    of_uploader = (
        exists()
        .select_from(with_uploads)
        .where(
            POST_PICTURES.c.name == name,
            UPLOADS.c.kind == PICTURE,
            or_(UPLOADS.c.member_id.is_(None), UPLOADS.c.member_id == POSTS.c.author_id),
        )
    )
    readable = (
        exists()
        .select_from(posts.join(THREADS, THREADS.c.id == POSTS.c.thread_id))
        .where(POST_PICTURES.c.name == name, readable_posts(actor))
    )
    if db.session.scalar(select(of_uploader & not_(readable))):
        raise NotFound
