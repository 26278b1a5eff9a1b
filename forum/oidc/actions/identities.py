"""Who is whom: recognised, joined, linked, unlinked. Groups and roles follow what the provider says each time."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from forum.access import decide, require
from forum.community.queries import current
from forum.community.registration import APPROVAL
from forum.core import clock, jobs
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db
from forum.core.errors import Conflict, Denied, Gone, Invalid, NotFound, Refused
from forum.core.logging import security
from forum.members import actions as members
from forum.members.actions.admission import Brought, request_admission
from forum.members.actions.names import is_name_taken
from forum.members.models import ROLES, Member
from forum.members.names import check_username, valid_username
from forum.members.policy import Entry
from forum.members.queries import get_member, groups_there, invitation_state
from forum.oidc.actions.sessions import end_sessions_of
from forum.oidc.claims import Person
from forum.oidc.models import AS_REGISTRATION, IDENTITIES, NEVER, Identity
from forum.oidc.queries import ProviderRow, is_address_taken, may_unlink, provider


def recognise(provider: ProviderRow, person: Person) -> Identity | None:
    """Who this is, if they have signed in by this provider before: what it says of their groups and roles holds from
    now on."""
    statement = select(Identity).where(Identity.provider_id == provider.id, Identity.subject == person.subject)
    identity = db.session.scalar(statement.with_for_update())
    if identity is None:
        return None
    identity.used_at, identity.label = clock.now(), person.label
    db.session.flush()
    _follow(provider, person, identity.member_id)
    return identity


def may_join(actor: Actor, provider: ProviderRow, person: Person, invitation: str = "") -> Refused | None:
    """Why no account is opened for this person, who may hold an invitation; None where one is."""
    if provider.creates == NEVER:
        return Denied("provider-opens-none", name=provider.name)
    if provider.creates == AS_REGISTRATION:
        registration = current().registration
        decision = decide(actor, "member.register", Entry(registration, person.email, is_invited=bool(invitation)))
        if not decision.ok:
            return Denied(decision.code)
        if not (person.email or invitation or registration.takes("")):
            return Denied("domain-not-taken")
    state = invitation_state(invitation) if invitation else "open"
    return None if state == "open" else Gone(f"invitation-{state}")


def create_account(
    actor: Actor,
    provider: ProviderRow,
    person: Person,
    *,
    username: str,
    language: str,
    time_zone: str,
    invitation: str = "",
) -> Identity:
    """A new account for somebody whom nobody here knows, by the name they have chosen; by an invitation it belongs to
    its group and waits for nobody.

    An address that the provider has confirmed counts as confirmed; any other is asked about by mail and claims nothing.
    Raises Denied where the provider opens no accounts, Gone for an invitation that holds no longer, Invalid beside
    `username`, Conflict for an address that belongs to an account: its owner signs in and links it.
    """
    refusal = may_join(actor, provider, person, invitation)
    if refusal is not None:
        raise refusal
    groups_there(person.group_ids)
    if person.is_email_confirmed and is_address_taken(person.email):
        raise Conflict("identity-has-account", name=provider.name)
    member = members.register(
        SYSTEM,
        username=check_username(username),
        email=person.email or None,
        password_hash=None,
        language=language,
        time_zone=time_zone,
        display_name=person.display_name,
        brought=Brought(invitation=invitation),
    )
    registration = current().registration
    if provider.creates == AS_REGISTRATION and registration.mode == APPROVAL and not invitation:
        request_admission(member, "", "")
    if person.is_email_confirmed:
        members.confirm(member.id)
    elif person.email:
        members.ask_for_confirmation(member)
    return _linked(provider, person, member.id)


def proposed_username(person: Person) -> str:
    """A user name like the one they have there, which nobody has here."""
    return valid_username(person.username or "member", _Taken())


class _Taken:
    """The keys of names that can't be taken, as `valid_username` asks for them."""

    def __contains__(self, key: object) -> bool:
        name = str(key)
        try:
            return is_name_taken(check_username(name))
        except Invalid:
            return True


def link(actor: Actor, provider: ProviderRow, person: Person) -> Identity:
    """From now on the actor signs in by this provider, too, and is told by mail. Raises Conflict for somebody whom
    another account knows by it."""
    require(actor, "identity.link")
    identity = _linked(provider, person, actor.member_id)
    _tell(identity.member_id, identity.id, provider, is_linked=True)
    return identity


def _linked(provider: ProviderRow, person: Person, member_id: int) -> Identity:
    now = clock.now()
    identity = Identity(
        provider_id=provider.id,
        subject=person.subject,
        member_id=member_id,
        label=person.label,
        linked_at=now,
        used_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(identity)
            db.session.flush()
    except IntegrityError as error:
        raise Conflict("identity-taken", name=provider.name) from error
    _follow(provider, person, member_id)
    return identity


def unlink(actor: Actor, identity_id: int, token: str) -> None:
    """The actor no longer signs in so: groups and roles that it led to go, and the sessions that began by it, but for
    the one with this token. Raises NotFound, Conflict for the last way in."""
    get_member(SYSTEM, actor.member_id, lock=True)  # of two at once the second sees what the first has left
    identity = db.session.scalar(select(Identity).where(Identity.id == identity_id).with_for_update())
    if identity is None:
        raise NotFound
    require(actor, "identity.unlink", identity)
    if not may_unlink(actor):
        raise Conflict("last-way-in")
    member_id, left = identity.member_id, provider(SYSTEM, identity.provider_id)
    end_sessions_of(select(IDENTITIES.c.id).where(IDENTITIES.c.id == identity_id), but=token)
    db.session.execute(delete(IDENTITIES).where(IDENTITIES.c.id == identity_id))
    members.claim_groups(member_id, left.source, [])
    _set_roles(left, member_id, [])
    _tell(member_id, identity_id, left, is_linked=False)


def _tell(member_id: int, identity_id: int, provider: ProviderRow, *, is_linked: bool) -> None:
    """Has the member told by mail."""
    jobs.enqueue(
        "members.mail_identity",
        member_id=member_id,
        identity_id=identity_id,
        provider=provider.name,
        is_linked=is_linked,
        happened_at=int(clock.now().timestamp()),
    )


def _follow(provider: ProviderRow, person: Person, member_id: int) -> None:
    """Groups and roles become what the provider says; roles that its map doesn't name stay. The last administrator
    stays one, and that is logged."""
    if provider.group_map or provider.groups_claim:
        members.claim_groups(member_id, provider.source, person.group_ids)
    _set_roles(provider, member_id, person.roles)


def _set_roles(provider: ProviderRow, member_id: int, roles: Sequence[str]) -> None:
    named = {role for _value, role in provider.role_map}
    if not named:
        return
    member: Member = get_member(SYSTEM, member_id, lock=True)
    held = set(db.session.scalars(select(ROLES.c.role).where(ROLES.c.member_id == member_id)))
    wanted = (held - named) | set(roles)
    try:
        members.set_roles(SYSTEM, member, wanted, reason=f"OpenID Connect: {provider.name}")
    except Conflict as error:
        security("provider-refused", member_id, "", what=error.code, provider=provider.key)
        members.set_roles(SYSTEM, member, wanted | {"admin"}, reason=f"OpenID Connect: {provider.name}")
