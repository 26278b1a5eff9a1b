"""The worker keeps the index: what is written, changed and hidden, killed half-way, made anew beside the live one."""

import errno
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from forum.core import worker
from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.members import actions as member_actions
from forum.search import checks, index, indexer, pending
from forum.search.engines import SearchAway, Where
from forum.search.engines.files import Folder
from forum.search.models import PENDING
from forum.search.query import parse
from forum.threads import actions, queries
from tests.factories import threads as make


class Kept:
    """An index that the worker keeps."""

    def __init__(self, app: Flask) -> None:
        self._settings = app.extensions["settings"]

    def drain(self) -> None:
        worker.drain(self._settings)

    def find(self, raw: str, **where: object) -> list[int]:
        place = Where(**where)  # type: ignore[arg-type]
        return [hit.ref_id for hit in index.live().candidates(parse(raw), place, "newest", 50)]

    def found(self, raw: str, **where: object) -> list[int]:
        """What is found after the worker's rounds, with an index that is as it should be."""
        self.drain()
        assert list(checks.compare(fix=False)) == []
        assert db.session.scalar(select(func.count()).select_from(PENDING)) == 0
        return self.find(raw, **where)


@pytest.fixture
def kept(app: Flask) -> Kept:
    return Kept(app)


@pytest.fixture
def anna(app: Flask) -> Actor:
    return make.member("anna")


def test_what_is_written_is_found_and_what_is_hidden_is_not(kept: Kept, anna: Actor) -> None:
    ben, place = make.member("ben"), make.category()
    posted = make.thread(anna, place, "Squeaking brakes", "They squeak when wet.")
    answer = make.reply(ben, posted.thread_id, "Clean the rims.")
    assert kept.found("squeak") == [posted.post_id]
    assert kept.found("rims") == [answer.post_id]
    make.on_post(actions.edit_post, ben, answer.post_id, actions.write(ben, "Clean the discs."), 1)
    assert (kept.found("rims"), kept.found("disc")) == ([], [answer.post_id])
    make.on_post(actions.delete_post, ben, answer.post_id)
    assert kept.found("disc") == []
    make.on_post(actions.restore_post, ben, answer.post_id)
    assert kept.found("disc") == [answer.post_id]


def test_a_threads_title_tags_and_category_follow_it(kept: Kept, anna: Actor) -> None:
    staff, here, there = make.member("mod", "moderator"), make.category(), make.category()
    posted = make.thread(anna, here, "Old title", "Text.", tags="brakes")
    make.reply(anna, posted.thread_id, "A reply.")
    assert kept.found("title") == kept.found("brake") == [posted.post_id]
    make.on_thread(actions.rename, staff, posted.thread_id, "New heading", "new-heading")
    with transaction(staff) as actor:
        thread = queries.get_thread(actor, posted.thread_id, lock=True)
        actions.move(actor, thread, queries.get_category(actor, there))
    assert (kept.found("title"), kept.found("heading")) == ([], [posted.post_id])
    assert kept.found("reply", categories=frozenset({here})) == []
    assert len(kept.found("reply", categories=frozenset({there}))) == 1
    make.on_thread(actions.tag, staff, posted.thread_id, ("cables",))
    assert (kept.found("brake"), kept.found("cable")) == ([], [posted.post_id])


def test_members_are_found_once_they_are_public(kept: Kept) -> None:
    people = frozenset({"member"})
    waiting = make.member("waiting", confirmed_at=None)
    assert kept.found("waiting", kinds=people) == []
    with transaction():
        member_actions.confirm(waiting.member_id)
    assert kept.found("waiting", kinds=people) == [waiting.member_id]


def test_a_kill_between_index_and_note_writes_the_same_once_more(
    kept: Kept, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.drain()
    posted = make.thread(anna, make.category(), "Puncture", "In the rear tyre.")
    with monkeypatch.context() as patched:
        patched.setattr(pending, "are_written", _killed)
        patched.setattr(worker, "REST_SECONDS", 0.0)
        with pytest.raises(KeyboardInterrupt):
            kept.drain()
    assert kept.find("puncture") == [posted.post_id]
    assert kept.found("puncture") == [posted.post_id]


def _killed(*_args: object, **_more: object) -> None:
    raise KeyboardInterrupt


def test_a_new_index_is_made_beside_the_live_one(kept: Kept, anna: Actor) -> None:
    place = make.category()
    first = make.thread(anna, place, "First saddle", "One.")
    assert kept.found("saddle") == [first.post_id]
    generation = indexer.start()
    assert indexer.step(generation, 1) == 1
    second = make.thread(anna, place, "Second saddle", "Two.")
    with index.alone("build") as mine:  # as a command that builds
        assert mine
        kept.drain()
        assert kept.find("saddle") == [second.post_id, first.post_id]
        assert pending.next_ones(10, is_all=True)
        make.on_post(actions.delete_post, anna, first.post_id)
        kept.drain()
        while indexer.step(generation, 1):
            pass
        assert indexer.finish(generation)
    assert kept.found("saddle") == [second.post_id]
    assert [one.id for one in index.generations()] == [generation.id]


def test_a_build_that_was_killed_is_gone_on_with_by_the_worker(kept: Kept, anna: Actor) -> None:
    kept.drain()
    posted = [make.thread(anna, make.category(), f"Lamp {number}", "Light.") for number in range(3)]
    kept.drain()
    generation = indexer.start()
    indexer.step(generation, 1)
    assert kept.found("lamp") == [one.post_id for one in reversed(posted)]
    assert [one.id for one in index.generations()] == [generation.id]


def test_documents_that_the_engine_can_not_take_are_left_out(
    kept: Kept, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make.category()
    good, bad = make.thread(anna, place, "Good lamp", "Light."), make.thread(anna, place, "Bad lamp", "Light.")
    kept.drain()
    engine = type(index.live())
    write = engine.write

    def take(self: Any, made: Any, gone: Any) -> None:
        if any(one.ref_id == bad.post_id for one in made if one.kind == "post"):
            raise ValueError("not this one")
        write(self, made, gone)

    monkeypatch.setattr(engine, "write", take)
    with index.alone("build") as mine:
        assert mine
        generation = indexer.start()
        steps = [indexer.step(generation, 1) for _ in range(4)]
        assert steps[-1] == 0
        assert indexer.finish(generation)
    assert kept.find("lamp") == [good.post_id]


def test_a_disk_that_takes_nothing_is_waited_for(kept: Kept, anna: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.drain()
    posted = make.thread(anna, make.category(), "Puncture", "In the rear tyre.")

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(type(index.live()), "write", full)
        patched.setattr(worker, "REST_SECONDS", 0.0)
        kept.drain()
    assert kept.found("puncture") == [posted.post_id]


def test_an_index_of_another_format_is_away_until_it_is_made_anew(
    kept: Kept, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted = make.thread(anna, make.category(), "Pump", "Air.")
    assert kept.found("pump") == [posted.post_id]
    monkeypatch.setattr(index, "FORMAT", index.FORMAT + 1)
    with pytest.raises(SearchAway):
        kept.find("pump")
    assert kept.found("pump") == [posted.post_id]


def test_without_an_index_the_check_says_so(app: Flask) -> None:
    (difference,) = checks.compare(fix=False)
    assert difference.what == "search index"


def test_check_finds_and_fix_mends_both_ways(kept: Kept, anna: Actor) -> None:
    posted = make.thread(anna, make.category(), "Bell", "Ring.")
    kept.drain()
    with transaction():
        db.session.execute(text("UPDATE thread SET state = 'deleted' WHERE id = :id"), {"id": posted.thread_id})
    engine = index.live()
    engine.write([], [("member", anna.member_id)])
    found = {(one.what, one.id, one.found) for one in checks.compare(fix=True)}
    assert found == {
        ("search document of post", posted.post_id, "there"),
        ("search document of member", anna.member_id, "missing"),
    }
    assert kept.found("bell") == []


# ---------------------------------------------------------------- files


on_files = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def files(app: Flask, kept: Kept, anna: Actor) -> Path:
    """The folder of a live index on disk."""
    make.thread(anna, make.category(), "Rim tape", "Blue.")
    kept.drain()
    assert len(kept.find("tape")) == 1
    return index.folder() / str(index.generations()[0].id)


def _is_mended(kept: Kept) -> bool:
    with pytest.raises(SearchAway):
        kept.find("tape")
    return len(kept.found("tape")) == 1


@on_files
def test_a_missing_index_is_made_anew(files: Path, kept: Kept) -> None:
    for path in files.iterdir():
        path.unlink()
    assert _is_mended(kept)


@on_files
def test_another_databases_index_is_made_anew(files: Path, kept: Kept) -> None:
    Folder(files, "another one's").give_name()
    assert _is_mended(kept)


@on_files
def test_a_torn_segment_is_noticed_by_who_opens_it(files: Path, kept: Kept) -> None:
    for path in files.glob("*.seg"):
        path.write_bytes(path.read_bytes()[:-40])
    index._engines.clear()
    assert _is_mended(kept)


@on_files
def test_a_torn_list_of_segments_is_noticed(files: Path, kept: Kept) -> None:
    for path in files.glob("*.toc"):
        path.write_bytes(b"\x04\x08\x04nonsense")
    index._engines.clear()
    assert _is_mended(kept)


@on_files
def test_scrambled_postings_are_noticed_by_who_reads_them(files: Path, kept: Kept) -> None:
    for path in files.glob("*.seg"):
        path.write_bytes(path.read_bytes().replace(b"W3Bl", bytes(4)))
    index._engines.clear()
    assert _is_mended(kept)
