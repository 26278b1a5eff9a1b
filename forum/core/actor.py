"""Who acts: a frozen value with the facts that decide what somebody may do.

`members.queries` makes it from one row for a request, the worker, the command line and the tests alike.
"""

from dataclasses import dataclass
from datetime import datetime

from forum.core import clock

EVERYONE = 1
"""Id of the built-in group that holds everybody, guests included."""
MEMBERS = 2
"""Id of the built-in group that holds every member, from when the account is confirmed."""

ROLES = ("moderator", "product", "manager", "admin")
"""What somebody may do on behalf of the company; every account is a member besides."""


NOBODY_ID = -1
"""Stands for the member where somebody of the team looks at the site as a member of some kind: no row has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One member, one guest or the system itself, as of the moment it was made.

    `group_ids` say what somebody sees. Whose address isn't confirmed yet, or whom the team has yet to approve, sees
    what guests see: all groups rest, an invitation's and that of all members included.

    `owes_second_step`: holds a role that asks for signing in in two steps, and doesn't. Until then all roles rest: the
    maker of actors leaves them out.
    """

    id: int | None = None
    username: str = ""
    display_name: str = ""
    roles: frozenset[str] = frozenset()
    group_ids: frozenset[int] = frozenset({EVERYONE})
    owned_group_ids: frozenset[int] = frozenset()
    blocked_ids: frozenset[int] = frozenset()
    """Whom this member has blocked. It folds posts and keeps notifications away; nothing is allowed or denied by it."""
    standing: str = "new"
    is_confirmed: bool = False
    is_waiting: bool = False
    """Whether the address is confirmed, but the team has yet to approve the account."""
    silenced_until: datetime | None = None
    is_banned: bool = False
    owes_acceptance: bool = False
    owes_second_step: bool = False
    is_vouched_for: bool = False
    """Whether this sign-in session began at a provider who has asked for a second step there."""
    language: str = "en"
    time_zone: str = "Europe/Berlin"
    is_system: bool = False
    is_onlooker: bool = False
    """Whether this is nobody, but the site as guests or members of some kind see it: reads, and leaves no trace."""

    @property
    def is_guest(self) -> bool:
        return self.id is None and not self.is_system

    @property
    def is_silenced(self) -> bool:
        return self.silenced_until is not None and self.silenced_until > clock.now()

    @property
    def is_staff(self) -> bool:
        """Whether this person speaks for the company."""
        return bool(self.roles)

    def has_role(self, *wanted: str) -> bool:
        """Whether the actor has one of these roles and may use it: a ban lets them rest. Asked by policies only."""
        return self.is_system or (not self.is_banned and not self.roles.isdisjoint(wanted))

    @property
    def member_id(self) -> int:
        """The id of an actor who is known to be a member."""
        if self.id is None:
            raise ValueError("a guest has no member id")
        return self.id


def guest(language: str = "en") -> Actor:
    """Somebody without an account."""
    return Actor(language=language)


SYSTEM = Actor(username="system", display_name="System", is_system=True, is_confirmed=True)
"""The platform itself: the worker's timetable and the operator's command line."""
