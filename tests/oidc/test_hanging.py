"""While a provider hangs, a web process that works on one request at a time answers everybody else."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from urllib.parse import urlsplit

from flask import Flask

from forum.core.database import db
from forum.core.turns import MOST_WAITING
from tests.browser.server import served, until
from tests.factories import provider as providers
from tests.factories.provider import StubProvider


def status(address: str) -> int:
    """Of the answer to a guest, who follows nothing."""
    parts = urlsplit(address)
    with closing(http.client.HTTPConnection(parts.netloc, timeout=30)) as connection:
        connection.request("GET", f"{parts.path}?{parts.query}")
        return connection.getresponse().status


def test_who_asked_a_provider_that_hangs_waits_and_nobody_else(app: Flask, stub: StubProvider) -> None:
    providers.set_up(stub)
    db.session.remove()
    stub.hold.clear()
    settings = app.extensions["settings"]
    the_same = {"FORUM_DATABASE_URL": settings.database_url, "FORUM_SECRET_KEY": settings.secret_key}
    words = ("serve", "--no-worker")
    with (
        served(settings.data_dir, *words, greeting="Tafelrunde is at", **the_same) as site,
        ThreadPoolExecutor(MOST_WAITING) as pool,
    ):
        asking = [pool.submit(status, f"{site.url}/login/with/company?moved=1") for _each in range(MOST_WAITING)]
        until(lambda: stub.came == MOST_WAITING, "the questions to the provider")
        assert [status(f"{site.url}/") for _each in range(5)] == [200] * 5
        assert not any(one.done() for one in asking), "they are answered before the front page is"
        stub.hold.set()
        assert {one.result() for one in asking} <= {303, 502}
