"""Taking the second step of signing in away from a member who has lost it, under /admin."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.core import audit, clock, jobs
from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.members import queries
from forum.members.models import SIGN_INS
from tests.factories import mail
from tests.factories.members import PASSWORD, a_member
from tests.factories.passkeys import a_passkey
from tests.factories.two_factor import switched_on
from tests.factories.visitor import Visitor, read, words


@pytest.fixture
def boss(app: Flask) -> Visitor:
    return Visitor(app, a_member("boss", roles=("admin",)))


@pytest.fixture
def petra(app: Flask) -> Actor:
    petra = a_member("petra")
    switched_on(petra)
    a_passkey(petra, "Her phone")
    return petra


def place(member: Actor) -> str:
    return f"/admin/members/{member.id}/two-factor"


def has_step(member: Actor) -> bool:
    return queries.has_two_factor(member.member_id) or queries.has_passkey(member.member_id)


def test_the_page_before_says_what_it_does_and_the_act_is_recorded_and_told(
    app: Flask, boss: Visitor, petra: Actor
) -> None:
    link = read(boss.get(f"/admin/members/{petra.id}")).select_one(f"a[href='{place(petra)}']")
    assert link is not None
    before = words(boss.get(place(petra)))
    assert "the password alone" in before
    assert "They are told by e-mail" in before
    assert has_step(petra), "looking does nothing"
    jobs.work("test")
    mail.forget(app)
    assert boss.post(place(petra)).status_code == 303
    assert not has_step(petra)
    entry = db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.act, entry.actor_name) == ("member.reset-two-factor", "boss")
    assert entry.before == {"two_factor": True, "passkeys": ["Her phone"]}
    assert entry.after == {"two_factor": False, "passkeys": []}
    jobs.work("test")
    letters = "".join(mail.plain(one) for one in mail.kept(app))
    assert "the password alone opens your account" in letters
    assert "Her phone" in letters


def test_nothing_to_reset_is_said(boss: Visitor) -> None:
    anna = a_member("anna")
    assert read(boss.get(f"/admin/members/{anna.id}")).select_one(f"a[href='{place(anna)}']") is None
    assert "anna has no second step." in words(boss.get(place(anna)))
    boss.post(place(anna))
    assert "anna has no second step." in words(boss.get(f"/admin/members/{anna.id}"))


def test_it_asks_for_a_fresh_proof(boss: Visitor, petra: Actor) -> None:
    with transaction():
        db.session.execute(update(SIGN_INS).values(proved_at=clock.now() - timedelta(hours=1)))
    assert boss.post(place(petra)).status_code == 403
    assert has_step(petra)
    assert boss.post(place(petra), proof_password=PASSWORD).status_code == 303
    assert not has_step(petra)


def test_administrators_alone_do_it_and_never_for_themselves(app: Flask, petra: Actor) -> None:
    sara = Visitor(app, a_member("sara", roles=("manager",)))
    assert read(sara.get(f"/admin/members/{petra.id}")).select_one(f"a[href='{place(petra)}']") is None
    assert sara.get(place(petra)).status_code == sara.post(place(petra)).status_code == 403
    assert has_step(petra)
    kim = a_member("kim", roles=("admin",))
    a_passkey(kim)
    hers = Visitor(app, kim)
    assert hers.get(place(kim)).status_code == hers.post(place(kim)).status_code == 409
    assert has_step(kim)
