"""Events reach their reactions once, however often one of them fails; jobs run until they succeed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from forum import wiring
from forum.core import clock, events, jobs, queue
from forum.core.database import db, transaction
from forum.core.events import EVENTS, Event


@dataclass(frozen=True, slots=True)
class Happened(Event):
    number: int


broken: set[str] = set()


def tell(word: str) -> None:
    db.session.execute(sa.text("INSERT INTO test_told (word) VALUES (:word)"), {"word": word})
    if word in broken:
        raise ConnectionError(word)


def on_first(event: Happened) -> None:
    tell(f"first {event.number}")


def on_second(event: Happened) -> None:
    tell(f"second {event.number}")


def do_work(number: int) -> None:
    with transaction():
        tell(f"job {number}")


@pytest.fixture(autouse=True)
def installed(app: Flask) -> Iterator[None]:
    broken.clear()
    events.install({Happened: [on_first, on_second]})
    jobs.install({"test.work": do_work, "test.slow": do_work}, {"test.work": timedelta(hours=1)})
    with transaction():
        db.session.execute(sa.text("CREATE TABLE test_told (word VARCHAR(80) NOT NULL)"))
    yield
    with transaction():
        db.session.execute(sa.text("DROP TABLE test_told"))
    wiring.install()


def told() -> list[str]:
    return sorted(db.session.scalars(sa.text("SELECT word FROM test_told")).all())


def happen(number: int) -> None:
    with transaction():
        events.publish(Happened(number))


def test_every_reaction_hears_of_an_event_once() -> None:
    happen(1)
    while events.work("here/1"):
        pass
    assert told() == ["first 1", "second 1"]


def test_an_event_of_a_transaction_that_fails_never_happened() -> None:
    def fail() -> None:
        with transaction():
            events.publish(Happened(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert events.work("here/1") == 0


def test_a_failing_reaction_is_tried_again_and_the_others_are_not_repeated() -> None:
    broken.add("second 1")
    happen(1)
    with time_machine.travel(clock.now(), tick=False) as time:
        assert events.work("here/1") == 1
        assert told() == ["first 1"]
        assert events.work("here/1") == 0, "it waits before the next attempt"
        broken.clear()
        time.shift(timedelta(seconds=3))
        assert events.work("here/1") == 1
    assert told() == ["first 1", "second 1"]


def test_what_fails_for_good_ends_among_the_dead_letters_and_can_be_revived() -> None:
    broken.add("first 1")
    happen(1)
    with time_machine.travel(clock.now(), tick=False) as time:
        for _attempt in range(queue.MAX_ATTEMPTS + 3):
            events.work("here/1")
            time.shift(timedelta(hours=2))
        row = db.session.execute(sa.select(EVENTS.c.id, EVENTS.c.state, EVENTS.c.error)).one()
        assert row.state == queue.DEAD
        assert "ConnectionError" in row.error
        broken.clear()
        with transaction():
            assert queue.revive(EVENTS, row.id)
        events.work("here/1")
    assert told() == ["first 1", "second 1"]


def test_a_worker_that_died_holds_nothing_up_for_its_successor(
    app: Flask, tmp_path_factory: pytest.TempPathFactory
) -> None:
    happen(1)
    slot = queue.Slot(tmp_path_factory.mktemp("slot"))
    assert len(queue.claim(EVENTS, slot.name)) == 1
    assert events.work(slot.name) == 0, "the lease of the dead one still holds"
    slot.release_leases(EVENTS)
    assert events.work(slot.name) == 1
    assert told() == ["first 1", "second 1"]


def taken_by_a_worker_that_dies(limit: int = queue.BATCH) -> list[int]:
    with time_machine.travel(clock.now() + timedelta(seconds=1), tick=False) as time:
        taken = [row.id for row in queue.claim(EVENTS, "here/1", limit)]
        time.shift(timedelta(seconds=queue.LEASE_SECONDS + 1))
        with transaction():
            db.session.execute(sa.update(EVENTS).values(lease=None, leased_until=None))
    return taken


def test_what_kills_its_worker_again_and_again_ends_among_the_dead_letters() -> None:
    happen(1)
    for _time in range(queue.MOST_CLAIMS):
        assert len(taken_by_a_worker_that_dies()) == 1
    assert events.work("here/1") == 0
    row = db.session.execute(sa.select(EVENTS.c.state, EVENTS.c.error)).one()
    assert row.state == queue.DEAD
    assert "killed" in row.error


def test_what_kills_its_worker_does_not_take_what_waits_behind_it_along() -> None:
    for number in range(5):
        happen(number)
    deadly = 0
    for _time in range(queue.MOST_CLAIMS):
        deadly, *_others = taken_by_a_worker_that_dies()
    while events.work("here/1"):
        pass
    states = dict(db.session.execute(sa.select(EVENTS.c.id, EVENTS.c.state)).tuples().all())
    assert states.pop(deadly) == queue.DEAD
    assert set(states.values()) == {queue.DONE}
    assert len(states) == 4


def test_a_slot_that_is_closed_is_free_and_two_installations_never_share_a_name(
    app: Flask, tmp_path_factory: pytest.TempPathFactory
) -> None:
    here, there = (tmp_path_factory.mktemp("slot") for _ in range(2))
    with queue.Slot(here) as first, queue.Slot(here) as second, queue.Slot(there) as other:
        assert len({first.name, second.name, other.name}) == 3
        first_name = first.name
    with queue.Slot(here) as again:
        assert again.name == first_name


def test_two_workers_never_hold_the_same_event() -> None:
    for number in range(5):
        happen(number)
    first = {row.id for row in queue.claim(EVENTS, "here/1", 3)}
    second = {row.id for row in queue.claim(EVENTS, "here/2", 10)}
    assert len(first) == 3
    assert len(second) == 2
    assert not first & second


def test_an_event_that_somebody_else_has_taken_meanwhile_is_left_to_them() -> None:
    happen(1)
    with time_machine.travel(clock.now(), tick=False) as time:
        [slow] = queue.claim(EVENTS, "here/1")
        time.shift(timedelta(seconds=queue.LEASE_SECONDS + 1))
        assert events.work("here/2") == 1
        events._deliver(slow)
    assert told() == ["first 1", "second 1"]


def test_an_event_of_another_version_of_the_program_waits_and_stops_nobody() -> None:
    happen(1)
    with transaction():
        db.session.execute(sa.update(EVENTS).values(payload={"figure": 1}))
    happen(2)
    assert events.work("here/1") == 2
    assert told() == ["first 2", "second 2"]
    error = db.session.scalar(sa.select(EVENTS.c.error).where(EVENTS.c.state == queue.WAITING))
    assert error is not None
    assert "other fields" in error


def test_a_job_that_somebody_else_has_taken_meanwhile_is_not_done_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction():
        jobs.enqueue("test.work", number=1)
        jobs.enqueue("test.slow", number=2)
        jobs.enqueue("test.work", number=3)
    with time_machine.travel(clock.now(), tick=False) as time:

        def be_slow(number: int) -> None:
            time.shift(timedelta(seconds=queue.LEASE_SECONDS + 1))
            do_work(number)
            if number == 2:
                jobs.install({"test.work": do_work, "test.slow": do_work}, {})
                assert jobs.work("here/2") == 2

        jobs.install({"test.work": do_work, "test.slow": be_slow}, {})
        jobs.work("here/1")
    assert told().count("job 3") == 1


def test_an_event_that_is_not_wired_is_an_error_when_it_is_published() -> None:
    events.install({})
    with pytest.raises(LookupError), transaction():
        events.publish(Happened(1))


def test_a_job_with_a_key_is_asked_for_once() -> None:
    for _time in range(3):
        with transaction():
            jobs.enqueue("test.work", unique_key="only", number=7)
    jobs.work("here/1")
    assert told() == ["job 7"]


def test_the_timetable_asks_once_in_a_period() -> None:
    with time_machine.travel("2026-11-21T12:10:00Z", tick=False) as time:
        jobs.keep_timetable()
        jobs.keep_timetable()
        assert waiting_jobs() == 1
        time.shift(timedelta(hours=1))
        jobs.keep_timetable()
        assert waiting_jobs() == 2


def waiting_jobs() -> int:
    return db.session.scalar(sa.text("SELECT count(*) FROM job WHERE state = 'waiting'")) or 0
