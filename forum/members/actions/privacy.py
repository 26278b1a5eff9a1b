"""What a member shows of themselves to whom."""

from forum.access import require
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Invalid
from forum.members.models import PROFILE_AUDIENCES, Member
from forum.members.queries.privacy import Privacy


def set_privacy(actor: Actor, member: Member, wanted: Privacy) -> None:
    """Who sees the profile, whether search engines may list it, whether presence is told, and what it gathers of what
    the member did. Holds from the next page on. Raises Invalid beside the field `audience`."""
    require(actor, "member.edit", member)
    if wanted.audience not in PROFILE_AUDIENCES:
        raise Invalid("unknown-choice", field="audience")
    member.profile_audience = wanted.audience
    member.is_indexed = wanted.is_indexed
    member.shows_presence = wanted.shows_presence
    member.shows_votes = wanted.shows_votes
    member.shows_threads = wanted.shows_threads
    member.shows_posts = wanted.shows_posts
    member.shows_ideas = wanted.shows_ideas
    db.session.flush()
