"""Taking a case and giving it back."""

from sqlalchemy import or_, select, update

from forum.access import require
from forum.core import audit, clock
from forum.core.actor import Actor
from forum.core.database import db
from forum.core.errors import Conflict
from forum.members.models import MEMBERS
from forum.moderation.models import CASES, OPEN
from forum.moderation.queries.rows import CaseRow


def claim(actor: Actor, case: CaseRow) -> None:
    """The actor has the case from now on; having it already changes nothing.

    Of two who try at once one succeeds. Raises Conflict: `case-claimed` with the name of who has it, `case-decided`.
    """
    require(actor, "case.claim", case)
    free = or_(CASES.c.owner_id.is_(None), CASES.c.owner_id == actor.member_id)
    taken = db.session.execute(
        update(CASES)
        .where(CASES.c.id == case.id, CASES.c.state == OPEN, free)
        .values(owner_id=actor.member_id, claimed_at=clock.now())
        .returning(CASES.c.id)
    ).first()
    if taken is None:
        raise lost(case.id)
    if case.owner_id != actor.id:
        audit.record(actor, "case.claim", ("case", case.id), before={"owner": case.owner_id}, after={"owner": actor.id})


def lost(case_id: int) -> Conflict:
    """Why a case could not be taken: somebody else has it, or it is decided."""
    row = db.session.execute(
        select(CASES.c.state, MEMBERS.c.display_name)
        .select_from(CASES.outerjoin(MEMBERS, MEMBERS.c.id == CASES.c.owner_id))
        .where(CASES.c.id == case_id)
    ).one()
    return Conflict("case-claimed", name=row.display_name or "") if row.state == OPEN else Conflict("case-decided")


def release(actor: Actor, case: CaseRow) -> None:
    """The case is free again; a free one stays free."""
    if case.owner_id is None and case.is_open:
        require(actor, "case.see", case)
        return
    require(actor, "case.release", case)
    db.session.execute(
        update(CASES).where(CASES.c.id == case.id, CASES.c.state == OPEN).values(owner_id=None, claimed_at=None)
    )
    audit.record(actor, "case.release", ("case", case.id), before={"owner": case.owner_id}, after={"owner": None})
