"""Uploads where texts show them."""

import pytest
from flask import Flask

from forum import text
from forum.media import pictures, queries
from forum.media.queries import face_address
from forum.members import queries as members
from forum.threads import queries as threads
from tests.factories import threads as make
from tests.media.conftest import SignIn
from tests.media.samples import a_picture

ADDRESS = queries.address(pictures.picture(a_picture("PNG", (640, 480))).name)


def test_a_picture_in_a_text_says_its_size_so_that_nothing_jumps() -> None:
    expected = f'<img src="{ADDRESS}" alt="a cat" width="640" height="480" loading="lazy">'
    assert text.render(f"![a cat]({ADDRESS})").html == f"<p>{expected}</p>"
    assert expected in text.render(f'look: <img src="{ADDRESS}" alt="a cat" loading="eager">').html


def test_a_size_that_a_member_wrote_is_left() -> None:
    html = text.render(f'look: <img src="{ADDRESS}" width="320" alt="a cat">').html
    assert 'width="320"' in html
    assert "480" not in html.replace(ADDRESS, "")


@pytest.mark.parametrize("address", ["/media/cat.webp", "/media/x-640x480.webp", "/media/" + "a" * 32 + "-0x9.webp"])
def test_a_name_without_a_size_gets_none(address: str) -> None:
    assert "width" not in text.render(f"![a cat]({address})").html


def test_the_frozen_copy_of_a_post_has_the_hashes_of_its_pictures(app: Flask, sign_in: SignIn) -> None:
    author = make.member("rolf")
    line = sign_in(author).send(a_picture()).json["markdown"]
    posted = make.thread(author, make.category(), body=f"Look at this.\n\n{line}")
    copy = threads.snapshot(posted.post_id)
    [name] = queries.names_in(line)
    assert copy["attachments"] == [{"name": name, "sha256": dict(queries.named_in(copy["html"]))[name]}]
    assert len(copy["attachments"][0]["sha256"]) == 64


def test_a_face_stands_beside_each_post_of_a_member_as_soon_as_it_is_chosen(app: Flask, sign_in: SignIn) -> None:
    author = make.member("rolf")
    posted = make.thread(author, make.category())
    browser, guest = sign_in(author), app.test_client()
    page = guest.get(f"/t/{posted.thread_id}").headers["Location"]
    assert "/media/" not in guest.get(page).get_data(as_text=True)
    browser.send(a_picture(), to="/settings/avatar", is_script=False)
    name = members.faces([author.member_id])[author.member_id].avatar
    for reader in (guest, browser.client):
        assert f'src="{face_address(str(name), 44)}"' in reader.get(page).get_data(as_text=True)
