"""What an export holds, as of when, and who may have it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, select, update

from forum.core import clock
from forum.core.actor import SYSTEM, Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, Invalid, NotFound
from forum.core.worker import drain
from forum.ideas import actions, queries
from forum.ideas.export import columns, files, selection, snapshots
from forum.ideas.models import IDEAS, STATUS_CHANGES
from forum.members import actions as members
from forum.threads import actions as threads
from forum.threads.models import POSTS
from tests.factories import exports, ideas
from tests.factories import threads as make

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def team(app: Flask) -> Actor:
    return make.member("pia", "product")


def status(actor: Actor, idea_id: int, slug: str, answer: str = "") -> None:
    written = threads.write(actor, answer) if answer else None
    with transaction(actor) as fresh:
        idea = queries.get_idea(fresh, idea_id, lock=True)
        actions.set_status(
            fresh,
            idea,
            queries.get_status(fresh, slug),
            written,
            is_small_step=True,
            seen_change_id=idea.status_change_id,
        )


def merge(actor: Actor, source_id: int, target_id: int) -> None:
    with transaction(actor) as fresh:
        actions.merge(fresh, source_id, target_id)


def only(**chosen: Any) -> dict[str, Any]:
    (row,) = exports.rows(**chosen)
    return row


def test_a_row_says_all_there_is_to_say(team: Actor) -> None:
    with time_machine.travel(START, tick=False) as time:
        anna, ben, cora = (make.member(name) for name in ("anna", "ben", "cora"))
        category = make.category("Lights")
        area = ideas.area(category, "Lamps")
        posted = ideas.idea(anna, area, "A lamp that *dims*", "It is **too** bright.", tags="light, night")
        time.shift(60)
        ideas.vote(ben, posted.thread_id, importance="essential", reason="I ride at night.")
        ideas.vote(team, posted.thread_id, importance="nice", reason="So do we.")
        time.shift(timedelta(days=40))
        ideas.vote(cora, posted.thread_id, importance="nice")
        plain = make.reply(ben, posted.thread_id, "A plain one.")
        liked = make.reply(cora, posted.thread_id, "Mine has a _switch_.")
        make.on_post(threads.react, anna, liked.post_id, "like", True)
        status(team, posted.thread_id, "planned", "We build **it**.")
        ideas.on_idea(actions.set_owner, team, posted.thread_id, team.id)
        ideas.on_idea(actions.set_target, team, posted.thread_id, "2027-03")
        now = clock.now()
        row = only()
    address = f"http://localhost:8000/ideas/{posted.thread_id}/a-lamp-that-dims"
    assert row.pop("updated_at") == "2026-12-12T09:01:00Z"
    assert now == START + timedelta(days=40, minutes=1)
    assert row == {
        "schema_version": 1,
        "as_of": "2026-12-12T09:01:00Z",
        "rank": 1,
        "id": posted.thread_id,
        "address": address,
        "title": "A lamp that *dims*",
        "text": "It is **too** bright.",
        "text_plain": "It is too bright.",
        "language": "en",
        "status": "planned",
        "stage": "planned",
        "category": "lights",
        "area": "lamps",
        "tags": ["light", "night"],
        "owner": "pia",
        "target": "2027-03",
        "votes": 3,
        "votes_30_days": 1,
        "staff_votes": 1,
        "votes_nice": 1,
        "votes_important": 0,
        "votes_essential": 1,
        "first_vote_at": "2026-11-02T09:00:00Z",
        "last_vote_at": "2026-12-12T09:01:00Z",
        "reasons": ["I ride at night."],
        "comment_count": 2,
        "comments": [{"address": f"{address}/3", "text": "Mine has a switch.", "reactions": 1}],
        "merged_ids": [],
        "created_at": "2026-11-02T09:00:00Z",
        "answer": "We build **it**.",
    }
    assert plain.post_id != liked.post_id


@pytest.mark.usefixtures("app")
def test_the_columns_are_those_of_the_schema_in_its_order() -> None:
    ideas.idea(make.member("anna"))
    row = only()
    assert list(row) == [column.name for column in columns.COLUMNS]
    checker = jsonschema.Draft202012Validator(columns.row_schema(columns.COLUMNS))
    checker.validate(row)
    assert not checker.is_valid(row | {"votes": "3"})
    document = {"schema_version": 1, "as_of": row["as_of"], "ideas": [row]}
    jsonschema.Draft202012Validator(columns.schema()).validate(document)


def test_votes_status_and_answer_are_as_of_then(team: Actor) -> None:
    with time_machine.travel(START, tick=False) as time:
        anna, ben, cora = (make.member(name) for name in ("anna", "ben", "cora"))
        idea_id = ideas.idea(anna).thread_id
        ideas.vote(ben, idea_id)
        time.shift(timedelta(days=1))
        ideas.withdraw(ben, idea_id)
        status(team, idea_id, "planned", "Soon.")
        time.shift(timedelta(days=1))
        ideas.vote(cora, idea_id)
        status(team, idea_id, "in-progress", "We are at it.")
        time.shift(timedelta(days=1))
        ideas.vote(ben, idea_id)
        time.shift(timedelta(days=1))
        told = [only(as_of=START + timedelta(days=days, hours=1)) for days in range(4)]
        assert exports.rows(as_of=START - timedelta(minutes=1)) == []
    assert [row["votes"] for row in told] == [2, 1, 2, 3]
    assert [row["stage"] for row in told] == ["new", "planned", "in progress", "in progress"]
    assert [row["answer"] for row in told] == ["", "Soon.", "We are at it.", "We are at it."]


def test_a_filter_goes_by_the_status_of_then(team: Actor) -> None:
    with time_machine.travel(START, tick=False) as time:
        idea_id = ideas.idea(make.member("anna")).thread_id
        time.shift(timedelta(days=1))
        status(team, idea_id, "planned")
        time.shift(timedelta(days=1))
        for days, stage in ((0, "new"), (1, "planned")):
            as_of = START + timedelta(days=days, hours=1)
            assert [row["id"] for row in exports.rows(as_of=as_of, statuses=[stage])] == [idea_id]
            assert exports.rows(as_of=as_of, statuses=["shipped"]) == []
            assert snapshots.expected(selection.select_ideas(SYSTEM, statuses=[stage]), as_of) == 1
        assert exports.rows(as_of=START + timedelta(hours=1), statuses=["planned"]) == []


def test_nobody_counts_twice_and_only_valid_voters_count(team: Actor) -> None:
    anna, ben, cora = (make.member(name) for name in ("anna", "ben", "cora"))
    waiting = make.member("dora", confirmed_at=None)
    area = ideas.area()
    target, source = ideas.idea(anna, area), ideas.idea(ben, area, "Another lamp")
    for member in (cora, waiting):
        ideas.vote(member, source.thread_id)
        ideas.vote(member, target.thread_id)
    merge(team, source.thread_id, target.thread_id)
    row = only()
    assert (row["id"], row["votes"], row["merged_ids"]) == (target.thread_id, 3, [source.thread_id])
    with transaction():
        members.ban(SYSTEM, ben.member_id)
        members.confirm(waiting.member_id)
        members.silence(SYSTEM, cora.member_id, clock.now() + timedelta(days=1))
    assert only()["votes"] == 2  # anna and dora


def test_the_counts_of_an_export_are_those_of_the_board(team: Actor, app: Flask) -> None:
    people = [make.member(f"m{number}") for number in range(6)]
    area = ideas.area()
    made = [ideas.idea(people[number], area, f"Idea {number}").thread_id for number in range(4)]
    for number, idea_id in enumerate(made):
        for member in people[number:]:
            ideas.vote(member, idea_id)
    merge(team, made[3], made[2])
    drain(app.extensions["settings"])
    rows = exports.rows()
    assert [(row["id"], row["votes"]) for row in rows] == [
        (row.thread_id, row.vote_count)
        for row in db.session.execute(
            select(IDEAS)
            .where(IDEAS.c.root_id == IDEAS.c.thread_id)
            .order_by(IDEAS.c.vote_count.desc(), IDEAS.c.created_at, IDEAS.c.thread_id)
        )
    ]
    assert [row["rank"] for row in rows] == [1, 2, 3]
    assert [row["id"] for row in exports.rows(top=2)] == [row["id"] for row in rows[:2]]


@pytest.mark.parametrize("form", files.FORMATS)
def test_the_same_data_and_the_same_moment_give_the_same_bytes(app: Flask, form: str, tmp_path: Path) -> None:
    with time_machine.travel(START, tick=True) as time:
        anna = make.member("anna")
        for number in range(3):
            ideas.idea(anna, title=f"=Idea {number}", body="- Ö “x”\n- 日本 🚲")
        as_of = selection.present_minute()
        first = exports.export(as_of=as_of)
        before = exports.content(first, form, tmp_path)
        time.shift(timedelta(days=3, seconds=7))
        second = exports.export(as_of=as_of)
        assert exports.content(second, form, tmp_path) == before
        assert exports.content(first, form, tmp_path) == before
    assert (first.sha256, first.id) == (second.sha256, second.id - 1)


def test_a_snapshot_is_for_whoever_may_export_and_read_all_of_it(team: Actor) -> None:
    hidden = make.category("Secret", frozenset())
    secret = ideas.idea(make.member("mia", "moderator"), ideas.area(hidden), "Hidden lamp")
    shown = ideas.idea(make.member("anna"), title="Shown lamp")
    manager = make.member("max", "manager")
    assert {row["id"] for row in exports.rows(manager)} == {secret.thread_id, shown.thread_id}
    mine = exports.export(team)
    assert [row["id"] for row in snapshots.rows_of(mine)] == [shown.thread_id]
    everything = exports.export()
    assert [one.id for one in snapshots.snapshots(team).rows] == [mine.id]
    with pytest.raises(NotFound):
        snapshots.get_snapshot(team, everything.id)
    assert snapshots.get_snapshot(manager, everything.id) == everything
    with pytest.raises(Denied):
        snapshots.get_snapshot(make.member("carl"), mine.id)
    for wrong in (0, 999, 2**70):
        with pytest.raises(NotFound):
            snapshots.get_snapshot(manager, wrong)


def test_what_stands_in_hidden_categories_leaves_no_trace(team: Actor) -> None:
    hidden = make.category("Secret", frozenset())
    manager, anna = make.member("max", "manager"), make.member("anna")
    target = ideas.idea(anna, title="Shown lamp")
    source = ideas.idea(manager, ideas.area(hidden), "Hidden lamp")
    ideas.vote(make.member("mo", "moderator"), source.thread_id, reason="A secret reason")
    with transaction():
        db.session.execute(update(IDEAS).where(IDEAS.c.thread_id == source.thread_id).values(root_id=target.thread_id))
    (row,) = exports.rows(team)
    assert (row["merged_ids"], row["reasons"]) == ([], [])
    with pytest.raises(Invalid, match="no-such-area"):
        selection.select_ideas(team, areas=[queries.areas(manager)[-1].slug])


def test_rights_that_end_before_the_worker_comes_to_it_end_the_export(app: Flask, team: Actor) -> None:
    ideas.idea(make.member("anna"))
    chosen = selection.select_ideas(team)
    with transaction(team) as fresh:
        number = snapshots.ask(fresh, chosen, selection.present_minute(), 1, by_worker=True)
    with transaction():
        members.ban(SYSTEM, team.member_id)
    drain(app.extensions["settings"])
    assert snapshots.get_snapshot(SYSTEM, number).error == "export-not-allowed"


def test_the_worker_makes_it_with_all_its_files(app: Flask, team: Actor) -> None:
    ideas.idea(make.member("anna"))
    with transaction(team) as fresh:
        number = snapshots.ask(fresh, selection.select_ideas(team), selection.present_minute(), 1, by_worker=True)
    assert snapshots.get_snapshot(team, number).is_under_way
    drain(app.extensions["settings"])
    made = snapshots.get_snapshot(team, number)
    assert (made.state, made.rows_done, made.actor_name) == ("ready", 1, "pia")
    endings = {path.name.split(".", 1)[1] for path in snapshots.folder().glob(f"*{made.sha256}*")}
    assert endings == {*files.FORMATS, "jsonl.gz"}
    assert db.session.scalar(select(AuditEntry.act).where(AuditEntry.target_kind == "idea_export")) == "idea.export"


@pytest.mark.usefixtures("app")
def test_a_full_disk_is_said_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ideas.idea(make.member("anna"))
    before = set(snapshots.folder().iterdir())

    def full(_row: object) -> bytes:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(files, "line", full)
        failed = exports.export()
    assert (failed.state, failed.error, failed.sha256) == ("failed", "disk-full", "")
    assert set(snapshots.folder().iterdir()) == before
    with pytest.raises(Conflict):
        list(snapshots.rows_of(failed))
    assert snapshots.make(failed.id).is_ready


@pytest.mark.usefixtures("app")
def test_what_is_ready_stays_when_it_is_made_again() -> None:
    ideas.idea(make.member("anna"))
    made = exports.export()
    before = snapshots.file(made, "csv").read_bytes()
    ideas.idea(make.member("ben"))
    assert snapshots.make(made.id) == made
    snapshots.file(made, "csv").unlink()
    assert snapshots.file(made, "csv").read_bytes() == before
    (snapshots.folder() / f"{made.sha256}.jsonl.gz").unlink()
    with pytest.raises(Conflict, match="export-lost"):
        list(snapshots.rows_of(made))


@pytest.mark.usefixtures("app")
def test_what_is_asked_for_must_be_there() -> None:
    for wrong in ({"statuses": ["nope"]}, {"areas": ["nope"]}, {"top": 0}, {"top": 10**7}):
        with pytest.raises(Invalid):
            selection.select_ideas(SYSTEM, **wrong)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="as-of-future"):
        selection.check_as_of(clock.now() + timedelta(minutes=2))
    assert selection.present_minute() >= clock.now()


@pytest.mark.usefixtures("app")
def test_an_idea_without_a_history_has_always_been_as_it_is() -> None:
    with time_machine.travel(START, tick=False) as time:
        idea_id = ideas.idea(make.member("anna")).thread_id
        time.shift(timedelta(days=2))
        planned = queries.get_status(SYSTEM, "planned").id
        with transaction():
            db.session.execute(delete(STATUS_CHANGES))
            db.session.execute(
                update(IDEAS).where(IDEAS.c.thread_id == idea_id).values(status_id=planned, answer_body="Yes.")
            )
        row = only(as_of=START + timedelta(days=1))
    assert (row["stage"], row["answer"]) == ("planned", "Yes.")


@pytest.mark.usefixtures("app")
def test_an_idea_whose_text_is_not_there_is_exported_without() -> None:
    posted = ideas.idea(make.member("anna"))
    with transaction():
        db.session.execute(update(POSTS).where(POSTS.c.id == posted.post_id).values(state="removed"))
    row = only()
    assert (row["title"], row["text"], row["text_plain"]) == ("A lamp that dims", "", "")


def test_the_schema_in_the_documents_is_that_of_the_code() -> None:
    kept = Path(__file__).parents[2] / "docs" / "ideas-export.schema.json"
    assert json.loads(kept.read_text(encoding="utf-8")) == columns.schema()
