"""Groups that fill themselves: members belong to one by what is known of them, and leave it when that is no longer so.

What is known is the domain of their confirmed e-mail address, what is chosen in their profile, and what an OpenID
provider says of them.
"""

from collections.abc import Collection, Iterable

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, select, tuple_

from forum.core import clock, jobs
from forum.core.database import db, insert
from forum.core.errors import Invalid
from forum.core.events import publish
from forum.core.locale import SOURCE, text_in
from forum.members.events import GroupRequestAnswered, GroupsChanged
from forum.members.models import (
    CHOICE,
    CLAIMED_GROUPS,
    GROUP_CHOICES,
    GROUP_DOMAINS,
    GROUP_INVITES,
    GROUP_MEMBERS,
    GROUP_REQUESTS,
    PROFILE_FIELDS,
)
from forum.members.queries.automatic import Pairs, belongings_among, domain_of, led_into
from forum.members.queries.groups import groups_there

MOST_DOMAINS = 50


def check_domains(given: Iterable[str]) -> tuple[str, ...]:
    """The domains as addresses hold them, sorted. Raises Invalid beside the field `domains`."""
    domains = set()
    for one in given:
        try:
            checked = validate_email(f"name@{one.strip().removeprefix('@')}", check_deliverability=False)
        except EmailNotValidError as error:
            raise Invalid("domain-invalid", field="domains", domain=one[:80]) from error
        domains.add(domain_of(checked.normalized))
    if len(domains) > MOST_DOMAINS:
        raise Invalid("domains-many", field="domains", limit=MOST_DOMAINS)
    return tuple(sorted(domains))


def set_domains(group_id: int, domains: Collection[str]) -> None:
    """Whoever has an address of one of these domains belongs to the group, once `fit_everybody` is done."""
    db.session.execute(delete(GROUP_DOMAINS).where(GROUP_DOMAINS.c.group_id == group_id))
    if domains:
        rows = [{"group_id": group_id, "domain": domain} for domain in sorted(domains)]
        db.session.execute(insert(GROUP_DOMAINS), rows)


def words_of_choices(choices: Collection[tuple[int, str]]) -> dict[tuple[int, str], str]:
    """Those of these options that there are, in words (`Product: Drive`); their fields are held, so that none of them
    goes meanwhile."""
    if not choices:
        return {}
    fields = select(PROFILE_FIELDS).where(
        PROFILE_FIELDS.c.id.in_({id for id, _key in choices}), PROFILE_FIELDS.c.kind == CHOICE
    )
    found = {
        (field.id, str(option["key"])): f"{text_in(field.name, SOURCE)}: {text_in(option['name'], SOURCE)}"
        for field in db.session.execute(fields.order_by(PROFILE_FIELDS.c.id).with_for_update(read=True))
        for option in field.options
    }
    return {one: found[one] for one in sorted(choices) if one in found}


def set_choices(group_id: int, choices: Collection[tuple[int, str]]) -> None:
    """Whoever has one of these options, each with the id of its field, belongs to the group, once `fit_everybody` is
    done."""
    db.session.execute(delete(GROUP_CHOICES).where(GROUP_CHOICES.c.group_id == group_id))
    if choices:
        rows = [{"group_id": group_id, "field_id": field_id, "choice": key} for field_id, key in sorted(choices)]
        db.session.execute(insert(GROUP_CHOICES), rows)


def forget_choices(field_id: int, kept: Collection[str] = ()) -> None:
    """The options of this field, but for those kept, lead nobody anywhere any more; jobs work that off."""
    gone = delete(GROUP_CHOICES).where(GROUP_CHOICES.c.field_id == field_id, GROUP_CHOICES.c.choice.not_in(kept))
    for group_id in sorted(set(db.session.scalars(gone.returning(GROUP_CHOICES.c.group_id)))):
        fit_everybody(group_id)


def fit_everybody(group_id: int) -> None:
    """Asks for the job that puts into the group who belongs there, and takes out who no longer does."""
    asked_at = clock.now().isoformat()
    jobs.enqueue(
        "members.fit_group", unique_key=f"fit-group-{group_id}-{asked_at}", group_id=group_id, asked_at=asked_at
    )


def claim_groups(member_id: int, source: str, group_ids: Collection[int]) -> None:
    """From now on the word of `source` leads the member into exactly those of these groups that there are; what others
    say of them stays."""
    former = (CLAIMED_GROUPS.c.member_id == member_id, CLAIMED_GROUPS.c.source == source)
    held = set(db.session.scalars(select(CLAIMED_GROUPS.c.group_id).where(*former)))
    if held != set(group_ids):
        there = groups_there(set(group_ids))
        db.session.execute(delete(CLAIMED_GROUPS).where(*former))
        rows = [{"member_id": member_id, "group_id": id, "source": source} for id in sorted(there)]
        if rows:
            db.session.execute(insert(CLAIMED_GROUPS), rows)
        fit_to_groups([member_id])


def forget_source(source: str) -> None:
    """What this source said leads nobody anywhere any more; jobs work that off."""
    gone = delete(CLAIMED_GROUPS).where(CLAIMED_GROUPS.c.source == source).returning(CLAIMED_GROUPS.c.group_id)
    for group_id in sorted(set(db.session.scalars(gone))):
        fit_everybody(group_id)


def fit_to_groups(member_ids: Collection[int], group_id: int | None = None) -> None:
    """These members belong to the groups that their confirmed addresses, their profiles, or others' words of them, lead
    into, and no longer to those where these have put them before; with `group_id`, this group alone. Who was put in by
    hand or joined stays.

    For whoever changes an address, its confirmation or a choice, in the same transaction and after it: holds the
    members' rows, so that such a change and one of a group's rule at the same moment see each other. It waits for no
    group: whom one that is changed or deleted at this moment would take in is left to a job.

    The audit log has no entry of it: nobody decided on this member. What was decided is there, the group's rule or what
    the team has said of the member.
    """
    if group_id is not None and not groups_there({group_id}):
        return
    wanted = led_into(member_ids, group_id, lock=True)
    held = belongings_among(member_ids, group_id, is_automatic=True)
    missing = wanted - held
    led = {group for group, _member in missing}
    there = groups_there(led, is_in_haste=True)
    for one in sorted(led - there):
        fit_everybody(one)
    fitting = {pair for pair in missing if pair[0] in there}
    for member_id in sorted(_put_in(fitting) | _take_out(held - wanted)):
        publish(GroupsChanged(member_id))


def _put_in(pairs: Pairs) -> set[int]:
    """Adds who doesn't belong yet, answers what they have asked and asks nobody in any more; returns those members."""
    if not pairs:
        return set()
    added = db.session.execute(
        insert(GROUP_MEMBERS)
        .values([{"group_id": group, "member_id": id, "is_automatic": True} for group, id in sorted(pairs)])
        .on_conflict_do_nothing()
        .returning(GROUP_MEMBERS.c.member_id)
    )
    members = set(added.scalars())
    invited = tuple_(GROUP_INVITES.c.group_id, GROUP_INVITES.c.member_id).in_(pairs)
    db.session.execute(delete(GROUP_INVITES).where(invited))
    asked = delete(GROUP_REQUESTS).where(tuple_(GROUP_REQUESTS.c.group_id, GROUP_REQUESTS.c.member_id).in_(pairs))
    for row in db.session.execute(asked.returning(*GROUP_REQUESTS.c)).all():
        publish(GroupRequestAnswered(row.id, row.group_id, row.member_id, is_accepted=True))
    return members


def _take_out(pairs: Pairs) -> set[int]:
    if pairs:
        belongs = tuple_(GROUP_MEMBERS.c.group_id, GROUP_MEMBERS.c.member_id).in_(pairs)
        db.session.execute(delete(GROUP_MEMBERS).where(belongs))
    return {member_id for _group, member_id in pairs}
