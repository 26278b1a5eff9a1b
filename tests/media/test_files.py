"""Where files lie, what the check finds there, and what travels beside an archive."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from forum.core import settings
from forum.core.database import db
from forum.media import checks, pictures, queries, records
from forum.media.models import UPLOADS
from forum.media.store import LocalFolder, store
from tests.media.samples import SVG, a_picture, saved


@pytest.fixture
def own_folder(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A store of this test's own."""
    before = settings.installed()
    values = {name: getattr(before, name) for name in before.__dataclass_fields__}
    settings.install(settings.Settings(**values | {"data_dir": tmp_path / "data"}))
    yield tmp_path / "data" / "media"
    settings.install(before)


def names() -> list[str]:
    return sorted(db.session.scalars(UPLOADS.select().with_only_columns(UPLOADS.c.name)))


def beside(archive: Path, *made: pictures.Picture) -> Path:
    folder = records.folder_of(archive)
    folder.mkdir()
    for one in made:
        (folder / one.name).write_bytes(one.content)
    return folder


# ---------------------------------------------------------------- the store


def test_a_file_is_put_opened_and_deleted(tmp_path: Path) -> None:
    folder = LocalFolder(tmp_path / "media")
    assert list(folder.names()) == []
    folder.put("abc.webp", b"one")
    folder.put("abc.webp", b"the same name is the same content")
    with folder.open("abc.webp") as file:
        assert file.read() == b"one"
    assert folder.exists("abc.webp")
    assert list(folder.names()) == ["abc.webp"]
    assert list(folder.names(older_than_seconds=60)) == []
    folder.delete("abc.webp")
    folder.delete("abc.webp")
    assert not folder.exists("abc.webp")
    with pytest.raises(FileNotFoundError):
        folder.open("abc.webp")


@pytest.mark.parametrize("name", ["", ".", "..", "../secret", "/etc/passwd", "a/b", "a\\b", "a\0b", ".hidden"])
def test_no_name_leads_out_of_the_store(tmp_path: Path, name: str) -> None:
    folder = LocalFolder(tmp_path / "media")
    for act in (folder.open, folder.exists, folder.delete):
        with pytest.raises(FileNotFoundError):
            act(name)
    with pytest.raises(FileNotFoundError):
        folder.put(name, b"x")


def test_a_put_that_fails_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(_descriptor: int) -> None:
        raise OSError("no space left")

    folder = LocalFolder(tmp_path)
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="no space"):
        folder.put("abc.webp", b"one")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


# ---------------------------------------------------------------- the check


def test_the_check_names_what_is_missing_and_removes_what_nothing_knows_of(own_folder: Path, tmp_path: Path) -> None:
    known, lost = (pictures.picture(a_picture(colour=colour)) for colour in ("red", "blue"))
    records.bring_in(beside(tmp_path / "a.jsonl", known, lost))
    assert list(checks.compare(True)) == []
    store().delete(lost.name)
    stray = pictures.picture(a_picture(colour="green"))
    store().put(stray.name, stray.content)
    assert [found.id for found in checks.compare(True)] == [lost.name], "a file so young may still get its row"
    path = own_folder / stray.name[:2] / stray.name
    os.utime(path, (1, 1))
    assert [(found.what, found.id) for found in checks.compare(False)] == [
        (checks.FILE, lost.name),
        (checks.ROW, stray.name),
    ]
    assert path.exists()
    assert len(list(checks.compare(True))) == 2
    assert not path.exists()
    assert store().exists(known.name)


# ---------------------------------------------------------------- archives


def test_pictures_leave_and_come_back_byte_for_byte(own_folder: Path, tmp_path: Path) -> None:
    made = [pictures.picture(a_picture()), pictures.avatar(a_picture())]
    folder = beside(tmp_path / "first.jsonl.gz", *made)
    assert folder.name == "first-files"
    assert records.bring_in(folder) == 2
    assert records.bring_in(folder) == 2, "a second run changes nothing"
    assert names() == sorted(one.name for one in made)
    out = records.folder_of(tmp_path / "second.jsonl")
    unknown = "0" * 32 + "-1x1.webp"
    assert records.send_out([*(one.name for one in made), unknown, made[0].name], out) == 2
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {one.name: one.content for one in made}


def test_only_pictures_of_ours_are_taken_from_a_folder(own_folder: Path, tmp_path: Path) -> None:
    folder = beside(tmp_path / "a.jsonl")
    made = pictures.picture(a_picture())
    (folder / made.name).write_bytes(made.content + b"<script>")
    (folder / "photo.png").write_bytes(a_picture())
    (tmp_path / "secret").write_bytes(pictures.picture(a_picture(colour="red")).content)
    (folder / pictures.picture(a_picture(colour="red")).name).symlink_to(tmp_path / "secret")
    assert records.bring_in(folder) == 0
    assert records.bring_in(tmp_path / "absent") == 0
    assert names() == []


def test_the_face_of_another_system_is_made_ours(own_folder: Path, tmp_path: Path) -> None:
    folder = beside(tmp_path / "a.jsonl")
    (folder / "rolf.jpg").write_bytes(a_picture("JPEG", (500, 300)))
    (tmp_path / "mara.png").write_bytes(saved(Image.new("RGB", (30, 30), "red"), "PNG"))
    taken = [records.take_in(folder, name) for name in ("rolf.jpg", "mara.png")]
    assert all(name and name.endswith("-192x192.webp") for name in taken)
    assert sorted(str(name) for name in taken) == names()
    assert queries.read(str(taken[0])).mimetype == "image/webp"


@pytest.mark.parametrize(
    "name", ["", "absent.png", "evil.svg", "../secret.png", "/etc/hostname", "a\0.png", "..", "sub"]
)
def test_a_face_that_is_none_is_left_out(own_folder: Path, tmp_path: Path, name: str) -> None:
    archive = tmp_path / "inner" / "a.jsonl"
    archive.parent.mkdir()
    folder = beside(archive)
    (tmp_path / "secret.png").write_bytes(a_picture())
    (folder / "evil.svg").write_bytes(SVG)
    (folder / "sub").mkdir()
    assert records.take_in(folder, name) is None
    assert names() == []
