"""Administrators see every mail with made-up contents, and send one to themselves."""

import html5lib
import pytest
from flask import Flask

from forum.community.actions import set_up
from forum.core.actor import Actor
from forum.core.database import transaction
from forum.core.worker import drain
from forum.notifications import jobs
from forum.notifications.examples import EXAMPLES
from forum.notifications.models import KINDS
from tests.du import says_du
from tests.factories import mail
from tests.factories.members import a_member
from tests.factories.visitor import Visitor, read


@pytest.fixture
def admin(app: Flask) -> Actor:
    return a_member("chief", display_name="Chief <b>", roles=("admin",), language="en")


def test_every_kind_has_an_example(app: Flask, admin: Actor) -> None:
    assert set(KINDS) <= set(EXAMPLES)
    listed = read(Visitor(app, admin).get("/admin/mails")).select(".go-list a")
    assert [link["href"] for link in listed] == [f"/admin/mails/{name}" for name in EXAMPLES]


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_can_be_looked_at_light_and_dark(app: Flask, admin: Actor, language: str) -> None:
    visitor = Visitor(app, admin)
    for name in EXAMPLES:
        for theme in ("light", "dark"):
            page = read(visitor.get(f"/admin/mails/{name}?language={language}&theme={theme}"))
            frame = page.find("iframe")
            assert frame["sandbox"] == ["allow-popups", "allow-popups-to-escape-sandbox"]
            shown = visitor.get(str(frame["src"]))
            html5lib.HTMLParser(strict=True).parse(shown.text)
            inside = read(shown)
            assert inside.html["lang"] == language
            assert inside.h1.text == page.h1.text
            assert ("@media all" in shown.text) == (theme == "dark")
            assert "Chief &lt;b&gt;" in shown.text
            assert "Chief <b>," in page.select_one(".letter").text


def test_where_the_community_says_sie_no_mail_says_du(app: Flask, admin: Actor) -> None:
    with transaction():
        set_up(is_formal=True)
    visitor = Visitor(app, admin)
    for name in EXAMPLES:
        page = read(visitor.get(f"/admin/mails/{name}?language=de"))
        assert says_du(page.select_one(".letter").text) is None, name


def test_who_is_no_administrator_any_more_gets_no_example(app: Flask) -> None:
    mail.forget(app)
    jobs.mail_example(a_member("anna").member_id, "reply", "en", 1)
    jobs.mail_example(999_999, "reply", "en", 1)
    assert mail.kept(app, "example-*") == []


def test_what_stands_in_the_frame_can_do_nothing(app: Flask, admin: Actor) -> None:
    headers = Visitor(app, admin).get("/admin/mails/reply/html").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("name", ["decision", "confirm"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_an_administrator_sends_one_to_their_own_address(app: Flask, admin: Actor, name: str, language: str) -> None:
    mail.forget(app)
    answer = Visitor(app, admin).post(f"/admin/mails/{name}/send", language=language)
    assert answer.status_code == 303
    drain(app.extensions["settings"])
    [sent] = mail.kept(app, "example-*")
    mail.check(sent)
    assert (sent["To"].addresses[0].addr_spec, sent["Content-Language"]) == ("chief@example.org", language)
    assert sent["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    "address", ["/admin/mails/nothing", "/admin/mails/reply?language=fr", "/admin/mails/reply?theme=x"]
)
def test_what_is_not_there_is_not_found(app: Flask, admin: Actor, address: str) -> None:
    assert Visitor(app, admin).get(address).status_code == 404


@pytest.mark.parametrize(("name", "language"), [("nothing", "de"), ("reply", "fr"), ("reply", "")])
def test_what_is_not_there_is_not_sent(app: Flask, admin: Actor, name: str, language: str) -> None:
    assert Visitor(app, admin).post(f"/admin/mails/{name}/send", language=language).status_code == 404
