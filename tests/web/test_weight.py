"""What a page of a thread weighs on the way, as sent: twenty posts as people write them, of 58 words in the mean."""

import re
from textwrap import dedent

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.demo.english import tours
from tests.factories import threads as make

ONE_PAGE, FIRST_VISIT = 8 * 1024, 40 * 1024
MOST_FILES = 3
"""Besides the page: styles, scripts, signs."""


@pytest.fixture
def address(app: Flask) -> str:
    category = make.category()
    bodies = [dedent(post.body) for one in tours.THREADS for post in one.posts][:20]
    assert sum(len(body.split()) for body in bodies) > 1_000
    authors = [make.member() for _ in range(7)]
    started = make.thread(authors[0], category, "One small good thing from your ride today", bodies[0])
    for number, body in enumerate(bodies[1:], 1):
        make.reply(authors[number % 7], started.thread_id, body)
    return started.address


def _sent(client: FlaskClient, address: str) -> tuple[int, str]:
    """The size of an answer as it is sent, and its text."""
    size = len(client.get(address, headers={"Accept-Encoding": "gzip"}).get_data())
    return size, client.get(address).get_data(as_text=True)


@pytest.mark.parametrize("who", ["guest", "member", "moderator"])
def test_a_page_of_twenty_posts_is_light(app: Flask, address: str, who: str) -> None:
    client = app.test_client()
    if who != "guest":
        make.sign_in(client, make.member("", *(["moderator"] if who == "moderator" else [])))
    size, page = _sent(client, address)
    assert page.count('<article class="post') == 20
    assert size <= ONE_PAGE
    files = set(re.findall(r'<(?:link rel="stylesheet" href|script src|use href)="([^"#]+)', page))
    assert len(files) <= MOST_FILES
    assert size + sum(_sent(client, one)[0] for one in files if ".svg" not in one) <= FIRST_VISIT
