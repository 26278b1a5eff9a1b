"""Deleting a category: only an empty one goes, its threads find another place first, and everything else goes on."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from forum import wiring
from forum.core import clock
from forum.core.actor import SYSTEM
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Invalid, NotFound
from forum.core.origins import ORIGINS
from forum.core.worker import drain
from forum.ideas import actions as idea_actions
from forum.ideas.actions import AreaDraft
from forum.ideas.models import IDEAS
from forum.interchange import read as importing
from forum.interchange import write as exporting
from forum.members.models import SIGN_INS
from forum.threads import actions, queries
from forum.threads.actions import emptying
from forum.threads.models import ACTIVITIES, CATEGORIES, THREADS
from tests.factories import ideas
from tests.factories import threads as make
from tests.factories.members import a_member
from tests.factories.visitor import Visitor, read, words
from tests.system.holding import free_before


@pytest.fixture
def boss(app: Flask) -> Visitor:
    return Visitor(app, a_member("boss", roles=("admin",)))


def slug(category_id: int) -> str:
    return queries.get_category(SYSTEM, category_id).slug


def differences() -> list[str]:
    db.session.rollback()
    return [str(one) for check in wiring.CHECKS.values() for one in check(False)]


def test_an_empty_one_is_gone_with_what_groups_may_do_in_it(app: Flask, boss: Visitor) -> None:
    one, two = make.category("One"), make.category("Two")
    address = f"/c/{slug(one)}"
    assert Visitor(app).get(address).status_code == 200
    assert "It is empty." in words(boss.get(f"/admin/categories/{one}/delete"))
    assert boss.post(f"/admin/categories/{one}/delete").headers["Location"] == "/admin/categories"
    assert Visitor(app).get(address).status_code == 404
    assert "One" not in words(Visitor(app).get("/"))
    assert [row.id for row in queries.category_settings(SYSTEM)] == [two]
    assert boss.get(f"/admin/categories/{one}/delete").status_code == 404
    assert boss.post(f"/admin/categories/{one}/delete").status_code == 404
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "category.delete")).all()
    assert entry.before is not None
    assert (entry.before["slug"], entry.before["name"]["en"], entry.before["grants"]) == (
        "one",
        "One",
        [["reply", 2], ["see", 1], ["start", 2]],
    )


def test_one_that_holds_something_stays_and_says_how_much(app: Flask, boss: Visitor) -> None:
    one = make.category("One")
    author = a_member("author")
    make.thread(author, one)
    hidden = make.thread(author, one)
    make.on_post(actions.delete_post, author, hidden.post_id)
    page = boss.get(f"/admin/categories/{one}/delete")
    assert "It still holds 2 threads." in words(page)
    assert "1 of them is not in the list" in words(page)
    assert read(page).select_one(f"main a[href='/c/{slug(one)}']") is not None
    answer = boss.post(f"/admin/categories/{one}/delete")
    assert answer.status_code == 409
    assert "The category still holds threads." in words(answer)
    assert [row.id for row in queries.category_settings(SYSTEM)] == [one]


def test_its_threads_move_with_all_they_count_for_whatever_their_state(app: Flask, boss: Visitor) -> None:
    one, two = make.category("One"), make.category("Two")
    author, moderator = a_member("author"), a_member("mod", roles=("moderator",))
    shown, gone, source, target = (make.thread(author, one, f"Number {number}") for number in range(4))
    make.reply(moderator, shown.thread_id)
    make.reply(author, source.thread_id, "This one moves along.")
    make.on_post(actions.delete_post, author, gone.post_id)
    with transaction(moderator) as staff:
        held = [queries.get_thread(staff, posted.thread_id, lock=True) for posted in (source, target)]
        actions.merge_thread(staff, *held)
    drain(app.extensions["settings"])
    answer = boss.post(f"/admin/categories/{one}/threads", to=str(two))
    assert answer.headers["Location"] == f"/admin/categories/{one}/delete"
    assert "4 threads have moved." in words(boss.get(f"/admin/categories/{one}/delete"))
    drain(app.extensions["settings"])
    assert set(db.session.scalars(select(THREADS.c.category_id))) == {two}
    assert db.session.scalar(select(CATEGORIES.c.thread_count).where(CATEGORIES.c.id == two)) == 2
    assert boss.post(f"/admin/categories/{one}/delete").status_code == 303
    assert differences() == []
    assert db.session.scalar(select(func.count()).where(ACTIVITIES.c.category_id == one)) == 0
    found = words(Visitor(app).get("/search?q=number"))
    assert "Number 0" in found
    moved = select(func.count()).where(AuditEntry.act == "thread.move")
    assert db.session.scalar(moved) == 4
    with transaction(moderator) as staff:
        source_row, target_row = queries.get_merged(staff, source.thread_id)
        assert source_row.category_id == target_row.category_id == two


def test_many_threads_move_a_stretch_at_a_time(app: Flask, boss: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emptying, "MOVED_AT_ONCE", 2)
    monkeypatch.setattr(actions, "MOVED_AT_ONCE", 2)
    one, two = make.category("One"), make.category("Two")
    author = a_member("author")
    for number in range(3):
        make.thread(author, one, f"Number {number}")
    assert "Move the oldest 2" in words(boss.get(f"/admin/categories/{one}/delete"))
    boss.post(f"/admin/categories/{one}/threads", to=str(two))
    page = words(boss.get(f"/admin/categories/{one}/delete"))
    assert "It still holds 1 thread." in page
    assert "Move the threads" in page
    boss.post(f"/admin/categories/{one}/threads", to=str(two))
    assert "It is empty." in words(boss.get(f"/admin/categories/{one}/delete"))
    assert differences() == []


@pytest.mark.parametrize("to", ["itself", "4711", "two", ""])
def test_they_move_to_another_category_that_there_is(app: Flask, boss: Visitor, to: str) -> None:
    one = make.category("One")
    make.category("Two")
    make.thread(a_member("author"), one)
    answer = boss.post(f"/admin/categories/{one}/threads", to=str(one) if to == "itself" else to)
    assert answer.status_code == 400
    assert "Please choose a category." in words(answer)
    assert set(db.session.scalars(select(THREADS.c.category_id))) == {one}


def test_product_areas_are_named_and_go_first(app: Flask, boss: Visitor) -> None:
    one, two = make.category("One"), make.category("Two")
    area = ideas.area(one, "Range")
    idea = ideas.idea(a_member("author"), area)
    boss.post(f"/admin/categories/{one}/threads", to=str(two))
    drain(app.extensions["settings"])
    assert db.session.scalar(select(IDEAS.c.area_id).where(IDEAS.c.thread_id == idea.thread_id)) is None
    page = boss.get(f"/admin/categories/{one}/delete")
    assert read(page).select_one(f"main a[href='/admin/areas/{area}']") is not None
    assert read(page).select_one("form#delete") is None
    answer = boss.post(f"/admin/categories/{one}/delete")
    assert answer.status_code == 409
    assert "product areas of the ideas board" in words(answer)
    boss.post(f"/admin/areas/{area}/delete")
    assert boss.post(f"/admin/categories/{one}/delete").status_code == 303


def test_categories_below_it_stand_where_it_stood(app: Flask, boss: Visitor) -> None:
    top, middle, low = make.category("Top"), make.category("Middle"), make.category("Low")
    with transaction():
        for id, parent in ((middle, top), (low, middle)):
            db.session.execute(update(CATEGORIES).where(CATEGORIES.c.id == id).values(parent_id=parent))
    boss.post(f"/admin/categories/{middle}/delete")
    assert db.session.scalar(select(CATEGORIES.c.parent_id).where(CATEGORIES.c.id == low)) == top


def test_without_a_fresh_proof_it_is_asked_for(app: Flask, boss: Visitor) -> None:
    one = make.category("One")
    with transaction():
        db.session.execute(update(SIGN_INS).values(proved_at=clock.now() - timedelta(hours=1)))
    for act in ("delete", "threads"):
        answer = boss.post(f"/admin/categories/{one}/{act}")
        assert answer.status_code == 403
        assert read(answer).select_one("form#prove") is not None
    assert [row.id for row in queries.category_settings(SYSTEM)] == [one]


def test_an_archive_that_brought_it_brings_it_again(app: Flask, boss: Visitor, tmp_path: Path) -> None:
    records = [
        {"kind": "community", "format": 1, "source": "old", "name": "The old forum", "languages": ["en"]},
        {"kind": "category", "id": "c1", "name": "Workshop"},
        {"kind": "category", "id": "c2", "name": "Tours"},
    ]
    archive = tmp_path / "archive.jsonl"
    archive.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    importing.import_file(archive, tell=lambda _said: None)
    workshop = queries.get_category(SYSTEM, "workshop").id
    boss.post(f"/admin/categories/{workshop}/delete")
    assert db.session.scalar(select(ORIGINS.c.source_id).where(ORIGINS.c.local_id == workshop)) is None
    exporting.export_file(tmp_path / "export.jsonl")
    assert "Workshop" not in (tmp_path / "export.jsonl").read_text()
    importing.import_file(archive, tell=lambda _said: None)
    db.session.expire_all()
    assert [row.slug for row in queries.category_settings(SYSTEM)] == ["tours", "workshop"]
    assert differences() == []


def test_a_thread_for_a_category_that_goes_meanwhile_is_not_lost(
    app: Flask, boss: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _two = make.category("One"), make.category("Two")
    known, start_thread = slug(one), actions.start_thread

    def meanwhile(*arguments: object) -> object:
        with db.session.begin_nested():
            actions.delete_category(SYSTEM, one)
        return start_thread(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "start_thread", meanwhile)
    sent = {"category": known, "title": "A new thread", "body": "With a text.", "kind": "discussion"}
    answer = Visitor(app, a_member("author")).post("/new", **sent)
    assert answer.status_code == 400
    assert "With a text." in words(answer)
    assert db.session.scalar(select(THREADS.c.id)) is None


def test_moving_threads_asks_for_two_categories(app: Flask) -> None:
    one = queries.get_category(SYSTEM, make.category("One"))
    with pytest.raises(NotFound), transaction(SYSTEM) as system:
        actions.move_some_threads(system, one, one)


def test_a_thread_does_not_move_to_a_category_that_goes_meanwhile(app: Flask, boss: Visitor) -> None:
    first, second = make.category("First"), make.category("Second")
    place = make.thread(a_member("author"), first)
    target = queries.get_category(SYSTEM, second)
    boss.post(f"/admin/categories/{second}/delete")
    with transaction(SYSTEM) as system:
        thread = queries.get_thread(system, place.thread_id, lock=True)
        with pytest.raises(Invalid, match="choose-category"):
            actions.move(system, thread, target)
    with transaction(SYSTEM) as system, pytest.raises(Invalid, match="choose-category"):
        actions.move_some_threads(system, queries.get_category(system, first), target)
    assert queries.get_thread(SYSTEM, place.thread_id).category_id == first


@pytest.mark.parametrize("act", ["create", "update"])
def test_a_product_area_holds_the_category_that_it_is_given(app: Flask, act: str) -> None:
    category, area = make.category("First"), ideas.area(make.category("Second"), "Frames")
    draft = AreaDraft({"en": "Wheels"}, category)
    with (
        free_before(
            "INSERT INTO product_area" if act == "create" else "UPDATE product_area", CATEGORIES, category
        ) as found,
        transaction(SYSTEM) as system,
    ):
        if act == "create":
            idea_actions.create_area(system, draft)
        else:
            idea_actions.update_area(system, area, draft)
    assert found == [False]
