"""Who may upload."""

from forum.access import Decision, publishing, rule
from forum.core.actor import Actor


@rule("media.upload")
def upload(actor: Actor, _thing: object = None) -> Decision:
    """Whoever may publish. A picture is seen by whoever may read a post that shows it."""
    return publishing(actor)
