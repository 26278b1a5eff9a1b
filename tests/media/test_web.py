"""Uploading a picture, getting it back, and having a face."""

import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from forum.core.database import db
from forum.media.models import UPLOADS
from forum.media.queries import named_in
from forum.media.store import store
from forum.members import queries as members
from tests.factories.members import a_member
from tests.media.conftest import SignIn
from tests.media.samples import SVG, a_bomb, a_photograph, a_picture

LINE = re.compile(r"!\[a red house\]\((/media/[0-9a-f]{32}-40x30\.webp)\)")


def count() -> int:
    return len(db.session.execute(UPLOADS.select()).all())


def test_a_member_uploads_a_picture_and_everybody_sees_it(client: FlaskClient, sign_in: SignIn) -> None:
    author = a_member("rolf")
    answer = sign_in(author).send(a_picture())
    assert answer.status_code == 200
    address = LINE.fullmatch(answer.json["markdown"])[1]  # type: ignore[index]
    shown = client.get(address)
    assert shown.status_code == 200
    assert Image.open(BytesIO(shown.data)).size == (40, 30)
    row = db.session.execute(UPLOADS.select()).one()
    assert (row.member_id, row.kind, row.width, row.height) == (author.id, "picture", 40, 30)
    assert row.size_bytes == len(shown.data)


def test_a_picture_is_sent_as_nothing_but_a_picture(client: FlaskClient, sign_in: SignIn) -> None:
    line = sign_in(a_member("rolf")).send(a_picture()).json["markdown"]
    shown = client.get(LINE.fullmatch(line)[1])  # type: ignore[index]
    assert shown.headers["Content-Type"] == "image/webp"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'"
    assert "immutable" in shown.headers["Cache-Control"]
    assert "Set-Cookie" not in shown.headers
    again = client.get(LINE.fullmatch(line)[1], headers={"If-None-Match": shown.headers["ETag"]})  # type: ignore[index]
    assert (again.status_code, again.data) == (304, b"")


def test_the_place_of_a_photograph_is_not_in_what_is_sent(client: FlaskClient, sign_in: SignIn) -> None:
    answer = sign_in(a_member("rolf")).send(a_photograph(), "IMG_2041.JPG")
    found = re.fullmatch(r"!\[IMG 2041\]\((.*)\)", answer.json["markdown"])
    sent = Image.open(BytesIO(client.get(found[1]).data))  # type: ignore[index]
    assert not sent.getexif()


def test_the_same_picture_twice_is_kept_once(sign_in: SignIn) -> None:
    first, second = sign_in(a_member("rolf")), sign_in(a_member("mara"))
    assert first.send(a_picture()).json == second.send(a_picture()).json
    assert count() == 1


def test_a_wrong_ending_does_not_matter_for_the_content_tells(sign_in: SignIn) -> None:
    browser = sign_in(a_member("rolf"))
    assert browser.send(a_picture("PNG"), "a.jpg").status_code == 200
    assert browser.send(SVG, "a.png").status_code == 400
    assert (
        browser.send(a_picture("WEBP"), "x](javascript:alert(1)).exe")
        .json["markdown"]
        .startswith("![x javascript alert 1](/media/")
    )


def test_without_script_the_page_shows_the_line_to_copy(sign_in: SignIn) -> None:
    browser = sign_in(a_member("rolf"))
    page = browser.send(a_picture(), is_script=False)
    assert page.status_code == 200
    assert LINE.search(page.get_data(as_text=True))
    refused = browser.send(SVG, is_script=False)
    assert refused.status_code == 400
    assert "PNG, JPEG, GIF and WebP can." in refused.get_data(as_text=True)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "picture-missing"),
        (SVG, 400, "picture-kind"),
        (a_bomb(), 400, "picture-too-many-pixels"),
        (a_picture("PNG", (200, 200))[:300], 400, "picture-broken"),
        (b"\x89PNG" + b"\0" * (8 * 1024 * 1024), 413, "picture-too-large"),
    ],
    ids=["empty", "svg", "bomb", "truncated", "too large"],
)
def test_what_is_refused_leaves_nothing_behind(sign_in: SignIn, content: bytes, status: int, code: str) -> None:
    before = set(store().names())
    answer = sign_in(a_member("rolf")).send(content)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.json["detail"]
    assert count() == 0
    assert set(store().names()) == before


def test_a_request_far_too_large_is_refused_unread_and_other_forms_keep_their_limit(sign_in: SignIn) -> None:
    browser = sign_in(a_member("rolf"))
    assert browser.send(b"\0" * (20 * 1024 * 1024)).status_code == 413
    assert browser.send(b"\0" * (3 * 1024 * 1024), to="/settings/display").status_code == 413
    assert browser.send(b"\0" * (3 * 1024 * 1024)).json["code"] == "picture-kind"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ({"is_confirmed": False}, "unconfirmed"),
        ({"silenced_days": 3}, "silenced"),
    ],
)
def test_who_may_not_publish_may_not_upload(sign_in: SignIn, state: dict[str, int], code: str) -> None:
    browser = sign_in(a_member("rolf", **state))  # type: ignore[arg-type]
    for address in ("/media", "/settings/avatar"):
        answer = browser.send(a_picture(), to=address)
        assert (answer.status_code, answer.json["code"]) == (403, code)
    assert count() == 0


def test_a_guest_uploads_nothing_and_is_led_to_sign_in(client: FlaskClient, sign_in: SignIn) -> None:
    token_of_a_member = sign_in(a_member("rolf")).token
    answer = client.post(
        "/media",
        data={"file": (BytesIO(a_picture()), "a.png"), "csrf_token": token_of_a_member},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code in {400, 403}
    assert client.get("/media").headers["Location"].startswith("/login")
    assert count() == 0


def test_without_the_token_nothing_is_uploaded(sign_in: SignIn) -> None:
    browser = sign_in(a_member("rolf"))
    browser.token = ""
    assert browser.send(a_picture()).status_code == 400
    assert count() == 0


@pytest.mark.parametrize(
    "name",
    [
        "0" * 32 + "-40x30.webp",
        "../secret_key",
        "..%2f..%2fsecret_key",
        "%2e%2e/secret_key",
        "....//secret_key",
        "/etc/passwd",
        "a.webp",
        "x%00.webp",
        "0" * 32 + "-40x30.webp%0a",
    ],
)
def test_only_what_was_uploaded_is_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/media/{name}").status_code == 404


def test_a_member_chooses_a_face_changes_it_and_takes_it_away(client: FlaskClient, sign_in: SignIn) -> None:
    member = a_member("rolf")
    browser = sign_in(member)
    names = []
    for colour in ("red", "blue"):
        answer = browser.send(a_picture(colour=colour), to="/settings/avatar", is_script=False)
        assert answer.status_code == 303
        names.append(members.faces([member.member_id])[member.member_id].avatar)
    first, second = (str(name) for name in names)
    assert first != second
    assert second.endswith("-192x192.webp")
    assert client.get(f"/media/{second}").status_code == 200
    assert client.get(f"/media/{first}").status_code == 404
    assert not store().exists(first)
    assert f'src="/media/{second}"' in browser.client.get("/settings/profile").get_data(as_text=True)
    assert f'src="/media/{second}"' in client.get("/u/rolf").get_data(as_text=True)
    removed = browser.client.post("/settings/avatar/remove", data={"csrf_token": browser.token})
    assert removed.status_code == 303
    assert members.faces([member.member_id])[member.member_id].avatar is None
    assert client.get(f"/media/{second}").status_code == 404


def test_a_face_that_two_members_have_stays_when_one_takes_it_away(client: FlaskClient, sign_in: SignIn) -> None:
    rolf, mara = a_member("rolf"), a_member("mara")
    browsers = [sign_in(rolf), sign_in(mara)]
    for browser in browsers:
        browser.send(a_picture(), to="/settings/avatar", is_script=False)
    browsers[0].client.post("/settings/avatar/remove", data={"csrf_token": browsers[0].token})
    name = members.faces([mara.member_id])[mara.member_id].avatar
    assert client.get(f"/media/{name}").status_code == 200


def test_a_refused_face_is_explained_beside_the_field(sign_in: SignIn) -> None:
    answer = sign_in(a_member("rolf")).send(SVG, to="/settings/avatar", is_script=False)
    assert answer.status_code == 400
    text = answer.get_data(as_text=True)
    assert 'id="file-error"' in text
    assert 'aria-invalid="true"' in text


def test_the_pictures_of_a_text_are_named_with_their_hashes(app: Flask, sign_in: SignIn) -> None:
    line = sign_in(a_member("rolf")).send(a_picture()).json["markdown"]
    address = LINE.fullmatch(line)[1]  # type: ignore[index]
    row = db.session.execute(UPLOADS.select()).one()
    unknown = "/media/" + "0" * 32 + "-1x1.webp"
    html = f'<p><img src="{address}" alt=""><img src="{unknown}" alt=""><img src="{address}" alt=""></p>'
    assert named_in(html) == [(row.name, row.sha256)]
    assert named_in("<p>words</p>") == []
