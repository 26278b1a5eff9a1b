"""The demo community holds together: enough of everything, nothing refers to nothing, nobody acts out of time."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from forum.demo.assemble import records
from forum.demo.shape import REACTIONS, unwrapped

NOW = datetime(2026, 5, 17, 9, 41, 7, tzinfo=UTC)
LOG_INS = {"admin", "manager", "moderator", "product", "customer"}

Record = dict[str, Any]


@pytest.fixture(scope="module")
def everything() -> list[Record]:
    return list(records(NOW))


@pytest.fixture(scope="module")
def by_kind(everything: list[Record]) -> dict[str, list[Record]]:
    kinds: dict[str, list[Record]] = defaultdict(list)
    for record in everything:
        kinds[record["kind"]].append(record)
    return kinds


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_community_line_comes_first_and_only_once(everything: list[Record]) -> None:
    assert everything[0] == {
        "kind": "community",
        "format": 1,
        "source": "demo",
        "name": "Velomark Community",
        "languages": ["de", "en"],
    }
    assert Counter(record["kind"] for record in everything)["community"] == 1


def test_there_is_enough_of_everything(by_kind: dict[str, list[Record]]) -> None:
    assert len(by_kind["member"]) >= 40
    assert len(by_kind["thread"]) >= 60
    assert 7 <= len(by_kind["category"]) <= 8
    assert len(by_kind["rulebook"]) == 2
    assert {member["username"] for member in by_kind["member"]} >= LOG_INS
    lengths = Counter(post["thread"] for post in by_kind["post"])
    assert max(lengths.values()) == 120
    assert sum(1 for thread in by_kind["thread"] if lengths[thread["id"]] == 1) >= 3


def test_both_languages_are_at_home(by_kind: dict[str, list[Record]]) -> None:
    for kind, least in (("thread", 20), ("post", 150), ("member", 10)):
        spoken = Counter(record["language"] for record in by_kind[kind])
        assert set(spoken) == {"de", "en"}
        assert min(spoken.values()) >= least
    for category in by_kind["category"]:
        assert set(category["name"]) == set(category["description"]) == {"de", "en"}
    for book in by_kind["rulebook"]:
        for rule in book["rules"]:
            assert set(rule["title"]) == set(rule["text"]) == {"de", "en"}


def test_ids_are_unique_within_their_kind(by_kind: dict[str, list[Record]]) -> None:
    for kind, found in by_kind.items():
        ids = [record["id"] for record in found if "id" in record]
        assert len(ids) == len(set(ids)), kind
    for kind, joined in (("reaction", ("post", "member")), ("acceptance", ("member", "rulebook"))):
        keys = [tuple(record[name] for name in joined) for record in by_kind[kind]]
        assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_every_reference_points_to_an_earlier_line(everything: list[Record]) -> None:
    kinds = {
        "author": "member",
        "by": "member",
        "about": "member",
        "member": "member",
        "category": "category",
        "thread": "thread",
        "post": "post",
        "reply_to": "post",
        "rulebook": "rulebook",
    }
    seen: dict[str, set[str]] = defaultdict(set)
    lost = []
    for line, record in enumerate(everything, start=1):
        for field, kind in kinds.items():
            is_text = field == "about" and record["kind"] == "member"
            if field in record and not is_text and record[field] not in seen[kind]:
                lost.append((line, field, record[field]))
        lost += [(line, "reports", report) for report in record.get("reports", []) if report not in seen["report"]]
        if "id" in record:
            seen[record["kind"]].add(record["id"])
    assert lost == []


def test_a_solution_and_a_reply_stay_in_their_thread(by_kind: dict[str, list[Record]]) -> None:
    thread_of = {post["id"]: post["thread"] for post in by_kind["post"]}
    author_of = {post["id"]: post["author"] for post in by_kind["post"]}
    for post in by_kind["post"]:
        if "reply_to" in post:
            assert thread_of[post["reply_to"]] == post["thread"], post["id"]
    solved = [thread for thread in by_kind["thread"] if "solution" in thread]
    assert len(solved) >= 10
    for thread in solved:
        assert thread["type"] == "question"
        assert thread_of[thread["solution"]] == thread["id"]
        assert thread["solution"] != f"{thread['id']}-1"
        assert author_of[thread["solution"]] != thread["author"], thread["id"]


def test_a_thread_begins_with_its_author_and_its_first_post(by_kind: dict[str, list[Record]]) -> None:
    first: dict[str, Record] = {}
    for post in by_kind["post"]:
        first.setdefault(post["thread"], post)
    for thread in by_kind["thread"]:
        assert first[thread["id"]]["author"] == thread["author"], thread["id"]
        assert first[thread["id"]]["created_at"] == thread["created_at"], thread["id"]


def test_titles_and_texts_are_filled_and_fit(by_kind: dict[str, list[Record]]) -> None:
    for thread in by_kind["thread"]:
        assert 5 <= len(thread["title"]) <= 200
    for post in by_kind["post"]:
        assert post["body"].strip() == post["body"] != ""
    assert max(len(post["body"]) for post in by_kind["post"]) > 1200
    assert min(len(post["body"]) for post in by_kind["post"]) < 20


def test_mentions_name_members(by_kind: dict[str, list[Record]]) -> None:
    names = {member["username"] for member in by_kind["member"]}
    mentioned = [
        word.strip("*_(:,").lstrip("@").rstrip("*_).,:;!?…")
        for post in by_kind["post"]
        for word in post["body"].split()
        if word.strip("*_(:,").startswith("@")
    ]
    assert len(mentioned) >= 15
    assert [name for name in mentioned if name not in names] == []


def test_reactions_are_of_the_four_kinds_and_never_ones_own(by_kind: dict[str, list[Record]]) -> None:
    author_of = {post["id"]: post["author"] for post in by_kind["post"]}
    assert {reaction["type"] for reaction in by_kind["reaction"]} == set(REACTIONS)
    assert [r for r in by_kind["reaction"] if author_of[r["post"]] == r["member"]] == []


def test_rules_that_are_named_exist_and_were_in_force(by_kind: dict[str, list[Record]]) -> None:
    numbers = {book["id"]: {rule["number"] for rule in book["rules"]} for book in by_kind["rulebook"]}
    since = {book["id"]: at(book["effective_at"]) for book in by_kind["rulebook"]}
    named = [(r, at(r["created_at"])) for r in by_kind["report"]] + [(d, at(d["at"])) for d in by_kind["decision"]]
    assert {record["rulebook"] for record, _ in named} == set(numbers)
    for record, when in named:
        assert record["rule"] in numbers[record["rulebook"]], record["id"]
        in_force = [book for book, start in since.items() if start <= when]
        assert record["rulebook"] == max(in_force, key=lambda book: since[book]), record["id"]
    assert [book["material"] for book in by_kind["rulebook"]] == [True, True]
    assert timedelta(days=20) < NOW - max(since.values()) < timedelta(days=22)


def test_cases_are_found_in_every_state(by_kind: dict[str, list[Record]]) -> None:
    assert {decision["act"] for decision in by_kind["decision"]} == {
        "no_action",
        "remove",
        "remove_warn",
        "silence",
        "ban",
    }
    decided = {report for decision in by_kind["decision"] for report in decision["reports"]}
    waiting = Counter(r.get("post") or r.get("about") for r in by_kind["report"] if r["id"] not in decided)
    assert 1 in waiting.values()
    assert max(waiting.values()) >= 4
    assert any("about" in report for report in by_kind["report"])
    silences = [decision for decision in by_kind["decision"] if decision["act"] == "silence"]
    assert all(at(decision["until"]) > at(decision["at"]) for decision in silences)


def test_nobody_reports_or_judges_themselves(by_kind: dict[str, list[Record]]) -> None:
    author_of = {post["id"]: post["author"] for post in by_kind["post"]}
    reporters = {report["id"]: report["member"] for report in by_kind["report"]}
    staff = {member["id"] for member in by_kind["member"] if member["role"] != "member"}
    for report in by_kind["report"]:
        assert report["member"] != (report.get("about") or author_of[report["post"]])
        assert report["member"] not in staff
    for decision in by_kind["decision"]:
        assert decision["by"] in staff - {"product"}
        concerned = {decision.get("about") or author_of[decision["post"]]}
        concerned |= {reporters[report] for report in decision["reports"]}
        assert decision["by"] not in concerned
        assert not concerned & staff


def test_what_was_decided_to_go_is_removed(by_kind: dict[str, list[Record]]) -> None:
    gone = {post["id"] for post in by_kind["post"] if post.get("state") == "removed"}
    decided = {decision["post"] for decision in by_kind["decision"] if decision["act"] != "no_action"}
    assert gone == decided


def test_nothing_lies_in_the_future_and_posts_follow_each_other(everything: list[Record]) -> None:
    fields = ("created_at", "joined_at", "edited_at", "effective_at", "accepted_at", "at")
    late = [(r, field) for r in everything for field in fields if field in r and at(r[field]) > NOW]
    assert late == []
    latest: dict[str, datetime] = {}
    for post in (record for record in everything if record["kind"] == "post"):
        assert latest.get(post["thread"], at(post["created_at"])) <= at(post["created_at"]), post["id"]
        latest[post["thread"]] = at(post["created_at"])
    assert sum(1 for when in latest.values() if NOW - when < timedelta(days=1)) >= 5


def _acts(by_kind: dict[str, list[Record]]) -> list[tuple[str, datetime, str]]:
    """Who wrote, edited or reacted when, and where."""
    acts = [(post["author"], at(post["created_at"]), post["id"]) for post in by_kind["post"]]
    acts += [(post["author"], at(post["edited_at"]), post["id"]) for post in by_kind["post"] if "edited_at" in post]
    return acts + [(r["member"], at(r["created_at"]), r["post"]) for r in by_kind["reaction"]]


def test_nobody_acts_before_joining_or_without_the_rules(by_kind: dict[str, list[Record]]) -> None:
    joined = {member["id"]: at(member["joined_at"]) for member in by_kind["member"]}
    accepted = {(a["member"], a["rulebook"]): at(a["accepted_at"]) for a in by_kind["acceptance"]}
    binding = max(by_kind["rulebook"], key=lambda book: at(book["effective_at"]))
    never = NOW + timedelta(days=1)
    for member, when, where in _acts(by_kind):
        assert joined[member] <= when, (member, where)
        if when >= at(binding["effective_at"]):
            assert accepted.get((member, binding["id"]), never) <= when, (member, where)


def test_nobody_votes_twice_or_before_the_idea_and_the_own_account(by_kind: dict[str, list[Record]]) -> None:
    joined = {member["id"]: at(member["joined_at"]) for member in by_kind["member"]}
    ideas = {thread["id"]: thread for thread in by_kind["thread"] if thread["type"] == "idea"}
    assert {vote["thread"] for vote in by_kind["vote"]} == ideas.keys()
    for vote in by_kind["vote"]:
        given = at(vote["created_at"])
        assert max(joined[vote["member"]], at(ideas[vote["thread"]]["created_at"])) <= given <= NOW, vote
    pairs = Counter((vote["thread"], vote["member"]) for vote in by_kind["vote"])
    assert [pair for pair, times in pairs.items() if times > 1] == []


def test_ideas_stand_in_every_status_with_answers_where_they_are_due(by_kind: dict[str, list[Record]]) -> None:
    ideas = {thread["id"]: thread["idea"] for thread in by_kind["thread"] if thread["type"] == "idea"}
    assert len(ideas) >= 18
    assert {idea["status"] for idea in ideas.values()} == {
        "new", "under review", "planned", "in progress", "shipped", "declined"
    }  # fmt: skip
    assert all(idea.get("answer") for idea in ideas.values() if idea["status"] == "declined")
    merged = {id: idea["merged_into"] for id, idea in ideas.items() if "merged_into" in idea}
    assert len(merged) == 2
    assert merged.keys() & set(merged.values()) == set()
    assert len({idea["area"]["de"] for idea in ideas.values()}) >= 5


def test_most_accepted_the_rules_and_some_still_owe_it(by_kind: dict[str, list[Record]]) -> None:
    first, second = sorted(by_kind["rulebook"], key=lambda book: at(book["effective_at"]))
    since = {book["id"]: at(book["effective_at"]) for book in (first, second)}
    who: dict[str, set[str]] = defaultdict(set)
    for acceptance in by_kind["acceptance"]:
        who[acceptance["rulebook"]].add(acceptance["member"])
        assert at(acceptance["accepted_at"]) >= since[acceptance["rulebook"]]
    members = len(by_kind["member"])
    assert len(who[first["id"]]) >= 0.9 * members
    assert 0.6 * members <= len(who[second["id"]]) <= 0.8 * members
    assert who[second["id"]] >= LOG_INS


def test_nobody_acts_while_silenced_or_banned(by_kind: dict[str, list[Record]]) -> None:
    author_of = {post["id"]: post["author"] for post in by_kind["post"]}
    barred = [
        (author_of[d["post"]], at(d["at"]), at(d["until"]) if "until" in d else NOW)
        for d in by_kind["decision"]
        if d["act"] in {"silence", "suspend", "ban"}
    ]
    assert len(barred) >= 2
    for member, when, where in _acts(by_kind):
        assert not any(member == who and start <= when <= end for who, start, end in barred), where


def test_private_and_staff_categories_are_kept(by_kind: dict[str, list[Record]]) -> None:
    groups = {member["id"]: set(member["groups"]) for member in by_kind["member"]}
    category = {c["id"]: c for c in by_kind["category"]}
    thread = {t["id"]: t for t in by_kind["thread"]}
    private = [t for t in thread.values() if "groups_see" in category[t["category"]]]
    assert len(private) >= 3
    place = {post["id"]: category[thread[post["thread"]]["category"]] for post in by_kind["post"]}
    for member, _, where in _acts(by_kind):
        for right in ("groups_see", "groups_reply"):
            if right in place[where]:
                assert groups[member] & set(place[where][right]), (member, where)
    for started in thread.values():
        if allowed := category[started["category"]].get("groups_start"):
            assert groups[started["author"]] & set(allowed), started["id"]


def test_the_same_moment_gives_the_same_records(everything: list[Record]) -> None:
    assert list(records(NOW)) == everything
    assert list(records(NOW + timedelta(microseconds=400))) == everything


def test_another_moment_moves_the_times_and_nothing_else(everything: list[Record]) -> None:
    fields = {"created_at", "joined_at", "edited_at", "effective_at", "accepted_at", "at", "until"}
    later = list(records(NOW + timedelta(days=100)))

    def still(record: Record) -> Record:
        kept = {name: value for name, value in record.items() if name not in fields}
        return kept | {"idea": kept["idea"] | dict.fromkeys(("status_at", "answered_at"))} if "idea" in kept else kept

    assert list(map(still, later)) == list(map(still, everything))
    posts = [(a, b) for a, b in zip(everything, later, strict=True) if a["kind"] == "post"]
    assert {at(b["created_at"]) - at(a["created_at"]) for a, b in posts} == {timedelta(days=100)}


def test_bodies_lose_the_width_of_the_source_file_and_keep_their_markdown() -> None:
    written = """
        One paragraph
        on two lines.

        - an item
          that goes on
        - another

        > a quote
        > of two lines

        | a | b |
        |---|---|

        ```
        code  stays
          as it is
        ```
        """
    assert unwrapped(written) == (
        "One paragraph on two lines.\n\n- an item that goes on\n- another\n\n> a quote\n> of two lines\n\n"
        "| a | b |\n|---|---|\n\n```\ncode  stays\n  as it is\n```"
    )
