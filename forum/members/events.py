"""What happened to accounts."""

from dataclasses import dataclass

from forum.core.events import Event


@dataclass(frozen=True, slots=True)
class MemberRegistered(Event):
    member_id: int


@dataclass(frozen=True, slots=True)
class MemberConfirmed(Event):
    member_id: int


@dataclass(frozen=True, slots=True)
class ProfileChanged(Event):
    member_id: int


@dataclass(frozen=True, slots=True)
class MemberSilenced(Event):
    member_id: int


@dataclass(frozen=True, slots=True)
class SilenceLifted(Event):
    member_id: int


@dataclass(frozen=True, slots=True)
class MemberBanned(Event):
    member_id: int


@dataclass(frozen=True, slots=True)
class BanLifted(Event):
    member_id: int


@dataclass(frozen=True, slots=True)
class RolesChanged(Event):
    member_id: int


@dataclass(frozen=True, slots=True)
class SecondStepChanged(Event):
    """By what the member signs in besides the password is different, or whether they must: roles may rest from now on,
    or be open again."""

    member_id: int


@dataclass(frozen=True, slots=True)
class GroupsChanged(Event):
    member_id: int


@dataclass(frozen=True, slots=True)
class GroupAudienceChanged(Event):
    group_id: int


@dataclass(frozen=True, slots=True)
class GroupAsked(Event):
    request_id: int


@dataclass(frozen=True, slots=True)
class GroupRequestAnswered(Event):
    request_id: int
    group_id: int
    member_id: int
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class GroupInvited(Event):
    invite_id: int


@dataclass(frozen=True, slots=True)
class GroupInviteAnswered(Event):
    """A member has come in, or doesn't want to; who had asked them in may be gone."""

    invite_id: int
    group_id: int
    member_id: int
    invited_by_id: int | None
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    member_id: int


@dataclass(frozen=True, slots=True)
class EmailChanged(Event):
    """A confirmed account has another confirmed address."""

    member_id: int


@dataclass(frozen=True, slots=True)
class MembersImported(Event):
    """A batch of imported accounts is in the tables."""

    member_ids: list[int]
