"""The mails about an account, as they are sent and as administrators see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from forum.community import letters
from forum.community.queries import CommunityRow
from forum.core import formats
from forum.core.locale import translations
from forum.core.mail import Letter
from forum.core.settings import installed

AccountLetter = Literal[
    "confirm",
    "created",
    "taken",
    "reset",
    "sign_in",
    "device",
    "recovery_used",
    "passkey_added",
    "passkey_removed",
    "identity_linked",
    "identity_unlinked",
    "password_changed",
    "two_factor_on",
    "two_factor_off",
    "approved",
    "refused",
    "email_new",
    "email_old",
    "email_lost",
    "email_taken",
    "trial",
]
"""The link that confirms an address, the one to the first password of an account that the operator has made, what the
owner of a taken one is told, the links to a new password and into the account; that somebody has signed in on a new
device, that a recovery code was used, that there is a passkey or a provider to sign in by more or less, that the
password is another one, that the second step of signing in is asked for from now on, or no longer; that the team has
let somebody in, or not. Of another address for an account: the new one is asked; the present one is asked, or told
where staff stands in for it; and what the owner of a taken one is told. And to an administrator, that mail arrives."""
Facts = Sequence[tuple[str, str]]


def account_letter(
    house: CommunityRow, language: str, kind: AccountLetter, *, name: str, username: str, path: str, **said: Any
) -> Letter:
    """One of them; `path` is where its button leads on this site.

    Only some say more: `device` and those of passkeys and providers when that was and what it is about (`facts`),
    those of another address which one an account is to have (`email`), `confirm` whether the team decides then
    (`is_asking`), `refused` why it has (`passage`).
    """
    address = f"{installed().base_url}{path}"
    return letters.write(house, language, kind, name=name, username=username, address=address, **said)


def facts_of_sign_in(
    house: CommunityRow, language: str, *, at: datetime, zone: str, device: str, network: str
) -> Facts:
    """When and where somebody has signed in, for the mail of kind `device`."""
    _ = translations(house.tongue(language)).gettext
    return [
        (_("When"), formats.written(at, "long", language, zone)),
        (_("Device"), device or _("Unknown device")),
        (_("Network"), network),
    ]


def facts_of_identity(house: CommunityRow, language: str, *, at: datetime, zone: str, name: str) -> Facts:
    """When an account elsewhere was linked or unlinked, and where, for the mails of these kinds."""
    _ = translations(house.tongue(language)).gettext
    return [(_("When"), formats.written(at, "long", language, zone)), (_("Provider"), name)]


def facts_of_passkey(house: CommunityRow, language: str, *, at: datetime, zone: str, name: str) -> Facts:
    """When a passkey was added or removed, and which, for the mails of these kinds."""
    _ = translations(house.tongue(language)).gettext
    return [(_("When"), formats.written(at, "long", language, zone)), (_("Passkey"), name)]
