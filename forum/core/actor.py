"""Who acts: a frozen value with the facts that decide what somebody may do.

`members.queries` makes it from one row for a request, the worker, the command line and the tests alike.
"""

from dataclasses import dataclass
from datetime import datetime

from forum.core import clock

EVERYONE = 1
"""Id of the built-in group that holds everybody, guests included."""
MEMBERS = 2
"""Id of the built-in group that holds every member."""

ROLES = ("moderator", "product", "manager", "admin")
"""What somebody may do on behalf of the company; every account is a member besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One member, one guest or the system itself, as of the moment it was made."""

    id: int | None = None
    username: str = ""
    display_name: str = ""
    roles: frozenset[str] = frozenset()
    group_ids: frozenset[int] = frozenset({EVERYONE})
    standing: str = "new"
    is_confirmed: bool = False
    silenced_until: datetime | None = None
    is_banned: bool = False
    owes_acceptance: bool = False
    language: str = "en"
    time_zone: str = "Europe/Berlin"
    is_system: bool = False

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
