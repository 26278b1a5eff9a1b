"""Pictures travel as files in a folder beside the archive."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select

from forum.core.database import db
from forum.media import pictures
from forum.media.models import UPLOADS
from forum.media.queries import address, named_in
from forum.media.store import store
from forum.members.models import MEMBERS
from forum.threads import checks
from forum.threads.models import POSTS
from tests.interchange.conftest import Archive
from tests.media.samples import a_picture

IN_A_POST = pictures.picture(a_picture("PNG", (64, 48)))
LINE = f"![a cat]({address(IN_A_POST.name)})"


def community(*avatars: str, body: str = LINE) -> list[dict[str, Any]]:
    at = "2024-02-01T10:00:00Z"
    return [
        {"kind": "community", "format": 1, "source": "old", "name": "Old"},
        *(
            {"kind": "member", "id": f"m{number}", "username": f"member{number}", "avatar": avatar}
            for number, avatar in enumerate(avatars, 1)
        ),
        {"kind": "category", "id": "c1", "name": "Talk"},
        {"kind": "thread", "id": "t1", "category": "c1", "title": "A cat", "author": "m1", "created_at": at},
        {"kind": "post", "id": "p1", "thread": "t1", "author": "m1", "body": body, "created_at": at},
    ]


def faces() -> list[str | None]:
    return list(db.session.scalars(select(MEMBERS.c.avatar).order_by(MEMBERS.c.id)))


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_pictures_come_in_with_the_archive_and_leave_with_it_as_the_same_bytes(archive: Archive) -> None:
    beside = archive.folder / "archive-files"
    beside.mkdir()
    (beside / IN_A_POST.name).write_bytes(IN_A_POST.content)
    (beside / "rolf.jpg").write_bytes(a_picture("JPEG", (400, 300)))
    archive.bring_in(community("rolf.jpg", "nobody.png", "../secret.png"))
    face, *others = faces()
    assert face
    assert others == [None, None]
    assert named_in(db.session.scalars(select(POSTS.c.html)).one()) == [(IN_A_POST.name, IN_A_POST.sha256)]

    first = archive.take_out("first.jsonl.gz")
    assert sorted(content(archive.folder / "first-files")) == sorted([face, IN_A_POST.name])
    for name in db.session.scalars(select(UPLOADS.c.name)):
        store().delete(name)
    archive.empty()
    archive.bring_in(first)
    assert faces() == [face, None, None]
    second = archive.take_out("second.jsonl.gz")
    assert second.read_bytes() == first.read_bytes()
    assert content(archive.folder / "second-files") == content(archive.folder / "first-files")
    assert list(checks.compare(False)) == []


def test_pictures_of_former_texts_leave_too_and_a_community_without_pictures_makes_no_folder(archive: Archive) -> None:
    beside = archive.folder / "archive-files"
    beside.mkdir()
    (beside / IN_A_POST.name).write_bytes(IN_A_POST.content)
    records = community("", body="words")
    archive.bring_in(records)
    archive.take_out("first.jsonl")
    assert not (archive.folder / "first-files").exists()
    archive.empty()
    records[-1]["revisions"] = [{"body": LINE, "at": "2024-02-01T10:00:00Z"}]
    archive.bring_in(records)
    exported = archive.take_out("second.jsonl")
    assert IN_A_POST.name in json.dumps(exported.read_text(encoding="utf-8"))
    assert list(checks.compare(False)) == []
    assert list(content(archive.folder / "second-files")) == [IN_A_POST.name]
