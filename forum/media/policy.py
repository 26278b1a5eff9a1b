"""Who may upload."""

from forum.access import Decision, publishing, rule
from forum.core.actor import Actor


@rule("media.upload")
def upload(actor: Actor, _thing: object = None) -> Decision:
    """Whoever may publish: an uploaded picture can be seen by everyone who knows its address."""
    return publishing(actor)
