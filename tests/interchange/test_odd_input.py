"""Odd but real input: what the importer takes, and what it says of what it leaves out."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from forum.core.database import db
from forum.interchange.lines import Unreadable
from forum.members.models import MEMBERS
from forum.threads.models import CATEGORIES, GRANTS, POSTS, THREADS
from tests.interchange.conftest import Archive
from tests.interchange.sample import HEAD, HELP, member, post, start, thread


def one(table: Any, *columns: str) -> Any:
    return db.session.execute(select(*(table.c[name] for name in columns)).order_by(table.c.id.desc())).first()


def bodies() -> list[str]:
    return list(db.session.scalars(select(POSTS.c.body).order_by(POSTS.c.id)))


@pytest.mark.parametrize(
    ("original", "made"),
    [
        ("Quin Graf 810", "Quin-Graf-810"),
        ("j.r.hartley", "j.r.hartley"),
        ("SHOUTER", "SHOUTER"),
        ("kim@example.org", "kim"),
        ("  ", "member"),
        ("x" * 300, "x" * 40),
        ("<script>", "script"),
    ],
)
def test_user_names_are_made_valid_and_the_original_becomes_the_display_name(
    archive: Archive, original: str, made: str
) -> None:
    archive.bring_in([HEAD, member("m1", original)])
    row = one(MEMBERS, "username", "display_name")
    assert row.username == made
    assert row.display_name == (" ".join(original.split())[:60] or made)


def test_several_people_of_one_name_become_several_members(archive: Archive) -> None:
    names = ["Kim Lee", "kim lee", "KIM-LEE", "Kim Lee"]
    archive.bring_in([HEAD, *(member(f"m{number}", name) for number, name in enumerate(names))])
    keys = db.session.scalars(select(MEMBERS.c.username_key)).all()
    assert len(set(keys)) == 4
    assert db.session.scalars(select(MEMBERS.c.display_name).order_by(MEMBERS.c.id)).all() == names


def test_an_address_that_another_member_has_is_left_out(archive: Archive) -> None:
    summary = archive.bring_in(
        [
            HEAD,
            member("m1", "a", email="Kim@Example.org"),
            member("m2", "b", email="kim@example.org"),
            member("m3", "c", email="no"),
        ]
    )
    assert db.session.scalars(select(MEMBERS.c.email).order_by(MEMBERS.c.id)).all() == ["Kim@example.org", None, None]
    assert summary.bad_lines == 0


def test_posts_without_an_author_and_threads_without_posts_are_taken(archive: Archive) -> None:
    archive.bring_in([*start(), thread("t1"), thread("t2"), post("p1", "t1", author=None)])
    assert archive.told == []
    assert one(POSTS, "author_id").author_id is None
    assert one(THREADS, "post_count", "last_number") == (0, 0)


def test_empty_bodies_are_left_out_and_an_answer_to_one_refers_to_nothing(archive: Archive) -> None:
    lines = [*start(), thread("t1"), post("p1", "t1", " \r\n\u0000"), post("p2", "t1", "An answer", reply_to="p1")]
    lines += [{"kind": "reaction", "post": "p1", "member": "m1", "type": "like"}]
    for _ in range(2):
        summary = archive.bring_in(lines)
        assert (archive.told, summary.bad_lines) == ([], 0)
    assert bodies() == ["An answer"]
    assert one(POSTS, "number", "reply_to_id") == (1, None)


def test_a_body_over_256_kb_is_cut_at_a_line_end_with_a_mark(archive: Archive) -> None:
    body = "\n".join(f"Line {number} of a very long text" for number in range(12_000))
    summary = archive.bring_in([*start(), thread("t1"), post("p1", "t1", body)])
    (kept,) = bodies()
    assert len(kept.encode()) <= 262_144
    assert kept.endswith("text\n\n[…]")
    assert summary.notes.counts["texts over 256 KB (cut at a line end)"] == 1


def test_html_and_line_ends_and_control_characters_are_cleaned(archive: Archive) -> None:
    lone = (
        '{"kind": "post", "id": "p2", "thread": "t1", "created_at": "2024-01-01T00:00:00Z", "body": "lone \\ud800 one"}'
    )
    raw = '{"kind": "post", "id": "p3", "thread": "t1", "created_at": "2024-01-01T00:00:00Z", "body": "raw \x07 bell"}'
    wrong = json.dumps(post("p4", "t1", "cesu X")).replace("X", "\ud83d")
    lines = [
        *start(),
        thread("t1", "A\u0000 title"),
        post("p1", "t1", "a\r\nb\x00<script>alert(1)</script>"),
        lone,
        raw,
        wrong,
    ]
    summary = archive.bring_in(lines)
    assert archive.told == []
    assert bodies() == ["a\nb<script>alert(1)</script>", "lone  one", "raw  bell", "cesu"]
    assert "alert" not in db.session.scalars(select(POSTS.c.html).order_by(POSTS.c.id)).all()[0]
    assert summary.notes.counts["control characters and lone surrogates removed"] >= 5


def test_numbers_follow_the_file_whatever_the_times_say(archive: Archive) -> None:
    lines = [*start(), thread("t1")]
    lines += [
        post(f"p{year}", "t1", f"Year {year}", created_at=f"{year}-01-01T00:00:00Z") for year in (2020, 2010, 2400)
    ]
    summary = archive.bring_in(lines)
    rows = db.session.execute(select(POSTS.c.number, POSTS.c.body).order_by(POSTS.c.number)).all()
    assert [tuple(row) for row in rows] == [(1, "Year 2020"), (2, "Year 2010"), (3, "Year 2400")]
    assert summary.notes.counts["times in the future (kept)"] == 1


def test_a_long_title_is_cut_at_a_word_and_stands_whole_in_the_first_post(archive: Archive) -> None:
    title = " ".join(["seventeen"] * 40)
    archive.bring_in(
        [*start(), thread("t1", title), post("p0", "t1", ""), post("p1", "t1", "Body"), post("p2", "t1", "More")]
    )
    kept = one(THREADS, "title").title
    assert len(kept) <= 200
    assert kept.endswith("seventeen…")
    assert bodies() == [f"{title}\n\nBody", "More"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{not json", "is not JSON"),
        ("[1, 2]", "is not a JSON object"),
        ('{"kind": "spaceship", "id": "1"}', "unknown kind 'spaceship'"),
        ('{"kind": ["post"]}', "unknown kind"),
        ('{"kind": "member", "id": "m9"}', "has no username"),
        ('{"kind": "member", "id": {}, "username": "x"}', "id is not an id"),
        ('{"kind": "member", "id": "m9", "username": "x", "role": "king"}', "role is none of"),
        ('{"kind": "member", "id": "m9", "username": "x", "joined_at": "yesterday"}', "joined_at is not a time"),
        ('{"kind": "member", "id": "m9", "username": "x", "joined_at": "0001-01-01T00:00:00+14:00"}', "joined_at is not"),
        ('{"kind": "category", "id": "c9", "name": 7}', "name is neither"),
        ('{"kind": "category", "id": "c9", "name": "x", "position": 99999999999}', "position is not a whole number"),
        ('{"kind": "post", "id": "p9", "thread": "t1", "created_at": "2024-01-01T00:00:00Z"}', "has no body"),
        ('{"kind": "reaction", "post": "p1", "member": "m1", "type": "hate"}', "type is none of"),
        ('{"kind": "thread", "id": "t9", "category": "c77", "title": "x", "created_at": "2024-01-01T00:00:00Z"}', "category 'c77'"),
        ('{"kind": "reaction", "post": "p77", "member": "m1", "type": "like"}', "post refers to post 'p77'"),
        ('{"kind": "report", "id": "q1", "member": "m1", "text": "x", "created_at": "2024-01-01T00:00:00Z"}', "exactly one of post"),
        ('{"kind": "thread", "id": "t9", "category": "c1", "title": "x", "created_at": "2024-01-01T00:00:00Z", "idea": {"votes": NaN}}', "number that is none"),
        ("[" * 100_000, "nested too deeply"),
        ('{"kind": "community", "format": 1, "source": "x"}', "second first line"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_with_its_number_and_left_out(archive: Archive, line: str, reason: str) -> None:
    lines = [*start(), thread("t1"), line, post("p1", "t1")]
    summary = archive.bring_in(lines)
    assert len(archive.told) == summary.bad_lines == 1
    assert archive.told[0].startswith("Line 8: ")
    assert reason in archive.told[0]
    assert bodies() == ["As far as you like."]


def test_a_reference_to_an_unknown_record_is_left_out_and_the_record_kept(archive: Archive) -> None:
    lines = [
        *start(),
        thread("t1", author="m77", solution="p77"),
        post("p1", "t1", author="m78", reply_to="p2"),
        post("p2", "t1"),
    ]
    summary = archive.bring_in(lines)
    assert sorted(told.split(":")[0] for told in archive.told) == ["Line 7", "Line 7", "Line 8", "Line 8"]
    assert summary.bad_lines == 4
    assert summary.new["post"] == 2
    assert db.session.scalars(select(POSTS.c.reply_to_id)).all() == [None, None]


def test_mentions_mean_members_of_the_same_source(archive: Archive) -> None:
    archive.bring_in([HEAD | {"source": "elsewhere"}, member("x", "stranger")])
    lines = [*start(), member("m9", "Jo Doe"), member("m8", "jo.doe"), thread("t1")]
    archive.bring_in([*lines, post("p1", "t1", "Ask @anna, @jo.doe and @stranger")])
    html = db.session.scalars(select(POSTS.c.html)).one()
    assert 'href="/u/anna"' in html
    username = db.session.scalars(select(MEMBERS.c.username).where(MEMBERS.c.display_name == "jo.doe")).one()
    assert f'href="/u/{username}"' in html
    assert "/u/stranger" not in html


def test_groups_decide_who_sees_a_category(archive: Archive) -> None:
    archive.bring_in(
        [HEAD, HELP, {"kind": "category", "id": "c2", "name": "Inner", "groups_see": ["a", "b"], "groups_start": []}]
    )
    open_id, inner_id = db.session.scalars(select(CATEGORIES.c.id).order_by(CATEGORIES.c.id)).all()
    grants = {(row.category_id, row.verb, row.group_id) for row in db.session.execute(select(GRANTS))}
    assert {(open_id, "see", 1), (open_id, "start", 2), (open_id, "reply", 2)} <= grants
    assert len({group for category, verb, group in grants if (category, verb) == (inner_id, "see")} - {1, 2}) == 2
    assert not [verb for category, verb, _ in grants if (category, verb) == (inner_id, "start")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ([], "is empty"),
        (["nonsense"], "can't begin an archive"),
        ([member("m1", "x")], "kind is not community"),
        ([HEAD | {"format": 2}], "format 2"),
        ([HEAD | {"source": ""}], "no source"),
    ],
)
def test_a_file_that_is_no_archive_is_refused_as_a_whole(archive: Archive, content: list[Any], reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        archive.bring_in(content)


def test_a_damaged_gzip_file_is_read_as_far_as_it_goes(archive: Archive) -> None:
    lines = [*start(), thread("t1"), *(post(f"p{n}", "t1", f"Text {n * 7919}") for n in range(3000))]
    path = archive.write(lines, "archive.jsonl.gz")
    path.write_bytes(path.read_bytes()[:-2000])
    summary = archive.bring_in(path)
    assert summary.bad_lines == 1
    assert "damaged" in archive.told[0]
    assert summary.new["thread"] == 1


def test_strict_writes_nothing_when_a_line_is_bad(archive: Archive) -> None:
    lines = [*start(), thread("t1", solution="p9"), post("p1", "t1", author="m77"), post("p2", "t99"), "{"]
    summary = archive.bring_in(lines, strict=True)
    assert summary.bad_lines == len(archive.told) == 4
    assert summary.lines() == ["Nothing was written: 4 lines are bad."]
    assert one(MEMBERS, "id") is None
    good = archive.bring_in([*start(), thread("t1", solution="p1"), post("p1", "t1")], strict=True)
    assert good.new["post"] == 1
