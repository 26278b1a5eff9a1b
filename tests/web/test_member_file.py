"""One member's whole file: the team's notes, devices, what the desk knows, the audit log."""

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from forum.community.queries import audit_log, audit_of
from forum.core import audit
from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.members import queries
from forum.members.models import NOTES, Member
from tests.factories.members import a_member
from tests.factories.moderation import a_decision, a_report
from tests.factories.rules import a_rulebook
from tests.factories.threads import category, thread
from tests.factories.visitor import Visitor, read, words

WORDS = "Called twice about the fork; is a dealer in Graz."


@pytest.fixture
def sara(app: Flask) -> Visitor:
    return Visitor(app, a_member("sara", roles=("manager",)))


@pytest.fixture
def petra(app: Flask) -> Actor:
    return a_member("petra")


def place(member: Actor) -> str:
    return f"/admin/members/{member.id}"


def note_of(sara: Visitor, member: Actor) -> str:
    link = read(sara.get(place(member))).select_one("#notes a[href*='/notes/']")
    assert link is not None
    return str(link["href"])


def entries() -> list[audit.AuditEntry]:
    db.session.rollback()
    return list(db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id)))


def test_a_note_is_written_changed_and_deleted_and_the_log_keeps_that_but_not_its_words(
    sara: Visitor, petra: Actor
) -> None:
    assert sara.post(f"{place(petra)}/notes", body=WORDS).status_code == 303
    shown = words(sara.get(place(petra)))
    assert WORDS in shown
    address = note_of(sara, petra)
    form = read(sara.get(address)).select_one("#note-form")
    assert form is not None
    seen = form.select_one("[name=seen]")["value"]  # type: ignore[index]
    assert sara.post(address, body="Is no dealer.", seen=str(seen)).status_code == 303
    shown = words(sara.get(place(petra)))
    assert "Is no dealer." in shown
    assert "changed" in shown
    assert sara.post(f"{address}/delete").status_code == 303
    assert "Is no dealer." not in words(sara.get(place(petra)))
    mine = [one for one in entries() if one.act.startswith("note.")]
    assert [one.act for one in mine] == ["note.write", "note.change", "note.delete"]
    assert {(one.target_kind, one.target_id, one.actor_name) for one in mine} == {("member", petra.id, "sara")}
    assert not any("dealer" in str((one.before, one.after, one.reason)) for one in mine)


def test_notes_go_with_the_account_of_the_member_and_stay_without_that_of_the_author(
    app: Flask, sara: Visitor, petra: Actor
) -> None:
    boss = Visitor(app, a_member("boss", roles=("admin",)))
    sara.post(f"{place(petra)}/notes", body=WORDS)
    with transaction():
        db.session.execute(delete(Member).where(Member.username == "sara"))
    assert "Former member" in words(boss.get(place(petra)))
    with transaction():
        db.session.execute(delete(Member).where(Member.id == petra.id))
    assert db.session.scalar(select(func.count()).select_from(NOTES)) == 0


def test_only_the_author_and_administrators_change_a_note(app: Flask, sara: Visitor, petra: Actor) -> None:
    sara.post(f"{place(petra)}/notes", body=WORDS)
    address = note_of(sara, petra)
    other = Visitor(app, a_member("tom", roles=("manager",)))
    assert WORDS in words(other.get(place(petra)))
    assert other.get(address).status_code == 403
    assert other.post(f"{address}/delete").status_code == 403
    assert Visitor(app, a_member("mod", roles=("moderator",))).get(address).status_code == 403
    assert Visitor(app, a_member("boss", roles=("admin",))).post(f"{address}/delete").status_code == 303


def test_nobody_reads_what_is_noted_about_themselves(app: Flask, sara: Visitor) -> None:
    tom = a_member("tom", roles=("manager",))
    sara.post(f"{place(tom)}/notes", body=WORDS)
    himself = Visitor(app, tom)
    assert WORDS not in himself.get(place(tom)).text
    assert himself.post(f"{place(tom)}/notes", body="I am fine.").status_code == 403
    reader = queries.actor_of(tom.member_id)
    assert "note.write" in [one.act for one in entries()]
    listed = [*audit_log(reader).rows, *audit_of(reader, "member", tom.member_id)]
    assert "note.write" not in [row.act for row in listed]
    number = db.session.scalar(select(NOTES.c.id))
    there, nowhere = (himself.get(f"{place(tom)}/notes/{one}").status_code for one in (number, 999_999))
    assert there == nowhere == 404


def test_of_two_who_change_a_note_the_second_sees_both_wordings(app: Flask, sara: Visitor, petra: Actor) -> None:
    sara.post(f"{place(petra)}/notes", body=WORDS)
    address = note_of(sara, petra)
    boss = Visitor(app, a_member("boss", roles=("admin",)))
    seen = str(read(sara.get(address)).select_one("#note-form [name=seen]")["value"])  # type: ignore[index]
    assert boss.post(address, body="From the boss.", seen=seen).status_code == 303
    refused = sara.post(address, body="From Sara.", seen=seen)
    assert refused.status_code == 409
    assert "From the boss." in refused.text
    assert "From Sara." in refused.text
    seen = str(read(refused).select_one("#note-form [name=seen]")["value"])  # type: ignore[index]
    assert sara.post(address, body="From Sara.", seen=seen).status_code == 303


@pytest.mark.parametrize("body", ["", "   \n", "x" * 4_001])
def test_a_note_of_no_use_is_refused_with_what_was_typed(sara: Visitor, petra: Actor, body: str) -> None:
    refused = sara.post(f"{place(petra)}/notes", body=body)
    assert refused.status_code == 400
    assert body.strip() in refused.text


def test_a_note_that_is_sent_twice_stands_there_once(sara: Visitor, petra: Actor) -> None:
    for _time in range(2):
        assert sara.post(f"{place(petra)}/notes", body=WORDS).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(NOTES)) == 1


def test_what_a_note_says_is_shown_as_text(sara: Visitor, petra: Actor) -> None:
    sara.post(f"{place(petra)}/notes", body="<script>alert(1)</script>")
    assert "<script>alert(1)" not in sara.get(place(petra)).text


def test_one_device_or_all_are_signed_out(app: Flask, sara: Visitor, petra: Actor) -> None:
    phone, laptop = Visitor(app, petra), Visitor(app, petra)
    first = queries.sign_ins_of(petra, "")[-1]
    assert sara.post(f"{place(petra)}/sessions/{first.id}/sign-out").status_code == 303
    assert sorted([phone.get("/settings").status_code, laptop.get("/settings").status_code]) == [200, 303]
    assert sara.post(f"{place(petra)}/sign-out").status_code == 303
    assert [phone.get("/settings").status_code, laptop.get("/settings").status_code] == [303, 303]
    assert [one.act for one in entries()][-2:] == ["member.sign_out"] * 2


def test_a_manager_sees_no_devices_of_the_team_and_nobody_their_own_here(app: Flask, sara: Visitor) -> None:
    boss = a_member("boss", roles=("admin",))
    theirs = Visitor(app, boss)
    assert "Signed in on" not in words(sara.get(place(boss)))
    assert sara.post(f"{place(boss)}/sign-out").status_code == 403
    assert theirs.post(f"{place(boss)}/sign-out").status_code == 409
    assert theirs.get("/settings").status_code == 200


def test_a_device_of_somebody_else_is_not_ended_by_another_address(app: Flask, sara: Visitor, petra: Actor) -> None:
    anna = a_member("anna")
    hers = Visitor(app, anna)
    session = queries.sign_ins_of(anna, "")[0]
    sara.post(f"{place(petra)}/sessions/{session.id}/sign-out")
    assert hers.get("/settings").status_code == 200


def test_the_file_tells_what_the_desk_knows_and_what_the_log_says(app: Flask, sara: Visitor, petra: Actor) -> None:
    a_rulebook()
    anna = a_member("anna")
    posted = thread(petra, category("Help"), "Rude words", "You have no idea.")
    assert sara.actor is not None
    a_decision(sara.actor, a_report(anna, posted.post_id, "This is rude."))
    shown = words(sara.get(place(petra)))
    assert "Reports about this member" in shown
    assert "warned" in shown
    shown = words(sara.get(place(anna)))
    assert "Reports by this member" in shown
    sara.post(f"{place(petra)}/username", username="petra2")
    assert "Member: user name username: petra became petra2" in words(sara.get(place(petra)))


def test_reports_about_oneself_are_not_told_by_the_file_of_who_made_them(app: Flask, sara: Visitor) -> None:
    a_rulebook()
    tom = a_member("tom", roles=("manager",))
    anna = a_member("anna")
    posted = thread(tom, category("Help"), "Rude words", "You have no idea.")
    a_report(anna, posted.post_id, "This is rude.")
    himself = Visitor(app, tom)
    assert "Reports by this member" not in words(himself.get(place(anna)))
    assert "Reports about this member" not in words(himself.get(place(tom)))
    assert "Reports by this member" in words(sara.get(place(anna)))
