"""What the product team does with ideas: status and answer, owner, month, area, notes, and making one of a post."""

import pytest
from flask import Flask
from sqlalchemy import select

from forum.core.actor import EVERYONE, MEMBERS, SYSTEM, Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, Invalid, NotFound
from forum.core.events import EVENTS
from forum.ideas import actions, queries
from forum.ideas.models import IDEAS, NOTES, STATUS_CHANGES
from forum.threads import actions as threads
from forum.threads import checks
from forum.threads import queries as thread_queries
from forum.threads.actions import Posted, Written
from forum.threads.models import CATEGORIES, POSTS, THREADS
from tests.factories import ideas
from tests.factories import threads as make

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def team(app: Flask) -> Actor:
    return make.member("tina", "product")


@pytest.fixture
def idea(app: Flask) -> int:
    return ideas.idea(make.member("anna")).thread_id


def set_status(actor: Actor, idea_id: int, status: str, answer: str = "", **more: object) -> int | None:
    """As the page does it: the text is rendered before the transaction."""
    written: Written | None = threads.write(actor, answer) if answer else None
    seen = more.pop("seen", ideas.now(idea_id).status_change_id)
    with transaction(actor) as who:
        row = queries.get_idea(who, idea_id, lock=True)
        return actions.set_status(
            who,
            row,
            queries.get_status(who, status),
            written,
            is_small_step=bool(more.get("small")),
            seen_change_id=seen,  # type: ignore[arg-type]
        )


def events_of(name: str) -> list[dict[str, object]]:
    return list(db.session.scalars(select(EVENTS.c.payload).where(EVENTS.c.name == name).order_by(EVENTS.c.id)))


def acts() -> list[str]:
    wanted = select(AuditEntry.act).where(AuditEntry.target_kind == "idea").order_by(AuditEntry.id)
    return list(db.session.scalars(wanted))


def test_a_status_with_an_answer_is_kept_with_its_history(team: Actor, idea: int) -> None:
    versions = (
        select(THREADS.c.version, CATEGORIES.c.version).join_from(THREADS, CATEGORIES).where(THREADS.c.id == idea)
    )
    before = db.session.execute(versions).one()
    first = set_status(team, idea, "planned", "We **want** this.")
    second = set_status(team, idea, "in-progress")
    row = ideas.now(idea)
    assert (row.stage, row.answer_body, row.status_change_id) == ("in progress", "We **want** this.", second)
    assert "<strong>want</strong>" in row.answer_html
    assert row.answered_by is not None
    assert row.answered_by.id == team.id
    history = db.session.execute(
        select(STATUS_CHANGES).where(STATUS_CHANGES.c.id.in_([first, second])).order_by(STATUS_CHANGES.c.id)
    ).all()
    assert [(one.answer_body, one.is_new_answer, one.actor_id) for one in history] == [
        ("We **want** this.", True, team.id),
        ("We **want** this.", False, team.id),
    ]
    assert history[0].html_version == history[1].html_version > 0
    assert acts() == ["idea.status", "idea.status"]
    assert events_of("StatusChanged") == [
        {"idea_id": idea, "change_id": first, "is_small_step": False},
        {"idea_id": idea, "change_id": second, "is_small_step": False},
    ]
    after = db.session.execute(versions).one()
    assert after[0] > before[0]
    assert after[1] > before[1]


def test_the_same_again_changes_nothing(team: Actor, idea: int) -> None:
    first = set_status(team, idea, "planned", "Yes.")
    assert set_status(team, idea, "planned", "Yes.") == first
    assert set_status(team, idea, "planned") == first
    assert len(acts()) == 1
    assert set_status(team, idea, "planned", "Yes, soon.") != first


def test_declining_needs_an_answer(team: Actor, idea: int) -> None:
    with pytest.raises(Invalid, match="answer-required") as caught:
        set_status(team, idea, "declined")
    assert caught.value.field == "answer"
    set_status(team, idea, "under-review", "We look at it.")
    set_status(team, idea, "declined")
    assert ideas.now(idea).answer_body == "We look at it."
    with pytest.raises(Conflict, match="idea-settled"):
        ideas.vote(make.member(), idea)


def test_of_two_at_once_the_second_is_shown_what_the_first_did(team: Actor, idea: int) -> None:
    seen = ideas.now(idea).status_change_id
    first = set_status(team, idea, "planned", "Theirs.", seen=seen)
    with pytest.raises(Conflict, match="idea-changed") as caught:
        set_status(make.member("max", "manager"), idea, "declined", "Mine.", seen=seen)
    assert caught.value.parameters == {"status": "Planned", "answer": "Theirs.", "change_id": first}
    assert ideas.now(idea).stage == "planned"


def test_only_the_team_steers(idea: int, team: Actor) -> None:
    for other in (make.member("ben"), make.member("mo", "moderator")):
        for act in (
            lambda: set_status(other, idea, "planned"),  # noqa: B023
            lambda: ideas.on_idea(actions.set_owner, other, idea, team.id),  # noqa: B023
            lambda: ideas.on_idea(actions.set_target, other, idea, "2027-01"),  # noqa: B023
            lambda: ideas.on_idea(actions.set_area, other, idea, None),  # noqa: B023
            lambda: ideas.on_idea(actions.add_note, other, idea, "Hm"),  # noqa: B023
        ):
            with pytest.raises(Denied, match="staff-only"):
                act()
    assert acts() == []


def test_owner_month_and_notes(team: Actor, idea: int) -> None:
    ideas.on_idea(actions.set_owner, team, idea, team.id)
    ideas.on_idea(actions.set_owner, team, idea, team.id)
    ideas.on_idea(actions.set_target, team, idea, "2027-03")
    row = ideas.now(idea)
    assert row.owner is not None
    assert (row.owner.id, row.target_month) == (team.id, "2027-03")
    for wrong in ("2027-13", "03/2027", "2027-3", "²027-03"):
        with pytest.raises(Invalid, match="target-month"):
            ideas.on_idea(actions.set_target, team, idea, wrong)
    with pytest.raises(Invalid, match="unknown-choice"):
        ideas.on_idea(actions.set_owner, team, idea, make.member("ben").id)
    updated = ideas.now(idea).updated_at
    ideas.on_idea(actions.add_note, team, idea, "  Ask the workshop.  ")
    assert db.session.scalar(select(NOTES.c.body)) == "Ask the workshop."
    assert ideas.now(idea).updated_at == updated  # whoever follows the changes learns nothing of a note
    with pytest.raises(Invalid, match="required"):
        ideas.on_idea(actions.add_note, team, idea, " \n ")
    with pytest.raises(Invalid, match="too-long"):
        ideas.on_idea(actions.add_note, team, idea, "x" * 4_001)
    ideas.on_idea(actions.set_owner, team, idea, None)
    ideas.on_idea(actions.set_target, team, idea, "")
    row = ideas.now(idea)
    assert (row.owner, row.target_month) == (None, None)
    assert acts() == ["idea.owner", "idea.target", "idea.note", "idea.owner", "idea.target"]
    assert len(events_of("IdeaSteered")) == 4


def test_an_area_takes_the_idea_into_its_category(team: Actor, idea: int) -> None:
    category = make.category("Elsewhere")
    area = ideas.area(category)
    ideas.on_idea(actions.set_area, team, idea, queries.get_area(team, area))
    row = ideas.now(idea)
    assert row.area is not None
    assert (row.area.id, row.thread.category_id) == (area, category)
    assert list(checks.compare(False)) == []
    ideas.on_idea(actions.set_area, team, idea, None)
    row = ideas.now(idea)
    assert (row.area, row.thread.category_id) == (None, category)


# ---------------------------------------------------------------- making an idea of a post


def make_idea(actor: Actor, post_id: int, area_id: int, title: str = "Longer range") -> Posted:
    draft = actions.draft_from_post(actor, thread_queries.get_post(actor, post_id), title)
    with transaction(actor) as who:
        post = thread_queries.get_post(who, post_id, lock=True)
        return actions.make_idea(who, post, queries.get_area(who, area_id), draft)


def test_an_idea_is_made_of_a_post_in_its_authors_name(team: Actor) -> None:
    anna, ben = make.member("anna"), make.member("ben")
    started = make.thread(anna, make.category(), "How far [really]?")
    post = make.reply(ben, started.thread_id, "It should go **further**, @anna.")
    made = make_idea(team, post.post_id, ideas.area())
    assert made.address.startswith(f"/ideas/{made.thread_id}/")
    row = ideas.now(made.thread_id)
    assert (row.thread.author_id, row.thread.title, row.from_post_id) == (ben.id, "Longer range", post.post_id)
    assert row.vote_count == 0
    html = db.session.scalar(select(POSTS.c.html).where(POSTS.c.id == made.post_id))
    assert "<strong>further</strong>" in str(html)
    address = thread_queries.get_post(team, post.post_id).address
    assert f'href="{address}"' in str(html)
    assert "How far [really]?" in str(html)
    assert events_of("PostMadeIdea") == [{"idea_id": made.thread_id, "post_id": post.post_id, "actor_id": team.id}]
    assert events_of("ThreadStarted")[-1]["mentions"] == []
    assert acts() == ["idea.make"]
    assert list(checks.compare(False)) == []


def test_an_idea_is_made_once_and_by_the_team_only(team: Actor) -> None:
    anna, area = make.member("anna"), ideas.area()
    started = make.thread(anna, make.category())
    with pytest.raises(Denied, match="staff-only"):
        make_idea(make.member("mo", "moderator"), started.post_id, area)
    made = make_idea(team, started.post_id, area)
    for post_id in (started.post_id, made.post_id):
        with pytest.raises(Conflict, match="made-already") as caught:
            make_idea(team, post_id, area)
        assert caught.value.parameters == {"idea_id": made.thread_id}
    assert len(db.session.execute(select(IDEAS.c.thread_id)).all()) == 1


def test_a_text_of_few_is_not_made_an_idea_for_all(team: Actor) -> None:
    inner = make.category("Inner", frozenset({("see", MEMBERS), ("start", MEMBERS), ("reply", MEMBERS)}))
    outer = make.category("Outer", frozenset({("see", EVERYONE), ("start", MEMBERS)}))
    started = make.thread(make.member("anna"), inner)
    with pytest.raises(Conflict, match="merge-opens"):
        make_idea(team, started.post_id, ideas.area(outer))
    hidden = ideas.area(make.category("Hidden", frozenset()))
    with pytest.raises(NotFound):
        make_idea(team, started.post_id, hidden)


def test_a_former_members_words_become_an_idea_of_nobody(team: Actor) -> None:
    started = make.thread(make.member("anna"), make.category())
    with transaction(SYSTEM):
        for table in (POSTS, THREADS):
            db.session.execute(table.update().values(author_id=None))
    list(checks.compare(True))
    made = make_idea(team, started.post_id, ideas.area())
    assert ideas.now(made.thread_id).thread.author_id is None
    assert list(checks.compare(False)) == []
