"""Whom the team lets in: requests to join, approved or refused."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from forum import text
from forum.access import require
from forum.community.actions import bump_people_epoch
from forum.community.registration import APPROVAL, Registration
from forum.core import audit, clock, jobs
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Conflict, Invalid
from forum.core.events import publish
from forum.core.locale import text_in
from forum.members.actions.automatic import fit_to_groups
from forum.members.actions.names import renew_names
from forum.members.actions.sessions import end_sessions
from forum.members.actions.state import ban
from forum.members.events import MemberConfirmed
from forum.members.models import JOIN_REQUESTS, MEMBERS, Member

ANSWER_LENGTH = 1000
REASON_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody who joins brings along: the answer to the team's question, the token of an invitation, and whether
    something speaks against their being a program; else the team looks."""

    answer: str = ""
    invitation: str = ""
    has_proof: bool = True


NOTHING = Brought()


def check_answer(registration: Registration, answer: str, language: str) -> tuple[str, str] | None:
    """The question in this language and the answer, as they are kept; None where the team isn't asked. Raises Invalid
    beside the field `answer`."""
    if registration.mode != APPROVAL:
        return None
    question = text_in(dict(registration.question), language)
    said = text.clean_body(answer).text if question else ""
    if question and not said:
        raise Invalid("required", field="answer")
    if len(said) > ANSWER_LENGTH:
        raise Invalid("too-long", field="answer", limit=ANSWER_LENGTH)
    return question, said


def request_admission(member: Member, question: str, answer: str, *, has_proof: bool = True) -> None:
    """The new account waits for the team's approval; they see it as soon as its address is confirmed."""
    row = {"member_id": member.id, "question": question, "answer": answer, "is_unproved": not has_proof}
    db.session.execute(insert(JOIN_REQUESTS).values(**row))


def await_address(member: Member) -> None:
    """The team no longer sees the member's request, until the address, which is another one now, is confirmed."""
    db.session.execute(update(JOIN_REQUESTS).where(JOIN_REQUESTS.c.member_id == member.id).values(confirmed_at=None))


def complete(member: Member) -> None:
    """The account is one of the community from now on. Where the team's approval is missing still, they are asked for
    it instead."""
    asked = (
        update(JOIN_REQUESTS)
        .where(JOIN_REQUESTS.c.member_id == member.id, JOIN_REQUESTS.c.confirmed_at.is_(None))
        .values(confirmed_at=clock.now())
    )
    db.session.execute(asked)
    if db.session.scalar(select(JOIN_REQUESTS.c.member_id).where(JOIN_REQUESTS.c.member_id == member.id)) is not None:
        return
    member.confirmed_at = clock.now()
    db.session.flush()
    renew_names(member)
    fit_to_groups([member.id])
    publish(MemberConfirmed(member.id))
    bump_people_epoch()


def approve(actor: Actor, member_id: int) -> Member:
    """Lets somebody in who has asked; the answer to the question is kept no longer, and a mail tells them. Raises
    Conflict when that was decided already."""
    require(actor, "member.admit")
    member = _decided(member_id)
    complete(member)
    states = [{"name": member.username, "approved": is_approved} for is_approved in (False, True)]
    audit.record(actor, "member.approve", ("member", member.id), before=states[0], after=states[1])
    jobs.enqueue("members.mail_approval", member_id=member.id, decided_at=int(clock.now().timestamp()))
    return member


def refuse(actor: Actor, member_id: int, reason: str) -> None:
    """Doesn't let somebody in; a mail tells them the reason.

    The account is removed with all that it kept for itself, such as drafts. One that something of others hangs on, such
    as a report about it, stays without address and password, is seen nowhere, and is banned. Raises Invalid beside the
    field `reason`, Conflict when that was decided already.
    """
    require(actor, "member.admit")
    said = text.clean_body(reason).text
    if not said:
        raise Invalid("reason-required", field="reason")
    if len(said) > REASON_LENGTH:
        raise Invalid("too-long", field="reason", limit=REASON_LENGTH)
    member = _decided(member_id)
    jobs.enqueue(
        "members.mail_refusal",
        member_id=member.id,
        email=member.email,
        display_name=member.display_name,
        username=member.username,
        language=member.language,
        reason=said,
    )
    audit.record(actor, "member.refuse", ("member", member.id), before={"name": member.username}, reason=said)
    try:
        with db.session.begin_nested():
            db.session.execute(delete(Member).where(Member.id == member.id))
    except IntegrityError:
        nothing = {"email": None, "email_key": None, "password_hash": None}
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == member_id).values(**nothing))
        end_sessions(member_id, None)
        ban(actor, member_id)


def _decided(member_id: int) -> Member:
    """Takes a request that the team sees out of the list. Raises Conflict for one that isn't there any more."""
    member = db.session.scalar(select(Member).where(Member.id == member_id).with_for_update())
    seen = (JOIN_REQUESTS.c.member_id == member_id, JOIN_REQUESTS.c.confirmed_at.is_not(None))
    gone = db.session.execute(delete(JOIN_REQUESTS).where(*seen).returning(JOIN_REQUESTS.c.member_id)).first()
    if member is None or gone is None:
        raise Conflict("request-decided")
    return member
