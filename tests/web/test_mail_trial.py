"""Trying whether mail goes out: each way in which it can fail is told in words, with what to do, and never for long."""

import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask

from forum.core import mail, mail_trial
from forum.core.database import in_transaction, transaction
from forum.core.mail import Letter, Mail, NoTls
from forum.core.mail_trial import Outcome, hand_over
from tests.factories.members import a_member
from tests.factories.visitor import Visitor, words

HOST = "smtp://kim:s3cret@127.0.0.1"
LETTER = Mail("kim@example.org", "Kim", Letter("en", "Hello", "Hello", "<p>Hello</p>"), "trial-1")


@pytest.fixture
def by_smtp(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Has mail go out by this address."""

    def install(url: str) -> None:
        settings = app.extensions["settings"]
        monkeypatch.setattr(mail, "_mailer", [mail.Mailer(replace(settings, mail_url=url))])

    return install


class Server:
    """An SMTP server that answers as it is told, one connection after the other."""

    def __init__(self, answers: dict[str, str] | None, greeting: str = "220 here") -> None:
        self.got: list[str] = []
        self._answers, self._greeting = answers, greeting
        self._held: socket.socket | None = None
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        try:
            line, _address = self._door.accept()
        except OSError:
            return
        if self._answers is None:  # takes the call and says nothing
            self._held = line
            return
        with line, line.makefile("rw", newline="") as file:
            file.write(f"{self._greeting}\r\n")
            file.flush()
            is_mail = False
            for raw in file:
                said = raw.strip()
                if is_mail:
                    if said != ".":
                        continue
                    verb, is_mail = ".", False
                else:
                    verb = said.split(" ")[0].upper()
                    self.got.append(said)
                is_mail = verb == "DATA"
                usual = {"DATA": "354 go on", "QUIT": "221 bye"}
                answer = self._answers.get(verb, usual.get(verb, "250 fine"))
                if not answer:
                    return
                file.write(f"{answer}\r\n")
                file.flush()

    def close(self) -> None:
        if self._held is not None:
            self._held.close()
        self._door.close()


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    made: list[Server] = []

    def begin(answers: dict[str, str] | None, **more: str) -> Server:
        made.append(Server(answers, **more))
        return made[-1]

    yield begin
    for one in made:
        one.close()


OPEN = {"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "235 come in", ".": "250 2.0.0 Ok: queued as 4F1"}


@pytest.mark.parametrize(
    ("answers", "what", "answer"),
    [
        (OPEN, "handed-over", "250 2.0.0 Ok: queued as 4F1"),
        (OPEN | {"AUTH": "535 5.7.8 bad credentials"}, "password", "535 5.7.8 bad credentials"),
        (OPEN | {"EHLO": "250 here"}, "no-login", ""),
        (OPEN | {"MAIL": "553 not your address"}, "sender", "553 not your address"),
        (OPEN | {"RCPT": "550 no relay"}, "recipient", "550 no relay"),
        (OPEN | {".": "554 looks like spam"}, "refused", "554 looks like spam"),
        (OPEN | {"MAIL": ""}, "broken-off", ""),
    ],
)
def test_what_the_server_says_is_told(
    by_smtp: Callable[[str], None],
    serve: Callable[..., Server],
    answers: dict[str, str],
    what: str,
    answer: str,
) -> None:
    server = serve(answers)
    by_smtp(f"{HOST}:{server.port}")
    outcome = hand_over(LETTER, "Circle")
    assert (outcome.what, outcome.server) == (what, f"127.0.0.1:{server.port}")
    assert answer in outcome.answer
    assert "s3cret" not in outcome.answer


@pytest.mark.parametrize(
    ("url", "what"),
    [("smtp://kim:gr%C3%BCn@127.0.0.1", "password"), ("smtp://kim:s3cret@smtp..example.com", "unknown-host")],
)
def test_what_can_not_be_written_down_is_told(
    by_smtp: Callable[[str], None], serve: Callable[..., Server], url: str, what: str
) -> None:
    by_smtp(f"{url}:{serve(OPEN).port}")
    assert hand_over(LETTER, "Circle").what == what


def test_a_folder_that_can_not_be_written_to_is_told(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "mail").write_text("a file stands in the way", encoding="utf-8")
    settings = replace(app.extensions["settings"], mail_url="", data_dir=tmp_path)
    monkeypatch.setattr(mail, "_mailer", [mail.Mailer(settings)])
    answer = Visitor(app, a_member("boss", roles=("admin",))).post("/admin/mails/try")
    assert answer.status_code == 303
    assert hand_over(LETTER, "Circle").what == "no-folder"


def test_nobody_is_there(by_smtp: Callable[[str], None]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    by_smtp(f"{HOST}:{port}")
    assert hand_over(LETTER, "Circle").what == "nobody-there"


def test_a_server_that_is_refused_at_the_door_says_why(
    by_smtp: Callable[[str], None], serve: Callable[..., Server]
) -> None:
    server = serve({}, greeting="554 no service for you")
    by_smtp(f"{HOST}:{server.port}")
    outcome = hand_over(LETTER, "Circle")
    assert (outcome.what, outcome.answer) == ("refused", "554 no service for you")


def test_a_server_that_hangs_costs_a_bounded_time(
    by_smtp: Callable[[str], None], serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_trial, "SECONDS", 0.3)
    by_smtp(f"{HOST}:{serve(None).port}")
    began = time.monotonic()
    assert hand_over(LETTER, "Circle").what == "slow"
    assert time.monotonic() - began < 3


def test_one_step_that_hangs_is_slow_too(
    by_smtp: Callable[[str], None], serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_trial, "_STEP_SECONDS", 0.2)
    by_smtp(f"{HOST}:{serve(None).port}")
    assert hand_over(LETTER, "Circle").what == "slow"


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (socket.gaierror(-2, "Name or service not known"), "unknown-host"),
        (ssl.SSLCertVerificationError(1, "certificate verify failed"), "certificate"),
        (ssl.SSLError(1, "wrong version number"), "tls"),
        (NoTls("no TLS"), "no-tls"),
        (ConnectionResetError(104, "Connection reset by peer"), "broken-off"),
        (OSError(101, "Network is unreachable"), "nobody-there"),
        (smtplib.SMTPException("something else"), "refused"),
    ],
)
def test_what_the_network_says_is_told(
    by_smtp: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, error: Exception, what: str
) -> None:
    by_smtp(HOST)

    def fail(_message: EmailMessage, _seconds: float) -> str:
        raise error

    monkeypatch.setattr(mail.installed_mailer(), "_send", fail)
    assert hand_over(LETTER, "Circle").what == what


def test_nobody_is_spoken_to_inside_a_transaction(app: Flask) -> None:
    with pytest.raises(RuntimeError), transaction():
        hand_over(LETTER, "Circle")


def test_without_a_server_the_mail_is_a_file_and_that_is_said(app: Flask) -> None:
    admin = Visitor(app, a_member("chief", roles=("admin",)))
    assert admin.post("/admin/mails/try").status_code == 303
    assert "the mail is a file now" in words(admin.get("/admin/mails"))


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_outcome_has_words_in_both_languages(app: Flask, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    admin = Visitor(app, a_member("chief", roles=("admin",), language=language))
    seen: set[str] = set()
    for what in mail_trial.What.__args__:
        asked: list[bool] = []

        def come_of(_mail: Mail, _name: str, what: str = what, asked: list[bool] = asked) -> Outcome:
            asked.append(in_transaction())
            return Outcome(what, "mail.example.org:587", "421 try later")  # type: ignore[arg-type]

        monkeypatch.setattr("forum.web.admin.mail_trial.hand_over", come_of)
        assert admin.post("/admin/mails/try").status_code == 303
        said = words(admin.get("/admin/mails"))
        assert asked == [False]
        assert "421 try later" in said
        assert "mail.example.org:587" in said
        assert "%" not in said.replace("%40", "").replace("%2F", "")
        seen.add(said)
    assert len(seen) == len(mail_trial.What.__args__)


def test_only_administrators_try(app: Flask) -> None:
    manager = Visitor(app, a_member("boss", roles=("manager",)))
    assert manager.post("/admin/mails/try").status_code == 403
