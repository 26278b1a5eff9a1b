"""What differs between snapshots; all differences applied to a whole export give the newest one."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.errors import Refused
from forum.ideas import actions, queries
from forum.ideas.export import differences, snapshots
from forum.ideas.export.columns import DIFFERENCE_COLUMNS, GONE, row_schema
from forum.ideas.export.snapshots import Snapshot
from forum.threads import actions as threads
from tests.factories import exports, ideas
from tests.factories import threads as make

Rows = list[dict[str, Any]]


def found(before: Snapshot, after: Snapshot) -> Rows:
    rows = (snapshots.rows_of(before), snapshots.rows_of(after))
    with differences.between(*rows, snapshots.folder()) as changes:
        return list(changes)


def applied(rows: Rows, changes: Rows, as_of: str) -> Rows:
    """As docs/ideas-export.md tells readers to do it."""
    standing = {row["id"]: row for row in rows}
    for change in changes:
        row = {name: value for name, value in change.items() if name not in ("change", "votes_before", "votes_change")}
        if change["change"] == GONE:
            del standing[row["id"]]
        else:
            standing[row["id"]] = row
    ordered = sorted(standing.values(), key=lambda row: (-row["votes"], row["created_at"], row["id"]))
    return [row | {"rank": rank, "as_of": as_of} for rank, row in enumerate(ordered, 1)]


@pytest.mark.usefixtures("app")
def test_new_changed_and_gone_with_the_movement_of_votes() -> None:
    anna, ben = make.member("anna"), make.member("ben")
    still, liked, gone = (ideas.idea(anna, title=title) for title in ("Still", "Liked", "Gone"))
    first = exports.export()
    ideas.vote(ben, liked.thread_id)
    make.on_post(threads.delete_post, anna, gone.post_id)
    fresh = ideas.idea(ben, title="Fresh")
    second = exports.export(since=first)
    told = found(first, second)
    assert [(row["change"], row["id"], row["votes_before"], row["votes_change"]) for row in told] == [
        ("changed", liked.thread_id, 1, 1),
        ("new", fresh.thread_id, 0, 1),
        ("gone", gone.thread_id, 1, -1),
    ]
    for row in told:
        jsonschema.Draft202012Validator(row_schema(DIFFERENCE_COLUMNS)).validate(row)
        assert list(row) == [column.name for column in DIFFERENCE_COLUMNS]
    assert {row["as_of"] for row in told} == {row["as_of"] for row in snapshots.rows_of(second)}
    assert still.thread_id not in {row["id"] for row in told}
    assert found(second, second) == []


@pytest.mark.usefixtures("app")
def test_a_file_of_differences_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    first = exports.export()
    ideas.idea(make.member("anna"))
    second = exports.export(since=first)
    for form in ("csv", "json", "jsonl", "xlsx"):
        content = exports.content(second, form, tmp_path, first)
        assert content == exports.content(second, form, tmp_path, first)
        assert snapshots.file(second, form, first).read_bytes() == content
        assert snapshots.file(second, form).read_bytes() != content


def test_a_column_that_one_of_both_lacks_is_no_change() -> None:
    assert not differences._differ({"id": 1, "votes": 2}, {"id": 1, "votes": 2, "later": "x"})
    assert differences._differ({"id": 1, "votes": 2}, {"id": 1, "votes": 3})


STEPS = st.tuples(
    st.sampled_from(
        ["vote", "vote", "withdraw", "propose", "rename", "delete", "restore", "merge", "unmerge", "export"]
    ),
    st.integers(0, 3),
    st.integers(0, 3),
)


def _take(verb: str, people: list[Actor], team: Actor, made: list[Any], who: int, which: int) -> None:
    member, posted, other = people[who], made[which % len(made)], made[(which + who + 1) % len(made)]
    if verb == "vote":
        ideas.vote(member, posted.thread_id)
    elif verb == "withdraw":
        ideas.withdraw(member, posted.thread_id)
    elif verb == "propose":
        made.append(ideas.idea(member, ideas_area[0], f"Idea {len(made)}"))
    elif verb == "rename":
        make.on_thread(threads.rename, team, posted.thread_id, f"Renamed {who}", f"renamed-{who}")
    elif verb == "delete":
        make.on_post(threads.delete_post, people[0], posted.post_id)
    elif verb == "restore":
        make.on_post(threads.restore_post, people[0], posted.post_id)
    else:
        with transaction(team) as fresh:
            if verb == "merge":
                actions.merge(fresh, posted.thread_id, other.thread_id)
            else:
                actions.unmerge(fresh, posted.thread_id)


ideas_area: list[int] = []


def holds(app: Flask, steps: list[tuple[str, int, int]], tag: int) -> None:
    team = make.member(f"team{tag}", "product")
    people = [make.member(f"m{tag}-{number}") for number in range(4)]
    ideas_area[:] = [ideas.area()]
    made: list[Any] = [ideas.idea(people[0], ideas_area[0], f"Idea {number}") for number in range(3)]
    latest = exports.export()
    told: Rows = list(snapshots.rows_of(latest))
    for verb, who, which in [*steps, ("export", 0, 0)]:
        if verb != "export":
            try:
                _take(verb, people, team, made, who, which)
            except Refused:
                continue
            continue
        newest = exports.export(since=latest)
        rows = list(snapshots.rows_of(newest))
        as_of = newest.as_of.strftime("%Y-%m-%dT%H:%M:%SZ")
        told = applied(told, found(latest, newest), as_of)
        assert told == rows
        latest = newest
    assert queries.statuses(team)


HOW: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
_runs = iter(range(10**6))


@settings(max_examples=10, **HOW)
@given(st.lists(STEPS, min_size=4, max_size=20))
def test_all_differences_applied_give_the_newest_export(app: Flask, steps: list[tuple[str, int, int]]) -> None:
    holds(app, steps, next(_runs))


@pytest.mark.full
@settings(max_examples=150, **HOW)
@given(st.lists(STEPS, min_size=4, max_size=50))
def test_all_differences_of_long_histories_applied_give_the_newest_export(
    app: Flask, steps: list[tuple[str, int, int]]
) -> None:
    holds(app, steps, next(_runs))
