"""What is tidied up."""

from forum.core.database import transaction
from forum.oidc import actions


def forget_used() -> None:
    """Forgets which states and logout tokens were used, once they could not be used again anyway."""
    with transaction():
        actions.forget_used()
