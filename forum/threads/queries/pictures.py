"""Who may see a picture: whoever may read a post that shows it."""

from sqlalchemy import and_, exists, not_, or_, select

from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import NotFound
from forum.media.models import PICTURE, UPLOADS
from forum.threads.models import POST_PICTURES, POSTS, REMOVED, THREADS
from forum.threads.policy import readable_posts, shown_posts

_PLACES = (
    POST_PICTURES.join(POSTS, POSTS.c.id == POST_PICTURES.c.post_id)
    .join(THREADS, THREADS.c.id == POSTS.c.thread_id)
    .join(UPLOADS, UPLOADS.c.name == POST_PICTURES.c.name)
)
_OF_UPLOADER = POSTS.c.author_id == UPLOADS.c.member_id


def admit_to_picture(actor: Actor, name: str) -> None:
    """Raises NotFound for a picture that goes with posts of which the actor's pages show none.

    It goes with the posts of its uploader, and with each that was removed. Posts of others count for showing it alone:
    else anybody could hide a picture by posting it and taking the post back. What stands in no post, but in a draft or
    a profile, is for whoever knows its name.
    """
    place = exists().select_from(_PLACES).where(POST_PICTURES.c.name == name)
    goes_along = place.where(
        UPLOADS.c.kind == PICTURE,
        or_(_OF_UPLOADER, POSTS.c.edited_by_id == UPLOADS.c.member_id, POSTS.c.state == REMOVED),
    )
    is_shown = place.where(or_(shown_posts(actor), and_(_OF_UPLOADER, readable_posts(actor))))
    # In this order: where some post is found that shows it, the other question isn't asked.
    if db.session.scalar(select(not_(is_shown) & goes_along)):
        raise NotFound
