"""A face in three sizes: which is shown where, and that they come and go together."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from forum.core.database import db
from forum.media import checks, faces, pictures, records
from forum.media.models import UPLOADS
from forum.media.queries import face_address
from forum.media.store import store
from forum.members import queries as members
from tests.factories.accounts import a_member
from tests.factories.visitor import Visitor, read
from tests.media.samples import a_picture

SIDES = (48, 96, 192)


def sizes(name: str) -> dict[str, str]:
    """The names of a face, by what it measures."""
    return {f"{side}": name.replace("192x192", f"{side}x{side}") for side in SIDES}


@pytest.fixture
def rolf(app: Flask) -> Visitor:
    visitor = Visitor(app, a_member("rolf"))
    assert visitor.post("/settings/avatar", file=(BytesIO(a_picture()), "me.png")).status_code == 303
    return visitor


def worn(username: str = "rolf") -> str:
    account = members.find_account(username)
    assert account is not None
    assert account.avatar is not None
    return account.avatar


def test_an_upload_is_kept_in_three_sizes_and_goes_in_all(app: Flask, rolf: Visitor) -> None:
    guest, former = Visitor(app), worn()
    for side, name in sizes(former).items():
        answer = guest.get(f"/media/{name}")
        assert (answer.status_code, answer.mimetype) == (200, "image/webp")
        assert "immutable" in answer.headers["Cache-Control"]
        with Image.open(BytesIO(answer.data)) as image:
            assert (image.format, image.size) == ("WEBP", (int(side), int(side)))
            assert not image.getexif()
    assert rolf.post("/settings/avatar/remove").status_code == 303
    assert [guest.get(f"/media/{name}").status_code for name in sizes(former).values()] == [404, 404, 404]
    assert not any(store().exists(name) for name in sizes(former).values())


@pytest.mark.parametrize(("pixels", "side"), [(24, "48"), (36, "96"), (44, "96"), (96, "192")])
def test_a_place_gets_twice_the_dots_it_shows_and_no_more(pixels: int, side: str) -> None:
    name = f"{'0' * 32}-192x192.webp"
    assert face_address(name, pixels) == f"/media/{sizes(name)[side]}"


@pytest.mark.parametrize("name", [f"{'0' * 32}-40x30.webp", f"{'0' * 32}-48x48.webp"])
def test_a_face_of_another_size_has_no_smaller_ones(name: str) -> None:
    assert face_address(name, 24) == f"/media/{name}"


def test_the_directory_shows_small_ones_and_the_profile_the_large_one(app: Flask, rolf: Visitor) -> None:
    by = sizes(worn())
    listed, profile = (str(read(rolf.get(page)).select_one("main")) for page in ("/members", "/u/rolf"))
    assert by["192"] in profile
    assert by["96"] in listed
    assert by["192"] not in listed


def test_a_face_without_smaller_ones_is_shown_as_it_is(app: Flask, rolf: Visitor) -> None:
    by = sizes(worn())
    for side in ("48", "96"):
        store().delete(by[side])
    found = {Visitor(app).get(f"/media/{name}").data for name in by.values()}
    assert len(found) == 1


def test_smaller_ones_of_nothing_are_not_found(app: Flask) -> None:
    assert [Visitor(app).get(f"/media/{'0' * 32}-{side}x{side}.webp").status_code for side in SIDES] == [404] * 3


def test_a_small_picture_of_a_post_is_none_of_a_face(app: Flask, rolf: Visitor) -> None:
    sent = {"file": (BytesIO(a_picture(size=(96, 96))), "small.png")}
    answer = rolf.post("/media", **sent)
    assert answer.status_code == 200
    row = db.session.execute(UPLOADS.select().where(UPLOADS.c.kind == "picture")).one()
    assert row.name.endswith("-96x96.webp")
    assert rolf.get(f"/media/{row.name}").status_code == 200


def test_the_check_knows_them_as_long_as_their_upload_is_known(app: Flask, rolf: Visitor, tmp_path: Path) -> None:
    known, stray = worn(), pictures.avatar(a_picture(colour="green"))
    faces.put(stray)
    for path in Path(app.extensions["settings"].data_dir, "media").glob("??/*"):
        os.utime(path, (1, 1))
    gone = {found.id for found in checks.compare(True) if found.what == checks.ROW}
    assert gone >= set(sizes(stray.name).values())
    assert not gone & set(sizes(known).values())
    assert not any(store().exists(name) for name in sizes(stray.name).values())


def test_a_face_of_an_archive_has_them_too(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "mara.png").write_bytes(a_picture(colour="purple"))
    name = records.take_in(records.folder_of(tmp_path / "a.jsonl"), "mara.png")
    assert name is not None
    assert all(store().exists(one) for one in sizes(name).values())
