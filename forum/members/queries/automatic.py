"""Who belongs to groups that fill themselves, and by what: the domain of a confirmed address, what the profile of a
confirmed account says, an OpenID provider's word."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Select, and_, exists, not_, or_, select

from forum.access import require
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.locale import text_in
from forum.members.models import (
    CHOICE,
    CLAIMED_GROUPS,
    GROUP_CHOICES,
    GROUP_DOMAINS,
    GROUP_MEMBERS,
    GROUPS,
    MEMBERS,
    OPEN,
    PROFILE_FIELDS,
    PROFILE_VALUES,
)

Pairs = set[tuple[int, int]]
"""Group and member."""

FILLS_ITSELF = exists().where(GROUP_DOMAINS.c.group_id == GROUPS.c.id) | exists().where(
    GROUP_CHOICES.c.group_id == GROUPS.c.id
)
"""Rows of GROUPS that fill themselves by what this installation knows; others may do so by a provider's word."""

LETS_ANYBODY_IN = or_(
    GROUPS.c.way_in == OPEN,
    exists().where(
        GROUP_CHOICES.c.group_id == GROUPS.c.id,
        PROFILE_FIELDS.c.id == GROUP_CHOICES.c.field_id,
        not_(PROFILE_FIELDS.c.is_by_team),
    ),
)
"""Rows of GROUPS that members get into by themselves: by joining, or by what they say in a field of their profile."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why somebody belongs to a group that fills itself: by the domain of their address, by what a provider says, or by
    what their profile says, with the words of field and option."""

    by: Literal["address", "provider", "profile"]
    field: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """A field by which groups can fill themselves, in the reader's language; options with their keys."""

    id: int
    name: str
    is_by_team: bool
    options: Sequence[tuple[str, str]]


def domain_of(email: str) -> str:
    """Not folded as keys are: `straße.de` and `strasse.de` belong to different people."""
    return email.rpartition("@")[2].lower()


def led_into(member_ids: Collection[int], group_id: int | None = None, *, lock: bool = False) -> Pairs:
    """Which groups that fill themselves these members are led into; with `group_id`, whether into this one. With `lock`
    their rows are held, so that a change of a member and one of a group's rule at the same moment see each other."""
    mine = select(MEMBERS.c.id, MEMBERS.c.email, MEMBERS.c.email_key, MEMBERS.c.confirmed_at).where(
        MEMBERS.c.id.in_(member_ids)
    )
    rows = db.session.execute(mine.order_by(MEMBERS.c.id).with_for_update() if lock else mine).all()
    confirmed = [row for row in rows if row.confirmed_at]
    domains = {row.id: domain_of(row.email) for row in confirmed if row.email and row.email_key}
    of_domains = select(GROUP_DOMAINS.c.group_id, GROUP_DOMAINS.c.domain).where(
        GROUP_DOMAINS.c.domain.in_(set(domains.values()))
    )
    of_choices = _CHOSEN.where(PROFILE_VALUES.c.member_id.in_([row.id for row in confirmed]))
    of_claims = select(CLAIMED_GROUPS.c.group_id, CLAIMED_GROUPS.c.member_id).where(
        CLAIMED_GROUPS.c.member_id.in_([row.id for row in rows])
    )
    if group_id is not None:
        of_domains = of_domains.where(GROUP_DOMAINS.c.group_id == group_id)
        of_choices = of_choices.where(GROUP_CHOICES.c.group_id == group_id)
        of_claims = of_claims.where(CLAIMED_GROUPS.c.group_id == group_id)
    groups_of: dict[str, list[int]] = {}
    for row in db.session.execute(of_domains):
        groups_of.setdefault(row.domain, []).append(row.group_id)
    by_domain = {(group, id) for id, domain in domains.items() for group in groups_of.get(domain, ())}
    return by_domain | _pairs(of_choices) | _pairs(of_claims)


_CHOSEN = select(GROUP_CHOICES.c.group_id, PROFILE_VALUES.c.member_id).join(
    PROFILE_VALUES,
    and_(PROFILE_VALUES.c.field_id == GROUP_CHOICES.c.field_id, PROFILE_VALUES.c.value == GROUP_CHOICES.c.choice),
)


def _pairs(statement: Select[Any]) -> Pairs:
    return {(row.group_id, row.member_id) for row in db.session.execute(statement)}


def belongings_among(
    member_ids: Collection[int], group_id: int | None = None, *, is_automatic: bool | None = None
) -> Pairs:
    """Which groups these members belong to; with `is_automatic`, only so."""
    held = select(GROUP_MEMBERS.c.group_id, GROUP_MEMBERS.c.member_id).where(GROUP_MEMBERS.c.member_id.in_(member_ids))
    if group_id is not None:
        held = held.where(GROUP_MEMBERS.c.group_id == group_id)
    if is_automatic is not None:
        held = held.where(GROUP_MEMBERS.c.is_automatic.is_(is_automatic))
    return _pairs(held)


def why_in(actor: Actor, group_id: int) -> Sequence[Why]:
    """What leads the actor into a group that fills itself, in their language; three statements."""
    member_id = actor.member_id
    email = db.session.scalar(select(MEMBERS.c.email).where(MEMBERS.c.id == member_id)) or ""
    by_domain = exists().where(GROUP_DOMAINS.c.group_id == group_id, GROUP_DOMAINS.c.domain == domain_of(email))
    by_word = exists().where(CLAIMED_GROUPS.c.group_id == group_id, CLAIMED_GROUPS.c.member_id == member_id)
    address, word = db.session.execute(select(by_domain, by_word)).one()
    chosen = (
        select(PROFILE_FIELDS.c.name, PROFILE_FIELDS.c.options, PROFILE_VALUES.c.value)
        .join(PROFILE_VALUES, PROFILE_VALUES.c.field_id == PROFILE_FIELDS.c.id)
        .join(
            GROUP_CHOICES,
            and_(GROUP_CHOICES.c.field_id == PROFILE_FIELDS.c.id, GROUP_CHOICES.c.choice == PROFILE_VALUES.c.value),
        )
        .where(PROFILE_VALUES.c.member_id == member_id, GROUP_CHOICES.c.group_id == group_id)
        .order_by(PROFILE_FIELDS.c.position, PROFILE_FIELDS.c.id)
    )
    found = [Why("address")] if address else []
    for row in db.session.execute(chosen):
        words: Any = next((option["name"] for option in row.options if str(option["key"]) == row.value), {})
        found.append(Why("profile", text_in(row.name, actor.language), text_in(words, actor.language)))
    return [*found, Why("provider")] if word else found


def choice_fields(actor: Actor) -> Sequence[ChoiceField]:
    """The fields by which groups can fill themselves."""
    require(actor, "group.manage")
    rows = db.session.execute(
        select(PROFILE_FIELDS.c.id, PROFILE_FIELDS.c.name, PROFILE_FIELDS.c.is_by_team, PROFILE_FIELDS.c.options)
        .where(PROFILE_FIELDS.c.kind == CHOICE)
        .order_by(PROFILE_FIELDS.c.position, PROFILE_FIELDS.c.id)
    )
    return [
        ChoiceField(
            row.id,
            text_in(row.name, actor.language),
            row.is_by_team,
            [(str(option["key"]), text_in(option["name"], actor.language)) for option in row.options],
        )
        for row in rows
    ]


def choices_of(actor: Actor, group_id: int) -> Sequence[tuple[int, str]]:
    """Field and option of what leads members into a group."""
    require(actor, "group.manage")
    statement = select(GROUP_CHOICES.c.field_id, GROUP_CHOICES.c.choice).where(GROUP_CHOICES.c.group_id == group_id)
    return [(row.field_id, row.choice) for row in db.session.execute(statement.order_by(*GROUP_CHOICES.c))]


def domains_of(actor: Actor, group_id: int) -> Sequence[str]:
    """The domains of addresses whose owners belong to a group, from A to Z."""
    require(actor, "group.manage")
    domains = select(GROUP_DOMAINS.c.domain).where(GROUP_DOMAINS.c.group_id == group_id)
    return db.session.scalars(domains.order_by(GROUP_DOMAINS.c.domain)).all()


def groups_filled_by(actor: Actor, field_id: int) -> Sequence[tuple[int, str]]:
    """Id and name of the groups that fill themselves by this field."""
    require(actor, "group.manage")
    named = select(GROUP_CHOICES.c.group_id).where(GROUP_CHOICES.c.field_id == field_id)
    rows = db.session.execute(select(GROUPS.c.id, GROUPS.c.name).where(GROUPS.c.id.in_(named)).order_by(GROUPS.c.name))
    return [(row.id, row.name) for row in rows]
