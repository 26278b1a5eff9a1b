"""Proposing, and what the operator configures: areas and statuses."""

import pytest
from sqlalchemy import select

from forum.core.actor import EVERYONE, MEMBERS, SYSTEM, Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, Invalid, NotFound
from forum.core.events import EVENTS
from forum.ideas import actions, queries
from forum.ideas.actions import AreaDraft, StatusDraft
from forum.ideas.models import STATUS_CHANGES
from forum.threads import actions as threads
from forum.threads import checks
from forum.threads import queries as thread_queries
from tests.factories import ideas
from tests.factories import threads as make
from tests.factories.world import deliver

pytestmark = pytest.mark.usefixtures("app")


def test_an_idea_is_a_thread_with_its_authors_vote_and_a_status() -> None:
    anna, area = make.member(), ideas.area(name="Light")
    posted = ideas.idea(anna, area, "A lamp that dims", tags="night, lamp")
    idea = ideas.now(posted.thread_id)
    assert (idea.thread.kind, idea.stage, idea.vote_count, idea.root_id) == ("idea", "new", 1, idea.id)
    assert idea.area is not None
    assert (idea.area.name, idea.area.category.id) == ("Light", idea.thread.category_id)
    assert posted.address == idea.address == f"/ideas/{idea.id}/a-lamp-that-dims"
    assert list(idea.thread.tags) == ["night", "lamp"]
    view = queries.idea_page(anna, idea.id)
    assert [(one.status.stage, one.actor) for one in view.history] == [("new", None)]
    assert view.idea == idea
    assert view.my_vote is not None
    told = select(EVENTS.c.name).where(EVENTS.c.name.in_(("ThreadStarted", "VoteCast"))).order_by(EVENTS.c.id)
    assert list(db.session.scalars(told)) == ["ThreadStarted", "VoteCast"]
    assert list(checks.compare(False)) == []


def test_the_same_form_twice_is_one_idea() -> None:
    anna, area = make.member(), ideas.area()
    first = ideas.idea(anna, area, submission_id="once")
    assert ideas.idea(anna, area, submission_id="once") == first
    with pytest.raises(Conflict, match="sent-twice-changed"):
        ideas.idea(anna, area, body="Another text.", submission_id="once")


@pytest.mark.parametrize("title", ["", "  ", "\u200b\u200d", "ab"])
def test_a_title_that_says_nothing_is_refused(title: str) -> None:
    with pytest.raises(Invalid) as caught:
        ideas.idea(make.member(), ideas.area(), title)
    assert caught.value.field == "title"


def test_ideas_begin_only_on_the_board() -> None:
    anna, category = make.member(), make.category()
    with pytest.raises(Invalid):
        make.thread(anna, category, kind="idea")
    draft = actions.draft_of_idea(anna, "A lamp that dims", "Text.", "", None)
    with pytest.raises(Invalid), transaction(anna) as actor:
        threads.start_thread(actor, thread_queries.get_category(actor, category), draft)


def test_who_may_not_start_threads_may_not_propose() -> None:
    area = ideas.area(make.category("", frozenset({("see", EVERYONE), ("start", MEMBERS)})))
    closed = ideas.area(make.category("", frozenset({("see", EVERYONE)})))
    anna, new = make.member(), make.member("", confirmed_at=None)
    with pytest.raises(Denied, match="unconfirmed"):
        ideas.idea(new, area)
    with pytest.raises(Denied, match="category-no-start"):
        ideas.idea(anna, closed)
    assert [row.id for row in queries.areas_to_propose_in(anna)] == [area]
    assert {row.id for row in queries.areas(Actor())} == {area, closed}


def test_an_area_is_hidden_with_its_category() -> None:
    hidden = ideas.area(make.category("", frozenset()), "Quartz")
    anna, boss = make.member(), make.member("", "manager")
    assert hidden not in {row.id for row in queries.areas(anna)}
    with pytest.raises(NotFound):
        queries.get_area(anna, "quartz")
    assert queries.get_area(boss, "quartz").id == hidden


def test_moving_the_thread_takes_it_out_of_the_area_at_once() -> None:
    anna, mo = make.member(), make.member("", "moderator")
    posted, elsewhere = ideas.idea(anna), make.category()
    make.on_thread(threads.move, mo, posted.thread_id, thread_queries.get_category(mo, elsewhere))
    assert ideas.now(posted.thread_id).area is None
    assert queries.board(anna, queries.Wanted()).rows[0].area is None
    deliver()
    with transaction() as system:
        actions.delete_area(system, queries.areas(system)[0].id)


def test_only_managers_configure() -> None:
    tina, boss = make.member("", "product"), make.member("", "manager")
    draft = AreaDraft({"en": "Light"}, make.category())
    with pytest.raises(Denied), transaction(tina) as actor:
        actions.create_area(actor, draft)
    with transaction(boss) as actor:
        id = actions.create_area(actor, draft)
        actions.update_area(actor, id, AreaDraft({"en": "Lamps", "de": "Lampen"}, draft.category_id, "lamps"))
    assert queries.get_area(SYSTEM, "lamps").name == "Lamps"
    assert queries.get_area(make.member("", language="de"), id).name == "Lampen"
    acts = db.session.scalars(select(AuditEntry.act).where(AuditEntry.target_kind == "area").order_by(AuditEntry.id))
    assert list(acts) == ["idea.area-create", "idea.area-update"]


def test_an_area_with_ideas_keeps_its_category_and_may_go() -> None:
    area = ideas.area()
    posted = ideas.idea(make.member(), area)
    with pytest.raises(Conflict, match="area-has-ideas"), transaction() as system:
        actions.update_area(system, area, AreaDraft({"en": "Elsewhere"}, make_category(system)))
    with transaction() as system:
        actions.delete_area(system, area)
    assert ideas.now(posted.thread_id).area is None


def make_category(system: Actor) -> int:
    """A category inside the caller's transaction."""
    return threads.create_category(system, threads.CategoryDraft({"en": "Another"}))


def test_areas_and_statuses_have_an_order() -> None:
    category = make.category()
    first, second = ideas.area(category), ideas.area(category)
    *others, last_but_one, last = [row.id for row in queries.statuses(SYSTEM)]
    with transaction() as system:
        actions.move_area(system, second, "up")
        actions.move_status(system, last, "up")
    assert [row.id for row in queries.areas(SYSTEM)] == [second, first]
    assert [row.id for row in queries.statuses(SYSTEM)] == [*others, last, last_but_one]


def test_a_status_in_use_stays_and_each_stage_keeps_one() -> None:
    posted = ideas.idea(make.member())
    with transaction() as system:
        fresh = actions.create_status(system, StatusDraft({"en": "Asked for"}, "new"))
        actions.create_status(system, StatusDraft({"en": "Nearly there"}, "in progress"))
    former = ideas.now(posted.thread_id).status.id
    with pytest.raises(Conflict, match="status-has-ideas"), transaction() as system:
        actions.delete_status(system, former)
    planned = queries.get_status(SYSTEM, "planned").id
    with pytest.raises(Conflict, match="last-status-of-stage"), transaction() as system:
        actions.delete_status(system, planned)
    with pytest.raises(Conflict, match="last-status-of-stage"), transaction() as system:
        actions.update_status(system, planned, StatusDraft({"en": "Planned"}, "shipped", "planned"))
    with transaction() as system:
        actions.delete_status(system, fresh)
        actions.update_status(system, planned, StatusDraft({"en": "On our list"}, "planned", "planned"))
    assert queries.get_status(SYSTEM, "planned").name == "On our list"
    with pytest.raises(NotFound):
        queries.get_status(SYSTEM, "asked-for")


def test_a_name_or_stage_that_wont_do_is_named() -> None:
    category = make.category()
    ideas.area(category, "Light")
    for draft, field in (
        (AreaDraft({"en": " "}, category), "name"),
        (AreaDraft({"en": "x" * 61}, category), "name"),
        (AreaDraft({"en": "light"}, category), "slug"),
        (AreaDraft({"en": "Dark"}, 999), "category"),
    ):
        with pytest.raises(Invalid) as caught, transaction() as system:
            actions.create_area(system, draft)
        assert caught.value.field == field
    with pytest.raises(Invalid) as caught, transaction() as system:
        actions.create_status(system, StatusDraft({"en": "Odd"}, "odd"))
    assert caught.value.field == "stage"


def test_every_idea_has_the_beginning_of_its_history() -> None:
    posted = ideas.idea(make.member())
    row = db.session.execute(select(STATUS_CHANGES)).one()
    idea = ideas.now(posted.thread_id)
    assert (row.idea_id, row.id, row.at) == (idea.id, idea.status_change_id, idea.created_at)
