"""What changed something says in the audit log what was before, and what is now."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from forum.core.actor import SYSTEM
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.ideas import actions as board
from forum.ideas import queries as ideas
from forum.ideas.actions import StatusDraft
from forum.members import actions, queries
from forum.members.models import GROUP_REQUESTS, INVITATIONS
from forum.moderation import actions as desk
from forum.moderation.queries import case_of_decision, get_case
from forum.threads import actions as threads
from tests.factories import threads as make
from tests.factories.ideas import area
from tests.factories.members import a_group, a_member
from tests.factories.moderation import a_decision, a_report_about
from tests.factories.rules import a_rulebook
from tests.factories.visitor import Visitor


def states(act: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Before and after of the last such act."""
    of_act = select(AuditEntry.before, AuditEntry.after).where(AuditEntry.act == act)
    before, after = db.session.execute(of_act.order_by(AuditEntry.id.desc()).limit(1)).one()
    return before or {}, after or {}


def test_of_accounts(app: Flask) -> None:
    boss = a_member("boss", roles=("admin",))
    petra, queued, anna = a_member("petra", is_confirmed=False), a_member("queued", is_waiting=True), a_member("anna")
    Visitor(app, anna)
    Visitor(app, anna)
    with transaction(boss) as admin:
        actions.confirm_by_hand(admin, petra.member_id)
        actions.approve(admin, queued.member_id)
        session = queries.sign_ins_of(anna, "")[0].id
        actions.sign_out_member(admin, queries.account(admin, anna.member_id), session)
    assert states("member.confirm") == ({"confirmed": False}, {"confirmed": True})
    name = {"name": "queued"}
    assert states("member.approve") == ({**name, "approved": False}, {**name, "approved": True})
    assert states("member.sign_out") == ({"sessions": 2}, {"sessions": 1})


def test_of_groups_invitations_and_tokens(app: Flask) -> None:
    boss, anna = a_member("boss", roles=("admin",)), a_member("anna")
    group_id = a_group("Riders", "request")
    with transaction(anna) as member:
        actions.ask_to_join(member, queries.get_group(member, group_id), "Please")
    with transaction(boss) as admin:
        request_id = db.session.execute(select(GROUP_REQUESTS.c.id)).scalar_one()
        actions.answer_request(admin, queries.get_group(admin, group_id), request_id, is_accepted=True)
        actions.invite(admin, actions.InvitationDraft(1, 1, None, "Fair"))
        actions.revoke_invitation(admin, db.session.execute(select(INVITATIONS.c.id)).scalar_one())
        actions.make_token(admin, "Nightly", ["ideas:read"], None)
        actions.revoke_token(admin, queries.tokens_of(admin)[0].id)
    before, after = states("group.accept")
    assert (before, after["name"], after["belongs"]) == ({"belongs": False}, "anna", True)
    note, name = {"note": "Fair"}, {"name": "Nightly"}
    assert states("invitation.revoke") == ({**note, "revoked": False}, {**note, "revoked": True})
    assert states("token.revoke") == ({**name, "revoked": False}, {**name, "revoked": True})


def test_of_rules_and_decisions(app: Flask) -> None:
    a_rulebook()
    assert states("rulebook.publish")[0] == {}
    a_rulebook(note="Again", addition=" Always.")
    before, after = states("rulebook.publish")
    assert (before["version"], after["version"]) == (1, 2)
    mod, petra = a_member("mod", roles=("moderator",)), a_member("petra")
    case_id = a_report_about(a_member("anna"), petra)
    decision_id = a_decision(mod, case_id)
    with transaction(SYSTEM) as system:
        desk.reverse(system, case_of_decision(system, decision_id, lock=True), decision_id, "It was a joke.")
    before, after = states("decision.reverse")
    assert (before["decision"], before["reversed"], after["reversed"]) == (decision_id, False, True)


def test_of_what_begins(app: Flask) -> None:
    """Nothing was before; what is now is said."""
    boss = a_member("boss", roles=("admin",))
    with transaction(boss) as admin:
        actions.create_group(admin, "Riders")
        actions.make_token(admin, "Nightly", ["ideas:read"], None)
    assert states("group.create") == ({}, {"name": "Riders"})
    assert states("token.make") == ({}, {"name": "Nightly", "scopes": ["ideas:read"]})


def test_of_areas_and_statuses(app: Flask) -> None:
    boss = a_member("boss", roles=("admin",))
    category_id = make.category()
    first, second = area(category_id, "Range"), area(category_id, "Brakes")
    named = {"name": {"en": "Range", "de": "Range de"}, "slug": "range"}
    with transaction(boss) as admin:
        board.move_area(admin, second, "up")
        board.delete_area(admin, first)
        known = [one.id for one in ideas.statuses(admin)]
        held = board.create_status(admin, StatusDraft({"en": "On hold"}, "planned"))
        board.update_status(admin, held, StatusDraft({"en": "Parked"}, "planned", "parked"))
        board.move_status(admin, held, "up")
        board.delete_status(admin, held)
    assert states("idea.area-create")[1]["name"] == {"en": "Brakes", "de": "Brakes de"}
    assert states("idea.area-order") == ({"order": [first, second]}, {"order": [second, first]})
    assert states("idea.area-delete") == (named, {})
    on_hold, parked = {"name": {"en": "On hold"}, "slug": "on-hold"}, {"name": {"en": "Parked"}, "slug": "parked"}
    assert states("idea.status-create") == ({}, {**on_hold, "stage": "planned"})
    assert states("idea.status-update") == ({**on_hold, "stage": "planned"}, {**parked, "stage": "planned"})
    moved = [*known[:-1], held, known[-1]]
    assert states("idea.status-order") == ({"order": [*known, held]}, {"order": moved})
    assert states("idea.status-delete") == (parked, {})


def test_of_threads_and_cases(app: Flask) -> None:
    mod, anna, petra = a_member("mod", roles=("moderator",)), a_member("anna"), a_member("petra")
    question = make.thread(anna, make.category(), kind="question")
    answer = make.reply(petra, question.thread_id)
    for verb in (threads.close, threads.reopen, threads.pin, threads.unpin):
        make.on_thread(verb, mod, question.thread_id)
    make.on_post(threads.mark_solution, mod, answer.post_id)
    make.on_thread(threads.unmark_solution, mod, question.thread_id)
    assert states("thread.reopen") == ({"value": "closed"}, {"value": None})
    assert states("thread.unpin") == ({"value": "pinned"}, {"value": None})
    assert states("thread.unsolve") == ({"value": 2}, {"value": None})
    a_rulebook()
    case_id = a_report_about(anna, petra)
    with transaction(mod) as moderator:
        desk.claim(moderator, get_case(moderator, case_id, lock=True))
    with transaction(mod) as moderator:
        desk.release(moderator, get_case(moderator, case_id, lock=True))
    assert states("case.claim") == ({"owner": None}, {"owner": mod.id})
    assert states("case.release") == ({"owner": mod.id}, {"owner": None})
