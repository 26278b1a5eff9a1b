"""Every kind of notification as a mail, in both languages, and the link that ends such mails."""

from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum.core import events
from forum.core import settings as machine
from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.core.worker import drain
from forum.ideas import actions as idea_actions
from forum.ideas import queries as idea_queries
from forum.members import actions as members
from forum.members.models import MEMBERS
from forum.members.queries import actor_of, get_group, get_member, group_page, invited_to
from forum.moderation import actions as moderation
from forum.moderation import queries as cases
from forum.notifications import actions, jobs
from forum.notifications.models import KINDS, NOTIFICATIONS
from forum.threads import actions as threads
from forum.threads import queries as thread_queries
from tests.factories import ideas, mail
from tests.factories.members import a_group, a_member, make_owner
from tests.factories.moderation import a_decision, a_report
from tests.factories.rules import a_rulebook
from tests.factories.threads import category, on_post, reply, thread
from tests.factories.ties import follow

TITLE = 'How "far" <b>&</b> how fast?'


@pytest.fixture(autouse=True)
def no_old_mail(app: Flask) -> None:
    mail.forget(app)


def letters(app: Flask, to: Actor) -> dict[str, EmailMessage]:
    """What a member was sent, by kind; the last of each."""
    drain(app.extensions["settings"])
    rows = db.session.execute(
        select(NOTIFICATIONS.c.id, NOTIFICATIONS.c.kind).where(NOTIFICATIONS.c.member_id == to.id)
    )
    kinds = {str(row.id): row.kind for row in rows}
    sent = mail.kept(app, "notification-*")
    mine = [one for one in sent if one["To"].addresses[0].addr_spec == f"{to.username}@example.org"]
    return {kinds[str(one["Message-ID"]).removeprefix("<notification-").partition(".")[0]]: one for one in mine}


def everything_happens_to(anna: Actor) -> None:
    """Anna gets each kind of notification there is."""
    ben = a_member("ben", display_name="Ben <Berg>")
    team, moderator = a_member("tina", roles=("product",)), a_member("mona", roles=("moderator",))
    place = category()
    started = thread(anna, place, TITLE)
    second = reply(anna, started.thread_id, "More of it.")
    reply(ben, started.thread_id, "A plain reply.")
    reply(ben, started.thread_id, "@anna look at this.")
    reply(ben, started.thread_id, "To what you said.", reply_to_number=second.number)
    on_post(threads.react, ben, second.post_id, "like", True)
    follow(anna, ben)
    asked = thread(ben, place, "A question", kind="question")
    answer = reply(anna, asked.thread_id, "So it goes.")
    on_post(threads.mark_solution, ben, answer.post_id)

    area = ideas.area(place)
    answered = ideas.idea(anna, area, "A louder bell").thread_id
    ideas.set_status(team, answered, "planned", "It comes **in spring**.\n\nFor [all](https://example.org/models).")
    own = ideas.idea(anna, area, "Warm batteries").thread_id
    other = ideas.idea(ben, area, "Warmer batteries").thread_id
    with transaction(team) as who:
        idea_actions.merge(who, own, other)
    draft = idea_actions.draft_from_post(team, thread_queries.get_post(team, second.post_id), "Longer range")
    with transaction(team) as who:
        locked = thread_queries.get_post(who, second.post_id, lock=True)
        idea_actions.make_idea(who, locked, idea_queries.get_area(who, area), draft)

    asked_of = a_group("Riders", "request")
    make_owner(asked_of, anna)
    theirs = a_group("Partners", "request")
    for group_id, who in ((asked_of, ben), (theirs, anna)):
        with transaction(who) as asking:
            members.ask_to_join(asking, get_group(asking, group_id), "I would like to read along.")
    with transaction(a_member("bea", roles=("manager",))) as manager:
        group = get_group(manager, theirs)
        (request,) = group_page(manager, group).requests
        members.answer_request(manager, group, request.id, is_accepted=False)
        members.invite_to_group(manager, group, get_member(manager, anna.member_id))
    cleo = a_member("cleo")
    with transaction(anna) as owner:
        members.invite_to_group(owner, get_group(owner, asked_of), get_member(owner, cleo.member_id))
    with transaction(cleo) as invited:
        members.answer_invite(invited, invited_to(invited, asked_of), is_accepted=True)

    a_rulebook()
    bad = reply(anna, asked.thread_id, "You are a <liar>.")
    rude = reply(ben, asked.thread_id, "So are you.")
    case_id = a_report(ben, bad.post_id)
    decision_id = a_decision(moderator, case_id, reason="It attacks a person.\n\nPlease don't.")
    a_decision(moderator, a_report(anna, rude.post_id))
    with transaction(moderator) as who:
        moderation.reverse(who, cases.get_case(who, case_id, lock=True), decision_id, "It was a quotation.")


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_kind_comes_as_a_mail_whose_parts_say_the_same(app: Flask, language: str) -> None:
    anna = a_member("anna", display_name='Anna "A" <Adler>', language=language)
    everything_happens_to(anna)
    sent = letters(app, anna)
    assert set(sent) == set(KINDS)
    for one in sent.values():
        mail.check(one)
        assert one["Content-Language"] == language
        assert mail.plain(one).startswith({"de": "Hallo", "en": "Hello"}[language])
    assert mail.plain(sent["idea_status"]).count("\n> ") == 3
    for part in (mail.plain(sent["idea_status"]), mail.part(sent["idea_status"], "html")):
        assert "in spring" in part
        assert "(https://example.org/models)" in part


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_statement_of_reasons_is_there_in_full_in_both_parts(app: Flask, language: str) -> None:
    anna = a_member("anna", language=language)
    everything_happens_to(anna)
    decision = letters(app, anna)["decision"]
    rule = {"de": "Greif niemanden an.", "en": "Attack nobody."}[language]
    number = cases.statement(db.session.scalar(db.text("SELECT min(id) FROM decision"))).number
    for part in (mail.plain(decision), mail.part(decision, "html")):
        for said in (rule, "It attacks a person.", "Please don", number, "You are a"):
            assert said in part, said


def test_reasons_are_mailed_to_who_wants_no_mail_and_cannot_be_ended(app: Flask) -> None:
    anna = a_member("anna")
    with transaction():
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == anna.id).values(wants_mail=False))
    everything_happens_to(anna)
    sent = letters(app, anna)
    assert set(sent) == {"decision", "reversal"}
    for one in sent.values():
        assert (one["List-Unsubscribe"], one["List-Unsubscribe-Post"]) == (None, None)
        for part in (mail.plain(one), mail.part(one, "html")):
            assert "/unsubscribe/" not in part
            assert "/settings/mail" not in part


def test_reasons_are_mailed_although_they_were_seen_and_once(app: Flask) -> None:
    anna, ben, moderator = a_member("anna"), a_member("ben"), a_member("mona", roles=("moderator",))
    a_rulebook()
    started = thread(anna, category())
    a_decision(moderator, a_report(ben, started.post_id))
    while events.work("a test"):
        pass
    with transaction(anna) as actor:
        actions.mark_all_seen(actor)
    assert set(letters(app, anna)) == {"decision"}
    [id] = db.session.scalars(select(NOTIFICATIONS.c.id).where(NOTIFICATIONS.c.kind == "decision"))
    mail.forget(app)
    jobs.mail(id)
    assert mail.kept(app, "*") == []


def test_who_only_reported_may_end_the_mails_of_a_reversal(app: Flask) -> None:
    ben, anna, moderator = a_member("ben"), a_member("anna"), a_member("mona", roles=("moderator",))
    a_rulebook()
    case_id = a_report(ben, thread(anna, category()).post_id)
    decision_id = a_decision(moderator, case_id)
    with transaction(moderator) as who:
        moderation.reverse(who, cases.get_case(who, case_id, lock=True), decision_id, "It was a quotation.")
    sent = letters(app, ben)
    assert set(sent) == {"report_outcome", "reversal"}
    assert all(one["List-Unsubscribe"] for one in sent.values())


def test_a_mail_that_can_be_ended_says_so_to_mail_programs(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    anna, ben = a_member("anna"), a_member("ben")
    started = thread(anna, category())
    reply(ben, started.thread_id)
    one = letters(app, anna)["reply"]
    address = str(one["List-Unsubscribe"]).strip("<>")
    assert "/unsubscribe/" in address
    assert address in mail.plain(one).split()
    assert one["List-Unsubscribe-Post"] is None  # RFC 8058 allows it with https only

    given = machine.load(
        {"FORUM_DATA_DIR": str(machine.installed().data_dir), "FORUM_BASE_URL": "https://c.example"}, None
    )
    monkeypatch.setattr(machine, "_installed", [given])
    reply(ben, started.thread_id, "Another one.")
    one = letters(app, actor_of(anna.member_id))["reply"]
    assert one["List-Unsubscribe"].startswith("<https://c.example/unsubscribe/")
    assert one["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
