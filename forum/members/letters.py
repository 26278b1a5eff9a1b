"""The mails about an account, as they are sent and as administrators see them."""

from typing import Literal

from forum.community import letters
from forum.community.queries import CommunityRow
from forum.core.mail import Letter
from forum.core.settings import installed

AccountLetter = Literal["confirm", "taken", "reset"]
"""The link that confirms an address, what the owner of a taken one is told, the link to a new password."""


def account_letter(
    house: CommunityRow, language: str, kind: AccountLetter, *, name: str, username: str, path: str
) -> Letter:
    """One of them; `path` is where its button leads on this site."""
    address = f"{installed().base_url}{path}"
    return letters.write(house, language, kind, name=name, username=username, address=address)
