"""Ideas in an archive: names in several languages, since when what holds, votes with reasons, merges as if by hand."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from forum.core.database import db
from forum.ideas.models import AREAS, IDEAS, STATUS_CHANGES, STATUSES, VOTES
from forum.interchange.write import records
from forum.threads.models import POSTS, THREADS
from tests.interchange.conftest import Archive
from tests.interchange.sample import post, start, thread

LIGHT = {"de": "Licht", "en": "Light"}


def idea(id: str, title: str, **fields: Any) -> dict[str, Any]:
    """A thread of kind idea, written in February."""
    return thread(id, title, author="m3", type="idea", idea=fields)


def vote(of: str, member: str, **fields: Any) -> dict[str, Any]:
    """Given in March."""
    return {"kind": "vote", "thread": of, "member": member, "created_at": "2024-03-01T00:00:00Z"} | fields


def board() -> list[dict[str, Any]]:
    """Two ideas that say the same, one of them answered."""
    return [
        *start(),
        idea("t1", "A lamp that dims", status="planned", status_at="2024-04-02T00:00:00Z", area=LIGHT,
             answer="In *spring*.", answered_at="2024-04-01T00:00:00Z", target="2027-03", budget=7),
        post("p1", "t1", "It blinds people.", author="m3"),
        idea("t2", "Dim the lamp", area="Licht", merged_into="t1"),
        post("p2", "t2", "Please.", author="m3"),
        post("p3", "t2", "Yes!", author="m1"),
        vote("t1", "m1", importance="essential", reason="I ride  at\nnight."),
        vote("t2", "m1"),
        vote("t2", "m2"),
    ]  # fmt: skip


def exported() -> dict[str, dict[str, Any]]:
    """The export's threads by title."""
    return {record["title"]: record for record in records() if record["kind"] == "thread"}


def test_an_area_named_in_two_languages_is_one_area(archive: Archive) -> None:
    archive.bring_in(board())
    assert archive.told == []
    assert db.session.scalars(select(AREAS.c.name)).all() == [LIGHT]
    assert {record["idea"]["area"] == LIGHT for record in exported().values()} == {True}


def test_status_and_answer_hold_since_when_the_archive_says(archive: Archive) -> None:
    archive.bring_in(board())
    wanted = (
        select(STATUSES.c.stage, STATUS_CHANGES.c.answer_body, STATUS_CHANGES.c.is_new_answer, STATUS_CHANGES.c.at)
        .join_from(STATUS_CHANGES, STATUSES, STATUSES.c.id == STATUS_CHANGES.c.status_id)
        .join(THREADS, THREADS.c.id == STATUS_CHANGES.c.idea_id)
        .where(THREADS.c.title == "A lamp that dims")
        .order_by(STATUS_CHANGES.c.id)
    )
    history = [
        (row.stage, row.answer_body, row.is_new_answer, row.at.isoformat()[5:10]) for row in db.session.execute(wanted)
    ]
    assert history == [
        ("new", "", False, "02-01"),
        ("new", "In *spring*.", True, "04-01"),
        ("planned", "In *spring*.", False, "04-02"),
    ]


def test_an_idea_goes_out_as_it_came_in(archive: Archive) -> None:
    archive.bring_in(board())
    given = next(record["idea"] for record in board() if record.get("id") == "t1")
    assert exported()["A lamp that dims"]["idea"] == given
    first = archive.take_out("first.jsonl")
    archive.empty()
    archive.bring_in(first)
    assert archive.take_out("second.jsonl").read_bytes() == first.read_bytes()


def test_votes_bring_how_much_it_matters_and_why(archive: Archive) -> None:
    archive.bring_in(board())
    vote = db.session.execute(select(VOTES).where(VOTES.c.importance.is_not(None))).one()
    assert (vote.importance, vote.reason) == ("essential", "I ride at night.")
    assert db.session.scalars(select(IDEAS.c.vote_count).order_by(IDEAS.c.thread_id).limit(1)).one() == 1  # m1 is staff


def test_the_comments_of_a_merged_idea_stand_in_the_other_one(archive: Archive) -> None:
    archive.bring_in(board())
    bodies = (
        select(POSTS.c.number, POSTS.c.body)
        .join_from(POSTS, THREADS, THREADS.c.id == POSTS.c.thread_id)
        .where(THREADS.c.title == "A lamp that dims", POSTS.c.state == "published")
        .order_by(POSTS.c.number)
    )
    assert [tuple(row) for row in db.session.execute(bodies)] == [(1, "It blinds people."), (2, "Yes!")]


@pytest.mark.parametrize("odd", [7, [], "no time", None])
def test_an_odd_time_means_from_the_beginning(archive: Archive, odd: Any) -> None:
    archive.bring_in([*start(), idea("t1", "A lamp", status="planned", status_at=odd), post("p1", "t1", "Text.")])
    assert archive.told == []
    assert "status_at" not in json.dumps(exported()["A lamp"])
