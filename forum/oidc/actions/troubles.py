"""What keeps people from signing in by a provider, kept for administrators until somebody has come through."""

from datetime import timedelta

from sqlalchemy import update

from forum.core import clock
from forum.core.database import db
from forum.oidc.models import PROVIDERS, TROUBLE_LENGTH
from forum.oidc.queries import ProviderRow

NOTED_EVERY = timedelta(minutes=1)
_TELLING = frozenset({"provider-silent", "provider-answer", "provider-clock", "provider-setup"})
_OF_THE_BROWSER = frozenset({"issuer", "nonce", "auth_time"})
"""What whoever holds the browser can bring about, and so says nothing about the provider."""
_PASSING = frozenset({"resting", "busy"})


def is_trouble(code: str, what: str) -> bool:
    """Whether a failure is the provider's, or of how it is set up: nothing that a browser can bring about."""
    if code == "provider-answer" and what.startswith("code "):  # any code that somebody makes up is refused
        return False
    return code in _TELLING and what not in _OF_THE_BROWSER | _PASSING


def is_known(provider: ProviderRow, what: str) -> bool:
    """Whether the same trouble was noted a moment ago."""
    at = provider.troubled_at
    return provider.trouble == what and at is not None and clock.now() - at < NOTED_EVERY


def note_trouble(provider: ProviderRow, what: str | None) -> None:
    """The provider can't be used because of that; None: somebody has come through."""
    values = {"trouble": what and what[:TROUBLE_LENGTH], "troubled_at": clock.now() if what else None}
    db.session.execute(update(PROVIDERS).where(PROVIDERS.c.id == provider.id).values(**values))
