"""Pages are packed for who takes them packed, and are the same pages."""

import gzip

from flask import Flask
from flask.testing import FlaskClient

import tests.factories.threads as make


def test_a_page_is_packed_for_who_takes_it_so(app: Flask) -> None:
    make.category("Help")
    plain = app.test_client().get("/", headers={"Accept-Language": "en"})
    packed = app.test_client().get("/", headers={"Accept-Language": "en", "Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_a_kept_page_goes_out_in_the_form_that_was_asked_for(app: Flask) -> None:
    for _time in range(3):
        for encoding in ("gzip", "identity", "gzip;q=0, identity"):
            answer = app.test_client().get("/", headers={"Accept-Encoding": encoding})
            assert ("Content-Encoding" in answer.headers) == (encoding == "gzip")
            assert ("\x1f\x8b" in answer.data[:2].decode("latin-1")) == (encoding == "gzip")


def test_a_page_that_has_not_changed_is_not_sent_again(app: Flask) -> None:
    first = app.test_client().get("/", headers={"Accept-Encoding": "gzip"})
    again = app.test_client().get("/", headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_what_is_short_stays_as_it_is(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers
