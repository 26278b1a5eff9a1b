"""Who hears of what becomes of an idea: each once, with the answer, and nobody of a small step."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.core.events import publish
from forum.core.worker import drain
from forum.ideas import actions
from forum.ideas import queries as idea_queries
from forum.ideas.events import StatusChanged
from forum.ideas.models import VOTES
from forum.members.models import MEMBERS
from forum.members.queries import actor_of
from forum.notifications import jobs, queries, words
from forum.notifications.models import NOTIFICATIONS
from forum.threads import actions as threads
from forum.threads import queries as thread_queries
from forum.threads.models import GRANTS
from tests.factories import ideas, mail
from tests.factories.members import a_member
from tests.factories.threads import category, on_thread, reply, thread


@pytest.fixture
def team(app: Flask) -> Actor:
    return a_member("tina", display_name="Tina Team", roles=("product",))


@pytest.fixture(autouse=True)
def no_old_mail(app: Flask) -> None:
    mail.forget(app)


def work(app: Flask) -> None:
    drain(app.extensions["settings"])


def told(member: Actor, kind: str = "idea_%") -> list[tuple[str, str]]:
    rows = db.session.execute(
        select(NOTIFICATIONS.c.kind, NOTIFICATIONS.c.subject)
        .where(NOTIFICATIONS.c.member_id == member.id, NOTIFICATIONS.c.kind.like(kind))
        .order_by(NOTIFICATIONS.c.id)
    )
    return [(row.kind, row.subject) for row in rows]


def mails(app: Flask) -> list[str]:
    found = mail.kept(app, "notification-*")
    return [f"{one['To']}\n{one['Subject']}\n{mail.plain(one)}" for one in found]


def set_status(actor: Actor, idea_id: int, status: str, answer: str = "", *, is_small_step: bool = False) -> int | None:
    written = threads.write(actor, answer) if answer else None
    with transaction(actor) as who:
        row = idea_queries.get_idea(who, idea_id, lock=True)
        return actions.set_status(
            who,
            row,
            idea_queries.get_status(who, status),
            written,
            is_small_step=is_small_step,
            seen_change_id=row.status_change_id,
        )


def merge(actor: Actor, source_id: int, target_id: int) -> int:
    with transaction(actor) as who:
        return actions.merge(who, source_id, target_id).merge_id


def test_author_voters_and_commenters_hear_of_a_status_once_with_the_answer(app: Flask, team: Actor) -> None:
    anna = a_member("anna", language="de")
    ben, cem, dora, emil = (a_member(name) for name in ("ben", "cem", "dora", "emil"))
    idea = ideas.idea(anna, title="A lamp that dims").thread_id
    ideas.vote(ben, idea)
    ideas.vote(cem, idea)
    reply(cem, idea, "Yes please")
    reply(dora, idea, "Me too")
    reply(team, idea, "We are looking.")
    work(app)
    change = set_status(team, idea, "planned", "It comes **in spring**.\n\nFor all models.")
    work(app)
    for member in (anna, ben, cem, dora):
        assert told(member) == [("idea_status", f"idea:{idea}:{change}")]
    assert told(emil) == told(team) == []
    row = queries.notifications(anna).rows[0]
    assert words.sentence(row, "en", "UTC") == "“A lamp that dims” has a new status: Planned"
    assert words.excerpt(row, "en") == "It comes in spring. For all models."
    assert row.address.startswith(f"/ideas/{idea}/")
    assert row.actor is not None
    letters = [one for one in mails(app) if "A lamp that dims" in one and "in spring" in one]
    assert len(letters) == 4
    assert all("For all models." in one for one in letters)
    assert sum("anna@example.org" in one for one in letters) == 1

    with transaction():
        publish(StatusChanged(idea, change or 0, False))
    jobs.tell_of_status(change or 0)
    work(app)
    assert len(told(anna)) == 1


def test_three_changes_are_three_tellings_and_a_small_step_none(app: Flask, team: Actor) -> None:
    anna, ben = a_member("anna"), a_member("ben")
    idea = ideas.idea(anna).thread_id
    ideas.vote(ben, idea)
    set_status(team, idea, "under-review", is_small_step=True)
    set_status(team, idea, "planned")
    set_status(team, idea, "planned", "Soon.")
    set_status(team, idea, "shipped")
    work(app)
    assert len(told(anna)) == len(told(ben)) == 3
    said = [words.sentence(row, "en", "UTC") for row in queries.notifications(ben).rows]
    assert said == [
        "“A lamp that dims” has a new status: Shipped",
        "There is an official answer to “A lamp that dims”",
        "“A lamp that dims” has a new status: Planned",
    ]


def test_nobody_hears_who_muted_it_is_banned_may_not_read_it_or_took_the_vote_back(app: Flask, team: Actor) -> None:
    place = category()
    anna = a_member("anna")
    idea = ideas.idea(anna, ideas.area(place)).thread_id
    ben, cem, dora = (a_member(name) for name in ("ben", "cem", "dora"))
    for member in (ben, cem, dora):
        ideas.vote(member, idea)
    on_thread(threads.follow, ben, idea, "muted")
    ideas.withdraw(cem, idea)
    with transaction(SYSTEM):
        db.session.execute(MEMBERS.update().where(MEMBERS.c.id == dora.id).values(banned_at=func.current_timestamp()))
    set_status(team, idea, "planned")
    work(app)
    assert len(told(anna)) == 1
    assert told(ben) == told(cem) == told(dora) == []
    change = set_status(team, idea, "shipped")
    with transaction(SYSTEM):
        db.session.execute(GRANTS.delete().where(GRANTS.c.category_id == place))
        db.session.execute(MEMBERS.update().values(language="en"))  # and with it the catalogue's stamp is read anew
    jobs.tell_of_status(change or 0)
    assert len(told(anna)) == 1
    assert queries.notifications(actor_of(anna.member_id)).rows == []


def test_of_a_merged_idea_its_people_hear_once_and_later_of_the_other_ones_status(app: Flask, team: Actor) -> None:
    anna, ben, cem, dora, emil = (a_member(name) for name in ("anna", "ben", "cem", "dora", "emil"))
    area = ideas.area()
    target, source = ideas.idea(anna, area, "Dim it").thread_id, ideas.idea(ben, area, "Less light").thread_id
    ideas.vote(cem, source)
    ideas.vote(cem, target)
    ideas.vote(dora, target)
    ideas.vote(emil, source)
    on_thread(threads.follow, emil, source, "muted")
    merged = merge(team, source, target)
    work(app)
    assert told(ben) == told(cem) == [("idea_merged", f"merge:{merged}")]
    assert told(anna) == told(dora) == []
    said = {
        member.username: words.sentence(queries.notifications(member).rows[0], "en", "UTC") for member in (ben, cem)
    }
    assert said == {
        "ben": "Your idea “Less light” was merged into “Dim it”",
        "cem": "“Less light”, which you support, was merged into “Dim it”",
    }
    assert queries.notifications(ben).rows[0].address.startswith(f"/ideas/{target}/")
    set_status(team, target, "planned")
    work(app)
    for member in (anna, ben, cem, dora):
        assert [kind for kind, _subject in told(member)].count("idea_status") == 1
    assert told(emil) == []


def test_a_merge_that_was_undone_before_the_worker_came_is_not_told(app: Flask, team: Actor) -> None:
    anna, ben = a_member("anna"), a_member("ben")
    target, source = ideas.idea(anna).thread_id, ideas.idea(ben).thread_id
    merge(team, source, target)
    with transaction(team) as who:
        actions.unmerge(who, source)
    work(app)
    assert told(ben) == []


def test_many_voters_are_told_in_stretches(app: Flask, team: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE", 3)
    idea = ideas.idea(a_member("anna")).thread_id
    for number in range(7):
        ideas.vote(a_member(f"voter{number}"), idea)
    change = set_status(team, idea, "planned")
    work(app)
    count = select(func.count()).select_from(NOTIFICATIONS).where(NOTIFICATIONS.c.subject == f"idea:{idea}:{change}")
    assert db.session.scalar(count) == db.session.scalar(select(func.count()).select_from(VOTES)) == 8


def test_whose_post_was_made_an_idea_hears_of_it(app: Flask, team: Actor) -> None:
    ben = a_member("ben")
    started = thread(ben, category(), "How far?")
    area = ideas.area()
    post = thread_queries.get_post(team, started.post_id)
    draft = actions.draft_from_post(team, post, "Longer range")
    with transaction(team) as who:
        locked = thread_queries.get_post(who, started.post_id, lock=True)
        made = actions.make_idea(who, locked, idea_queries.get_area(who, area), draft)
    work(app)
    assert told(ben) == [("idea_made", f"idea:{made.thread_id}")]
    row = queries.notifications(ben).rows[0]
    assert words.sentence(row, "en", "UTC") == "Your post in “How far?” was made an idea: “Longer range”"
    assert row.address == made.address or row.address.startswith(made.address)
