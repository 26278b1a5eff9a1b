"""The filters of the list of members: what the address says, whom that asks for, and what can be chosen."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _

from forum.core.errors import NotFound
from forum.core.locale import languages, name_of
from forum.http.forms import number_or_none
from forum.http.plain import one_line
from forum.http.viewer import actor
from forum.members import queries
from forum.members.queries import Sought
from forum.oidc import queries as providers
from forum.web.admin.days import beginning_of

MOST_TYPED = 254
USUAL = ("q", "state", "role", "group")
"""What is asked for most, and so always in sight."""
DAYS = ("from", "until", "seen_from", "seen_until")
_MORE = ("standing", "rules", "seen", "step", "way", "language", "domain", *DAYS)
_FIELD, _WITH = "field-", "with-"
"""What stands before the id of a field of profiles, and before the key of a provider by which somebody can sign in."""
_MOST_FIELDS = 20

Choice = tuple[str, str, Sequence[tuple[str, str]]]
"""Parameter, label, and the values with their words."""


def asked() -> dict[str, str]:
    """What the address or the form says about whom to look for; empty parts are left out."""
    fields = [name for name in request.values if number_or_none(name.removeprefix(_FIELD)) and name.startswith(_FIELD)]
    names = (*USUAL, *_MORE, *sorted(fields)[:_MOST_FIELDS])
    said = {name: one_line(request.values.get(name, ""), MOST_TYPED) for name in names}
    return {name: value for name, value in said.items() if value}


def is_narrowed(asked: Mapping[str, str]) -> bool:
    """Whether more is asked for than what is always in sight."""
    return any(name not in USUAL for name in asked)


def _day(asked: Mapping[str, str], name: str) -> datetime | None:
    return beginning_of(asked.get(name, ""), name)


def _day_after(asked: Mapping[str, str], name: str) -> datetime | None:
    day = _day(asked, name)
    return day + timedelta(days=1) if day is not None else None


def sought(asked: Mapping[str, str]) -> Sought:
    """Whom the address asks for. Raises Invalid beside a field, NotFound for a group that can't be."""
    group, way = asked.get("group", ""), asked.get("way", "")
    group_id = number_or_none(group)
    if group and group_id is None:
        raise NotFound
    is_at_provider = way.startswith(_WITH)
    return Sought(
        name=asked.get("q", ""),
        role=asked.get("role", ""),
        group_id=group_id,
        standing=asked.get("standing", ""),
        state=asked.get("state", ""),
        joined_from=_day(asked, "from"),
        joined_before=_day_after(asked, "until"),
        seen=asked.get("seen", ""),
        step=asked.get("step", ""),
        rules=asked.get("rules", ""),
        domain=asked.get("domain", "").rpartition("@")[2],
        way="" if is_at_provider else way,
        language=asked.get("language", ""),
        seen_from=_day(asked, "seen_from"),
        seen_before=_day_after(asked, "seen_until"),
        choices={int(name.removeprefix(_FIELD)): key for name, key in asked.items() if name.startswith(_FIELD)},
        also=[providers.is_linked_with(way.removeprefix(_WITH))] if is_at_provider else (),
    )


def address(asked: Mapping[str, str], **more: str) -> str:
    """Where the list of these stands."""
    said = urlencode({**asked, **more})
    return f"/admin/members?{said}" if said else "/admin/members"


def groups() -> list[tuple[str, str]]:
    """Ids and names of the groups that can be filled."""
    return [(str(group.id), group.name) for group in queries.groups() if not group.is_builtin]


def usual_choices(groups: Sequence[tuple[str, str]]) -> Sequence[Choice]:
    """What is chosen most, besides a name."""
    return (
        (
            "state",
            _("State"),
            [
                ("active", _("takes part")),
                ("unconfirmed", _("address not confirmed")),
                ("waiting", _("waits for approval")),
                ("silenced", _("silenced")),
                ("banned", _("suspended or banned")),
                ("imported", _("imported")),
            ],
        ),
        (
            "role",
            _("Role"),
            [
                (queries.TEAM, _("anybody of the team")),
                ("moderator", _("Moderator")),
                ("product", _("Product team")),
                ("manager", _("Community manager")),
                ("admin", _("Administrator")),
            ],
        ),
        ("group", _("Group"), groups),
    )


def more_choices() -> Sequence[Choice]:
    """What else can be chosen."""
    known = [(f"{_WITH}{key}", name) for key, name in providers.provider_names(actor())]
    return (
        ("rules", _("Rules"), [("accepted", _("accepted")), ("owed", _("not accepted yet"))]),
        (
            "standing",
            _("Standing"),
            [
                ("new", _("New")),
                ("regular", _("Regular")),
                ("trusted", _("Trusted")),
                ("ambassador", _("Ambassador")),
            ],
        ),
        (
            "seen",
            _("Last seen"),
            [
                ("in-1", _("within a day")),
                ("in-7", _("within 7 days")),
                ("in-30", _("within 30 days")),
                ("not-7", _("not for 7 days")),
                ("not-30", _("not for 30 days")),
                ("never", _("not signed in anywhere")),
            ],
        ),
        ("way", _("Can sign in by"), [("password", _("Password")), ("passkey", _("Passkey")), *known]),
        ("step", _("Second step"), [("with", _("set up")), ("without", _("not set up"))]),
        ("language", _("Language"), [(one, name_of(one, actor().language)) for one in languages()]),
        *((f"{_FIELD}{field.id}", field.name, field.options) for field in queries.choice_fields(actor())),
    )
