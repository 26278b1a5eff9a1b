"""The banner of a profile: made anew from what was uploaded, shown across its head, and gone without a rest."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.media.models import UPLOADS
from forum.media.store import store
from forum.members import actions
from forum.members.models import MEMBERS
from tests.factories.members import a_member, shows
from tests.factories.visitor import Visitor, read, words
from tests.media.samples import a_picture


def send(visitor: Visitor, content: bytes, address: str = "/settings/banner") -> TestResponse:
    form: dict[str, Any] = {"csrf_token": visitor.token(), "file": (BytesIO(content), "banner.png")}
    return visitor.client.post(address, data=form, content_type="multipart/form-data")


def banner_of(member: Actor) -> str | None:
    return db.session.scalar(select(MEMBERS.c.banner).where(MEMBERS.c.id == member.member_id))


@pytest.fixture
def anna(app: Flask) -> Actor:
    return a_member("anna")


@pytest.mark.parametrize(("kind", "size"), [("PNG", (3000, 400)), ("JPEG", (300, 900)), ("WEBP", (64, 64))])
def test_any_picture_becomes_a_strip_across_the_head(app: Flask, anna: Actor, kind: str, size: tuple[int, int]) -> None:
    visitor = Visitor(app, anna)
    assert send(visitor, a_picture(kind, size)).status_code == 303
    name = banner_of(anna)
    assert name is not None
    shown = read(Visitor(app).get("/u/anna")).select_one("img.profile-banner")
    assert (shown["src"], shown["alt"], shown["width"], shown["height"]) == (f"/media/{name}", "", "1200", "300")
    answer = Visitor(app).get(str(shown["src"]))
    assert answer.mimetype == "image/webp"
    with Image.open(BytesIO(answer.data)) as image:
        assert image.size == (1200, 300)
        assert not image.getexif()
    assert read(visitor.get("/settings/profile")).select_one(".banner-form img.profile-banner") is not None


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7"])
def test_what_is_no_picture_is_refused_with_the_reason(app: Flask, anna: Actor, content: bytes) -> None:
    answer = send(Visitor(app, anna), content)
    assert answer.status_code == 400
    assert read(answer).select_one("#file[aria-invalid=true]") is not None
    assert banner_of(anna) is None


def test_a_removed_or_replaced_banner_leaves_neither_row_nor_file(app: Flask, anna: Actor) -> None:
    visitor = Visitor(app, anna)
    send(visitor, a_picture("PNG", (800, 200)))
    first = banner_of(anna)
    send(visitor, a_picture("JPEG", (640, 480)))
    second = banner_of(anna)
    assert first is not None
    assert second is not None
    assert first != second
    assert not store().exists(first)
    assert visitor.post("/settings/banner/remove").status_code == 303
    assert not store().exists(second)
    assert banner_of(anna) is None
    assert db.session.scalars(select(UPLOADS.c.name)).all() == []
    assert read(visitor.get("/u/anna")).select_one(".profile-banner") is None


def test_a_banner_that_another_has_too_stays_theirs(app: Flask, anna: Actor) -> None:
    ben = a_member("ben")
    for member in (anna, ben):
        send(Visitor(app, member), a_picture("PNG", (800, 200)))
    name = banner_of(ben)
    assert name == banner_of(anna)
    Visitor(app, anna).post("/settings/banner/remove")
    assert Visitor(app).get(f"/media/{name}").status_code == 200


def test_a_picture_in_a_post_stays_when_the_same_one_goes_as_banner(app: Flask, anna: Actor) -> None:
    visitor, content = Visitor(app, anna), a_picture("PNG", (1200, 300))
    send(visitor, content)
    answer = send(visitor, content, "/media")
    shown = str(read(answer).select_one("main img[src^='/media/']")["src"])
    visitor.post("/settings/banner/remove")
    assert visitor.get(shown).status_code == 200


def test_it_is_as_hidden_as_the_profile_and_goes_with_a_ban(app: Flask, anna: Actor) -> None:
    send(Visitor(app, anna), a_picture("PNG", (800, 200)))
    shows(anna, "members")
    assert read(Visitor(app).get("/u/anna")).select_one(".profile-banner") is None
    shows(anna)
    assert read(Visitor(app).get("/u/anna")).select_one(".profile-banner") is not None
    with transaction() as system:
        actions.ban(system, anna.member_id)
    page = Visitor(app).get("/u/anna")
    assert "banned" in words(page)
    assert read(page).select_one(".profile-banner") is None


def test_who_may_not_write_here_is_told_so(app: Flask) -> None:
    visitor = Visitor(app, a_member("new", is_confirmed=False))
    assert send(visitor, a_picture("PNG", (800, 200))).status_code == 403
    assert "as soon as you may write here" in words(visitor.get("/settings/banner"))
