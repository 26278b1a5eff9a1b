"""Trying whether mail goes out, while somebody waits: one mail, and a word for what came of it."""

import smtplib
import socket
import ssl
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Literal

from forum.core.database import db, in_transaction
from forum.core.mail import Mail, NoTls, installed_mailer, one_line
from forum.core.turns import others_go_on

SECONDS = 10.0
"""Who waits gets an answer after that, whatever the server does."""
_STEP_SECONDS = 5.0
_LONGEST_ANSWER = 300

What = Literal[
    "handed-over",
    "written",
    "no-folder",
    "unknown-host",
    "nobody-there",
    "slow",
    "certificate",
    "tls",
    "no-tls",
    "password",
    "no-login",
    "sender",
    "recipient",
    "refused",
    "broken-off",
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; `server` is host and port, or the folder where mails become files; `answer` what the server, or
    the network, said, in its own words: one line that names no password."""

    what: What
    server: str
    answer: str = ""


def hand_over(mail: Mail, from_name: str) -> Outcome:
    """Sends one mail at once. Never inside a transaction; nothing of the database is held meanwhile, and other requests
    go on."""
    if in_transaction():
        raise RuntimeError("a mail server was spoken to inside a transaction")
    db.session.rollback()
    mailer = installed_mailer()
    if mailer.writes_files:
        try:
            mailer.send(mail, from_name)
        except OSError as error:
            return Outcome("no-folder", str(mailer.folder), error.strerror or str(error))
        return Outcome("written", str(mailer.folder))
    answer: Future[str] = Future()

    def carry_out() -> None:
        try:
            answer.set_result(mailer.send(mail, from_name, _STEP_SECONDS))
        except Exception as error:  # noqa: BLE001  it is raised again where somebody waits
            answer.set_exception(error)

    # A thread of its own: no time limit of a socket holds for a name that isn't found or a server that drips.
    threading.Thread(target=carry_out, name="mail-trial", daemon=True).start()
    try:
        with others_go_on():
            said = answer.result(SECONDS)
        return Outcome("handed-over", mailer.server, said[:_LONGEST_ANSWER])
    except UnicodeError as error:  # a host that can't be one; user name and password go as ASCII (smtplib)
        is_host = getattr(error, "encoding", "idna") == "idna"
        return Outcome("unknown-host" if is_host else "password", mailer.server)
    except OSError as error:  # smtplib's own are of this kind, too
        what, said = _reason(error)
        return Outcome(what, mailer.server, one_line(said)[:_LONGEST_ANSWER])


def _reason(error: OSError) -> tuple[What, str]:
    """A word for what went wrong, and the words of whoever said so."""
    if isinstance(error, smtplib.SMTPException):
        return _of_server(error)
    if isinstance(error, ssl.SSLCertVerificationError):
        return "certificate", getattr(error, "verify_message", "") or str(error)
    if isinstance(error, ssl.SSLError):
        return "tls", str(error)
    if isinstance(error, TimeoutError):
        return "slow", ""
    if isinstance(error, socket.gaierror):
        return "unknown-host", error.strerror or ""
    if isinstance(error, ConnectionResetError | BrokenPipeError):
        return "broken-off", error.strerror or ""
    return "nobody-there", error.strerror or str(error)


def _of_server(error: smtplib.SMTPException) -> tuple[What, str]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return "recipient", f"{code} {_decoded(words)}"
    if isinstance(error, smtplib.SMTPResponseException):
        said = f"{error.smtp_code} {_decoded(error.smtp_error)}"
        if isinstance(error, smtplib.SMTPAuthenticationError):
            return "password", said
        return ("sender" if isinstance(error, smtplib.SMTPSenderRefused) else "refused"), said
    if isinstance(error, NoTls):
        return "no-tls", ""
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "no-login", str(error)
    if isinstance(error, smtplib.SMTPServerDisconnected):
        is_slow = isinstance(error.__context__, TimeoutError)
        return ("slow", "") if is_slow else ("broken-off", str(error))
    return "refused", str(error)


def _decoded(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words
