"""Export, import, export: the same bytes; and what came in is what goes out."""

import gzip
import json
from pathlib import Path
from typing import Any

from sqlalchemy import select

from forum.community import queries as community
from forum.core import clock
from forum.core.actor import SYSTEM
from forum.core.database import db
from forum.demo.assemble import records as demo
from forum.members import checks as member_checks
from forum.members import queries
from forum.members.models import MEMBERS
from forum.threads import checks
from forum.threads.models import POSTS
from tests.interchange.conftest import Archive
from tests.interchange.sample import start, whole


def records_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_an_export_taken_into_an_empty_community_exports_the_same_bytes(archive: Archive) -> None:
    summary = archive.bring_in(whole())
    assert (archive.told, summary.bad_lines) == ([], 0)
    first = archive.take_out("first.jsonl")
    archive.empty()
    again = archive.bring_in(first)
    assert (archive.told, again.bad_lines) == ([], 0)
    assert archive.take_out("second.jsonl").read_bytes() == first.read_bytes()
    assert not list(checks.compare(False))


def test_the_demo_community_survives_the_round_trip_compressed(archive: Archive) -> None:
    now = clock.now()
    archive.bring_in(demo(now))
    assert archive.told == []
    first = archive.take_out("first.jsonl.gz")
    archive.empty()
    archive.bring_in(first)
    assert archive.told == []
    assert archive.take_out("second.jsonl.gz").read_bytes() == first.read_bytes()
    assert gzip.decompress(first.read_bytes()).startswith(b'{"kind":"community"')
    assert not list(checks.compare(False))


def test_an_export_holds_every_record_with_where_it_came_from(archive: Archive) -> None:
    archive.bring_in(whole())
    exported = records_of(archive.take_out())
    kinds = [record["kind"] for record in exported]
    expected = [record["kind"] for record in whole()]
    assert sorted(kinds) == sorted(expected)
    assert exported[0]["source"] == community.current().source != "old"
    solved = next(record for record in exported if record["kind"] == "thread" and record.get("solution"))
    answer = next(record for record in exported if record["kind"] == "post" and record["id"] == solved["solution"])
    assert answer["origin"] == {"source": "old", "id": "p2"}
    assert answer["revisions"][0]["body"] == "Fourty."
    assert answer["created_at"] == "2024-02-01T11:30:00.250000Z"
    idea = next(record for record in exported if record.get("idea", {}).get("status") == "planned")
    merged = next(
        record for record in exported if record["kind"] == "thread" and record["id"] == idea["idea"]["merged_into"]
    )
    assert merged["title"] == "Dim the lamp"
    assert (idea["idea"]["area"], idea["idea"]["answer"]) == ("Light", "In spring.")


def test_an_export_tells_no_secrets(archive: Archive) -> None:
    archive.bring_in(whole())
    member_id = db.session.scalar(select(MEMBERS.c.id))
    db.session.execute(MEMBERS.update().where(MEMBERS.c.id == member_id).values(password_hash="$argon2id$secret"))
    content = archive.take_out().read_text(encoding="utf-8")
    assert "argon2" not in content
    assert "password" not in content


def test_an_export_of_a_community_of_its_own_is_known_again_in_that_community(archive: Archive) -> None:
    archive.bring_in(whole())
    exported = archive.take_out()
    posts = select(POSTS).order_by(POSTS.c.id)
    before = db.session.execute(posts).all()
    summary = archive.bring_in(exported)
    assert sum(summary.new.values()) == 0
    assert db.session.execute(posts).all() == before


def test_imported_members_stand_in_the_directory_under_their_names(archive: Archive) -> None:
    archive.bring_in(start())
    assert [row.username for row in queries.directory(SYSTEM, queries.Wanted(name="ann")).rows] == ["anna"]
    assert list(member_checks.compare(False)) == []
