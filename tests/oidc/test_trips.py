"""What a browser carries of its ways to providers: it fits into a cookie, and what doesn't is the oldest."""

import random
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import provider as providers
from tests.factories.provider import StubProvider

MOST_BYTES = 4096


@pytest.fixture(autouse=True)
def provider(app: Flask, stub: StubProvider) -> int:
    return providers.set_up(stub)


def somewhere(seed: int) -> str:
    """An address that can't be packed well: six bytes a sign in a cookie."""
    signs = random.Random(seed)
    return "/search?q=" + "".join(chr(signs.randrange(0x4E00, 0x9FFF)) for _ in range(560))


def size(client: FlaskClient) -> int:
    cookie = client.get_cookie("session")
    assert cookie is not None
    return len(f"session={cookie.value}; Expires=Wed, 20 Jan 2027 18:00:00 GMT; Secure; HttpOnly; Path=/; SameSite=Lax")


def test_many_ways_begun_at_once_leave_room_for_the_last_ones(client: FlaskClient, stub: StubProvider) -> None:
    backs = []
    for seed in range(6):
        there = client.get(f"/login/with/company?next={quote(somewhere(seed))}")
        assert there.status_code == 303
        assert size(client) < MOST_BYTES
        backs.append(stub.back_from(there.headers["Location"]))
    assert client.get(backs[0]).status_code == 400, "the oldest"
    assert client.get(backs[-1]).headers["Location"] == "/login/first"


def test_whoever_waits_fits_in_as_well(client: FlaskClient, stub: StubProvider) -> None:
    stub.person |= {"name": somewhere(1)[:60], "sub": "s" * 255, "email": f"{'e' * 60}@{'example.' * 20}org"}
    for seed in range(3):
        there = client.get(f"/login/with/company?next={quote(somewhere(seed))}").headers["Location"]
    assert client.get(stub.back_from(there)).headers["Location"] == "/login/first"
    assert size(client) < MOST_BYTES
    assert client.get("/login/first").status_code == 200


def test_at_another_address_the_way_begins_with_one_to_our_own(client: FlaskClient, stub: StubProvider) -> None:
    elsewhere = {"base_url": "http://127.0.0.1:8000"}
    moved = client.get("/login/with/company?next=/rules%3Fa%3Db", **elsewhere).headers["Location"]
    assert moved.startswith("http://localhost:8000/login/with/company?")
    there = client.get(moved.removeprefix("http://localhost:8000")).headers["Location"]
    assert client.get(stub.back_from(there)).headers["Location"] == "/login/first"
    # a proxy that hides under which name it was asked: once is enough
    behind = client.get(moved.removeprefix("http://localhost:8000"), **elsewhere).headers["Location"]
    assert behind.startswith(stub.issuer)
