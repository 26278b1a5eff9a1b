"""Publishing rules and accepting them."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from forum.access import require
from forum.community.actions import bind_rulebook, bump_epoch
from forum.core import audit, clock, jobs
from forum.core.actor import Actor
from forum.core.database import db, insert
from forum.core.errors import Conflict, Invalid, NotFound
from forum.core.events import publish as tell
from forum.members import actions as members
from forum.members.actions.admission import NOTHING, Brought
from forum.members.models import Member
from forum.rules import queries
from forum.rules.draft import RulebookDraft
from forum.rules.events import RulebookPublished, RulesAccepted
from forum.rules.models import ACCEPTANCES, RULEBOOKS, Rule, Rulebook


def publish(actor: Actor, draft: RulebookDraft) -> Rulebook:
    """The next version. It comes into force at its time; a material one then binds.

    Raises Invalid for a time before that of an earlier version, Conflict when somebody else publishes one at the same
    moment, Denied.
    """
    require(actor, "rulebook.publish")
    now = clock.now()
    effective_at = draft.effective_at or now
    newest, latest = _newest()
    if latest is not None and effective_at < latest:
        raise Invalid("rules-before-earlier", field="effective_at")
    version = newest + 1
    book = Rulebook(
        version=version,
        label=draft.label or str(version),
        effective_at=effective_at,
        published_at=now,
        is_material=draft.is_material,
        note=draft.note,
        sha256=draft.sha256,
    )
    try:
        with db.session.begin_nested():
            db.session.add(book)
            db.session.flush()
    except IntegrityError as error:
        raise Conflict("rules-published-meanwhile") from error
    db.session.add_all(
        Rule(
            rulebook_id=book.id,
            number=rule.number,
            title=rule.title,
            text=rule.text,
            html=rule.html,
            severity=rule.severity,
        )
        for rule in draft.rules
    )
    db.session.flush()
    audit.record(
        actor,
        "rulebook.publish",
        ("rulebook", book.id),
        before={"version": newest} if newest else None,
        after={
            "version": version,
            "sha256": book.sha256,
            "material": book.is_material,
            "effective_at": effective_at.isoformat(),
        },
    )
    tell(RulebookPublished(book.id))
    if effective_at <= now:
        come_into_force(book)
    else:
        bump_epoch()
        jobs.enqueue("rules.take_effect", at=effective_at, unique_key=f"rulebook-{book.id}", rulebook_id=book.id)
    return book


def _newest() -> tuple[int, datetime | None]:
    """The highest version there is, and the latest time at which one comes into force."""
    row = db.session.execute(select(func.max(RULEBOOKS.c.version), func.max(RULEBOOKS.c.effective_at))).one()
    return row[0] or 0, row[1]


def come_into_force(book: Rulebook) -> None:
    """What follows when a version's time has come: a material one binds; pages show it."""
    if book.is_material:
        bind_rulebook(book.version)
    else:
        bump_epoch()


def accept(actor: Actor, rulebook_id: int, sha256: str) -> None:
    """The actor accepts the version in force, which was shown with this hash; a repeat changes nothing.

    Raises Conflict when another version has come into force meanwhile.
    """
    require(actor, "rulebook.accept")
    _accept(actor.member_id, rulebook_id, sha256)


def _accept(member_id: int, rulebook_id: int, sha256: str) -> None:
    book = queries.current()
    if book is None:
        raise NotFound
    if book.head.id != rulebook_id or book.head.sha256 != sha256:
        raise Conflict("rules-changed")
    row = {"member_id": member_id, "rulebook_id": rulebook_id, "sha256": sha256, "accepted_at": clock.now()}
    added = db.session.execute(
        insert(ACCEPTANCES).values(row).on_conflict_do_nothing().returning(ACCEPTANCES.c.member_id)
    ).first()
    members.note_acceptance(member_id, book.head.version)
    if added is not None:
        tell(RulesAccepted(member_id, rulebook_id))


def join(
    actor: Actor,
    *,
    username: str,
    email: str,
    password_hash: str,
    language: str,
    time_zone: str,
    accepted: tuple[int, str] | None,
    brought: Brought = NOTHING,
) -> Member:
    """Registration with acceptance (of the version with this id and hash), all or nothing; without any rules in force
    there is nothing to accept.

    Raises Invalid beside a field, Conflict when the rules changed while the form was open.
    """
    member = members.register(
        actor,
        username=username,
        email=email,
        password_hash=password_hash,
        language=language,
        time_zone=time_zone,
        brought=brought,
    )
    accept_on_joining(member.id, accepted)
    return member


def accept_on_joining(member_id: int, accepted: tuple[int, str] | None) -> None:
    """Whoever joins accepts the version in force (id and hash, as it was shown), in the transaction in which they do;
    without any rules there is nothing to accept. Raises Conflict when the rules changed while the form was open."""
    if accepted is not None:
        _accept(member_id, *accepted)
    elif queries.current() is not None:
        raise Conflict("rules-changed")
