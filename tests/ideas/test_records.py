"""Ideas and votes that come with an archive, and leave with one."""

from typing import Any

import pytest
from sqlalchemy import func, select

from forum.core.actor import SYSTEM
from forum.core.database import db, transaction
from forum.core.errors import Moved
from forum.ideas import actions, checks, queries
from forum.ideas.actions import StatusDraft
from forum.ideas.models import AREAS, IDEAS, MERGES, STATUS_CHANGES, STATUSES, VOTES
from forum.interchange import rerendering
from forum.threads import checks as thread_checks
from forum.threads.models import POSTS, THREADS
from tests.factories import ideas
from tests.factories import threads as make
from tests.interchange.conftest import Archive, Record
from tests.interchange.sample import post, start, thread


def idea(id: str, title: str, told: Record | None = None, **fields: Any) -> list[Record]:
    return [
        thread(id, title, type="idea", idea=told or {"status": "new"}, **fields),
        post(f"p{id}", id, f"About {id}."),
    ]


def vote(thread_id: str, member: str, **fields: Any) -> Record:
    return {"kind": "vote", "thread": thread_id, "member": member, **fields}


def called(title: str) -> Any:
    """The idea's row, with its thread's."""
    joined = select(IDEAS, THREADS.c.state, THREADS.c.merged_into_id, THREADS.c.post_count).join_from(IDEAS, THREADS)
    return db.session.execute(joined.where(THREADS.c.title == title)).one()


def survives(archive: Archive) -> None:
    """What was imported can be exported, imported elsewhere, and exported as the same bytes; all figures fit."""
    first = archive.take_out("first.jsonl")
    archive.empty()
    archive.bring_in(first)
    assert archive.told == []
    assert archive.take_out("second.jsonl").read_bytes() == first.read_bytes()
    assert [*checks.compare(False), *thread_checks.compare(False)] == []


def test_status_area_and_answer_are_taken_in(archive: Archive) -> None:
    told = {"status": "planned", "area": "Light", "answer": "In **spring**.", "target": "2027-03", "points": 3}
    archive.bring_in([*start(), *idea("t1", "A lamp", told), *idea("t2", "A bell", {"area": "light"})])
    row, other = called("A lamp"), called("A bell")
    now = ideas.now(row.thread_id)
    assert (now.stage, now.area and now.area.name, now.target_month) == ("planned", "Light", "2027-03")
    assert now.answer_html == "<p>In <strong>spring</strong>.</p>"
    assert row.extra == {"points": 3}
    assert other.area_id == row.area_id
    assert db.session.scalar(select(func.count()).select_from(AREAS)) == 1
    change = db.session.execute(select(STATUS_CHANGES).where(STATUS_CHANGES.c.idea_id == row.thread_id)).one()
    assert (change.id, change.at, change.answer_body) == (row.status_change_id, row.created_at, "In **spring**.")
    survives(archive)


def test_an_answer_stands_in_the_history_from_when_it_was_given(archive: Archive) -> None:
    told = {"status": "shipped", "answer": "There it is.", "answered_at": "2025-01-01T00:00:00Z"}
    archive.bring_in([*start(), *idea("t1", "A lamp", told)])
    rows = db.session.execute(select(STATUS_CHANGES).order_by(STATUS_CHANGES.c.id)).all()
    assert [(row.answer_body, row.is_new_answer) for row in rows] == [("", False), ("There it is.", True)]
    assert called("A lamp").status_change_id == rows[1].id
    survives(archive)


def test_a_status_that_nobody_knows_is_made(archive: Archive) -> None:
    archive.bring_in(
        [
            *start(),
            *idea("t1", "A lamp", {"status": "Waiting for parts"}),
            *idea("t2", "A bell", {"status": "waiting for parts"}),
            *idea("t3", "A horn", {"status": {"de": "Bald", "en": "Soon"}, "stage": "planned"}),
            *idea("t4", "A mirror", {"status": 7}),
            *idea("t5", "A bag", {"status": "under-review"}),
        ]
    )
    stages = {row.title: (row.slug, row.stage) for row in _statuses()}
    assert stages["A lamp"] == stages["A bell"] == ("waiting-for-parts", "under review")
    assert stages["A horn"] == ("bald", "planned")
    assert stages["A mirror"] == ("new", "new")
    assert stages["A bag"] == ("under-review", "under review")
    assert len(queries.statuses(SYSTEM)) == 8
    survives(archive)


def _statuses() -> Any:
    return db.session.execute(
        select(THREADS.c.title, STATUSES.c.slug, STATUSES.c.stage).select_from(
            IDEAS.join(THREADS, THREADS.c.id == IDEAS.c.thread_id).join(STATUSES, STATUSES.c.id == IDEAS.c.status_id)
        )
    )


def test_an_operators_own_statuses_and_areas_come_back(archive: Archive) -> None:
    anna = make.member("anna")
    posted = ideas.idea(anna, ideas.area(name="Light"))
    with transaction() as system:
        actions.create_status(system, StatusDraft({"de": "Gefragt", "en": "Asked for"}, "planned"))
        status = queries.get_status(system, "asked-for")
        row = queries.get_idea(system, posted.thread_id, lock=True)
        actions.set_status(system, row, status, None, is_small_step=True, seen_change_id=row.status_change_id)
    survives(archive)
    now = ideas.now(called("A lamp that dims").thread_id)
    assert (now.status.names, now.stage) == ({"de": "Gefragt", "en": "Asked for"}, "planned")
    assert now.area is not None
    assert now.area.names == {"de": "Light de", "en": "Light"}


def test_votes_are_counted_and_known_again(archive: Archive) -> None:
    records = [
        *start(),
        *idea("t1", "A lamp"),
        thread("t2", "Only talk"),
        post("p2", "t2", "Talk."),
        vote("t1", "m1", created_at="2026-01-01T00:00:00Z", importance="essential", reason="At night\nI see nothing."),
        vote("t1", "m2"),
        vote("t1", "m2"),
        vote("t2", "m1"),
    ]
    summary = archive.bring_in(records)
    assert summary.new["vote"] == 2
    assert summary.notes.counts["votes on threads that are no ideas (left out)"] == 1
    row = called("A lamp")
    assert row.vote_count + row.staff_vote_count == 2
    kept = db.session.execute(select(VOTES).where(VOTES.c.importance.is_not(None))).one()
    assert (kept.importance, kept.reason, kept.weight) == ("essential", "At night I see nothing.", 1.0)
    assert archive.bring_in(records).new["vote"] == 0
    survives(archive)


def test_a_vote_that_was_taken_back_here_stays_so(archive: Archive) -> None:
    records = [*start(), *idea("t1", "A lamp"), vote("t1", "m2", created_at="2026-01-01T00:00:00Z")]
    archive.bring_in(records)
    member_id = db.session.scalar(select(VOTES.c.member_id))
    ideas.withdraw(make.again(make.member_queries.actor_of(member_id)), called("A lamp").thread_id)
    archive.bring_in(records)
    assert called("A lamp").vote_count == 0


def test_merged_ideas_count_and_stand_where_they_lead(archive: Archive) -> None:
    archive.bring_in(
        [
            *start(),
            *idea("t3", "Dim the lamp"),
            *idea("t2", "A lamp that dims", {"merged_into": "t3"}),
            *idea("t1", "It blinds", {"merged_into": "t2"}),
            post("p9", "t1", "A comment."),
            vote("t1", "m2"),
            vote("t2", "m2"),
            vote("t2", "m3"),
            vote("t3", "m3"),
        ]
    )
    assert archive.told == []
    top, middle, low = called("Dim the lamp"), called("A lamp that dims"), called("It blinds")
    assert {one.root_id for one in (top, middle, low)} == {top.thread_id}
    assert (middle.merged_into_id, low.merged_into_id) == (top.thread_id, middle.thread_id)
    assert (top.vote_count, top.post_count, low.state) == (2, 2, "merged")
    merges = db.session.execute(select(MERGES.c.votes_moved, MERGES.c.votes_overlapping).order_by(MERGES.c.id)).all()
    assert [tuple(row) for row in merges] == [(0, 1), (1, 1)]
    with pytest.raises(Moved):
        queries.get_idea(SYSTEM, low.thread_id)
    survives(archive)


def test_an_imported_merge_can_be_undone(archive: Archive) -> None:
    archive.bring_in(
        [
            *start(),
            *idea("t1", "It blinds", {"merged_into": "t2"}),
            post("p9", "t1", "A comment."),
            *idea("t2", "Dim the lamp"),
            vote("t1", "m2"),
        ]
    )
    with transaction() as system:
        actions.unmerge(system, called("It blinds").thread_id)
    source, target = called("It blinds"), called("Dim the lamp")
    assert (source.vote_count, source.post_count, source.state) == (1, 2, "published")
    assert (target.vote_count, target.post_count) == (0, 1)
    numbers = (
        select(POSTS.c.number, POSTS.c.state).where(POSTS.c.thread_id == target.thread_id).order_by(POSTS.c.number)
    )
    assert [tuple(row) for row in db.session.execute(numbers)] == [(1, "published"), (2, "moved")]
    survives(archive)


def test_a_circle_and_what_is_no_idea_are_said_and_left_out(archive: Archive) -> None:
    archive.bring_in(
        [
            *start(),
            *idea("t1", "A lamp", {"merged_into": "t2"}),
            *idea("t2", "A bell", {"merged_into": "t1"}),
            *idea("t3", "A horn", {"merged_into": "t3"}),
            *idea("t4", "A bag", {"merged_into": "t5"}),
            thread("t5", "Only talk"),
            post("p5", "t5", "Talk."),
        ]
    )
    assert len(archive.told) == 3
    assert all("is no idea that this one can be merged into" in line for line in archive.told)
    assert sorted(row.state for row in (called("A lamp"), called("A bell"))) == ["merged", "published"]
    survives(archive)


def test_answers_are_made_anew_with_the_posts(archive: Archive) -> None:
    archive.bring_in([*start(), *idea("t1", "A lamp", {"answer": "In **spring**."})])
    with transaction():
        db.session.execute(IDEAS.update().values(answer_html="old"))
        db.session.execute(STATUS_CHANGES.update().values(answer_html="old", html_version=0))
    work = rerendering.Work()
    assert work.total() == work.run(1, lambda _done: None) == 1
    assert called("A lamp").answer_html == "<p>In <strong>spring</strong>.</p>"
    assert db.session.scalar(select(STATUS_CHANGES.c.answer_html)) == "<p>In <strong>spring</strong>.</p>"
    assert rerendering.Work().total() == 0
