"""The main job from end to end: an archive of ideas comes in, hundreds vote, duplicates are merged, the team answers,
those concerned are told once, and the export says the same as the database."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.ideas import actions
from forum.ideas.models import IDEAS
from forum.interchange.read import import_file
from forum.notifications.models import NOTIFICATIONS
from tests.factories import exports, ideas
from tests.factories import threads as make
from tests.factories.world import deliver

pytestmark = [pytest.mark.full, pytest.mark.usefixtures("app")]
ARCHIVE = os.environ.get("FORUM_TEST_IDEAS_ARCHIVE", "")
"""An archive with at least a hundred ideas; without one, ideas are made up."""
MEMBERS, MERGES = 300, 20


def made_up() -> Iterator[dict[str, Any]]:
    yield {"kind": "community", "format": 1, "source": "made-up", "name": "Wishes", "languages": ["en", "de"]}
    yield {"kind": "category", "id": "c", "name": "Wishes"}
    for number in range(120):
        at = f"2026-01-{1 + number % 28:02}T09:00:00Z"
        thread = {"kind": "thread", "id": f"t{number}", "category": "c", "type": "idea", "created_at": at}
        yield {**thread, "title": f"Wish number {number}", "idea": {"status": "new"}}
        yield {
            "kind": "post",
            "id": f"p{number}",
            "thread": f"t{number}",
            "body": f"Please, {number}.",
            "created_at": at,
        }


@pytest.fixture
def idea_ids(tmp_path: Path) -> list[int]:
    path = Path(ARCHIVE) if ARCHIVE else tmp_path / "ideas.jsonl"
    if not ARCHIVE:
        path.write_text("".join(json.dumps(record) + "\n" for record in made_up()), encoding="utf-8")
    import_file(path)
    return list(db.session.scalars(select(IDEAS.c.thread_id).order_by(IDEAS.c.thread_id)))


def test_three_hundred_vote_twenty_are_merged_three_are_answered(idea_ids: list[int]) -> None:
    dice = Random(5)
    team = make.member("paula", "product")
    chosen = dice.sample(idea_ids, 3 * MERGES)
    given: dict[int, set[int]] = {id: set() for id in chosen}
    for _ in range(MEMBERS):
        member = make.member()
        for id in dice.sample(chosen, 5):
            ideas.vote(member, id)
            given[id].add(member.member_id)
    merged = {chosen[place]: chosen[MERGES + place] for place in range(MERGES)}
    for source, target in merged.items():
        overlapping = given[source] & given[target]
        with transaction(team) as actor:
            result = actions.merge(actor, source, target)
        assert (result.votes_moved, result.votes_overlapping) == (len(given[source] - overlapping), len(overlapping))
        given[target] |= given.pop(source)
    deliver()
    told_before = told()
    answered = [chosen[MERGES], chosen[MERGES + 1], chosen[2 * MERGES]]
    for id, status in zip(answered, ("planned", "shipped", "declined"), strict=True):
        ideas.set_status(team, id, status, f"About this one: {status}.")
    deliver()
    assert told() - told_before == Counter({id: len(given[id]) for id in answered})
    deliver()
    assert told() - told_before == Counter({id: len(given[id]) for id in answered})
    rows = {row["id"]: row for row in exports.rows()}
    assert len(rows) == len(idea_ids) - MERGES
    for id, voters in given.items():
        assert rows[id]["votes"] == ideas.now(id).vote_count == len(voters)
    for source, target in merged.items():
        assert source in rows[target]["merged_ids"]
    assert [rows[id]["stage"] for id in answered] == ["planned", "shipped", "declined"]
    ranked = sorted(rows.values(), key=lambda row: row["rank"])
    assert [row["votes"] for row in ranked] == sorted((row["votes"] for row in ranked), reverse=True)


def told() -> Counter[int]:
    """How many notifications of a status there are for each idea."""
    subjects = db.session.scalars(select(NOTIFICATIONS.c.subject).where(NOTIFICATIONS.c.kind == "idea_status"))
    return Counter(int(subject.split(":")[1]) for subject in subjects)


def test_the_team_is_no_voter_that_is_told_of_its_own_answer(idea_ids: list[int]) -> None:
    team: Actor = make.member("paula", "product")
    ideas.vote(team, idea_ids[0])
    ideas.set_status(team, idea_ids[0], "planned", "Yes.")
    deliver()
    assert told() == Counter()
