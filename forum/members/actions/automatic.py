"""Groups that fill themselves: members belong to one by what is known of them, and leave it when that is no longer so.

What is known is the domain of their confirmed e-mail address, and what an OpenID provider says of them.
"""

from collections.abc import Collection, Iterable

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, select, tuple_

from forum.core import clock, jobs
from forum.core.database import db, insert
from forum.core.errors import Invalid
from forum.core.events import publish
from forum.members.events import GroupRequestAnswered, GroupsChanged
from forum.members.models import CLAIMED_GROUPS, GROUP_DOMAINS, GROUP_MEMBERS, GROUP_REQUESTS, MEMBERS

MOST_DOMAINS = 50


def check_domains(given: Iterable[str]) -> tuple[str, ...]:
    """The domains as addresses hold them, sorted. Raises Invalid beside the field `domains`."""
    domains = set()
    for one in given:
        try:
            checked = validate_email(f"name@{one.strip().removeprefix('@')}", check_deliverability=False)
        except EmailNotValidError as error:
            raise Invalid("domain-invalid", field="domains", domain=one[:80]) from error
        domains.add(_domain(checked.normalized))
    if len(domains) > MOST_DOMAINS:
        raise Invalid("domains-many", field="domains", limit=MOST_DOMAINS)
    return tuple(sorted(domains))


def _domain(email: str) -> str:
    """Not folded as keys are: `straße.de` and `strasse.de` belong to different people."""
    return email.rpartition("@")[2].lower()


def set_domains(group_id: int, domains: Collection[str]) -> None:
    """Whoever has an address of one of these domains belongs to the group; a job works that off for those who are
    here already."""
    db.session.execute(delete(GROUP_DOMAINS).where(GROUP_DOMAINS.c.group_id == group_id))
    if domains:
        rows = [{"group_id": group_id, "domain": domain} for domain in sorted(domains)]
        db.session.execute(insert(GROUP_DOMAINS), rows)
    fit_everybody(group_id)


def fit_everybody(group_id: int) -> None:
    """Asks for the job that puts into the group who belongs there, and takes out who no longer does."""
    asked_at = clock.now().isoformat()
    jobs.enqueue(
        "members.fit_group", unique_key=f"fit-group-{group_id}-{asked_at}", group_id=group_id, asked_at=asked_at
    )


def claim_groups(member_id: int, source: str, group_ids: Collection[int]) -> None:
    """From now on the word of `source` leads the member into exactly these groups; what others say of them stays."""
    former = (CLAIMED_GROUPS.c.member_id == member_id, CLAIMED_GROUPS.c.source == source)
    held = set(db.session.scalars(select(CLAIMED_GROUPS.c.group_id).where(*former)))
    if held != set(group_ids):
        db.session.execute(delete(CLAIMED_GROUPS).where(*former))
        rows = [{"member_id": member_id, "group_id": id, "source": source} for id in sorted(set(group_ids))]
        if rows:
            db.session.execute(insert(CLAIMED_GROUPS), rows)
        fit_to_groups([member_id])


def forget_source(source: str) -> None:
    """What this source said leads nobody anywhere any more; jobs work that off."""
    gone = delete(CLAIMED_GROUPS).where(CLAIMED_GROUPS.c.source == source).returning(CLAIMED_GROUPS.c.group_id)
    for group_id in sorted(set(db.session.scalars(gone))):
        fit_everybody(group_id)


def fit_to_groups(member_ids: Collection[int], group_id: int | None = None) -> None:
    """These members belong to the groups that their confirmed addresses, or others' words of them, lead into, and no
    longer to those where these have put them before; with `group_id`, this group alone. Who was put in by hand or
    joined stays.

    For whoever changes an address or its confirmation, in the same transaction. Holds the members' rows, so that a
    change of an address and one of a group's domains at the same moment see each other.
    """
    domains = {
        row.id: _domain(row.email) if row.email and row.email_key and row.confirmed_at else None
        for row in db.session.execute(
            select(MEMBERS.c.id, MEMBERS.c.email, MEMBERS.c.email_key, MEMBERS.c.confirmed_at)
            .where(MEMBERS.c.id.in_(member_ids))
            .order_by(MEMBERS.c.id)
            .with_for_update()
        )
    }
    groups_of: dict[str, list[int]] = {}
    of_domains = select(GROUP_DOMAINS).where(GROUP_DOMAINS.c.domain.in_({*domains.values()} - {None}))
    held = select(GROUP_MEMBERS.c.group_id, GROUP_MEMBERS.c.member_id).where(
        GROUP_MEMBERS.c.member_id.in_(domains), GROUP_MEMBERS.c.is_automatic
    )
    claimed = select(CLAIMED_GROUPS.c.group_id, CLAIMED_GROUPS.c.member_id).where(
        CLAIMED_GROUPS.c.member_id.in_(domains)
    )
    if group_id is not None:
        of_domains = of_domains.where(GROUP_DOMAINS.c.group_id == group_id)
        claimed = claimed.where(CLAIMED_GROUPS.c.group_id == group_id)
        held = held.where(GROUP_MEMBERS.c.group_id == group_id)
    for row in db.session.execute(of_domains):
        groups_of.setdefault(row.domain, []).append(row.group_id)
    wanted = {(group, id) for id, domain in domains.items() for group in groups_of.get(domain or "", ())}
    wanted |= {(row.group_id, row.member_id) for row in db.session.execute(claimed)}
    changed = _put_in(wanted) | _take_out({(row.group_id, row.member_id) for row in db.session.execute(held)} - wanted)
    for member_id in sorted(changed):
        publish(GroupsChanged(member_id))


_Pairs = set[tuple[int, int]]


def _put_in(pairs: _Pairs) -> set[int]:
    """Adds who doesn't belong yet, and answers what they have asked; returns those members."""
    if not pairs:
        return set()
    added = db.session.execute(
        insert(GROUP_MEMBERS)
        .values([{"group_id": group, "member_id": id, "is_automatic": True} for group, id in sorted(pairs)])
        .on_conflict_do_nothing()
        .returning(GROUP_MEMBERS.c.member_id)
    )
    members = set(added.scalars())
    asked = delete(GROUP_REQUESTS).where(tuple_(GROUP_REQUESTS.c.group_id, GROUP_REQUESTS.c.member_id).in_(pairs))
    for row in db.session.execute(asked.returning(*GROUP_REQUESTS.c)).all():
        publish(GroupRequestAnswered(row.id, row.group_id, row.member_id, is_accepted=True))
    return members


def _take_out(pairs: _Pairs) -> set[int]:
    if pairs:
        belongs = tuple_(GROUP_MEMBERS.c.group_id, GROUP_MEMBERS.c.member_id).in_(pairs)
        db.session.execute(delete(GROUP_MEMBERS).where(belongs))
    return {member_id for _group, member_id in pairs}
