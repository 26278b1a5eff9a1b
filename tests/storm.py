"""A storm for a running community: members write and report over HTTP while its processes are killed.

Everything is outside: real processes, real HTTP, a real SMTP server, and the database looked at afterwards.
"""

import http.client
import json
import os
import random
import re
import signal
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from aiosmtpd.controller import Controller
from argon2 import PasswordHasher

from tests.processes import Place, children, command_of, free_port, until

PASSWORD = "ein gutes Passwort 42"
WRITERS = ("wanda", "wilma", "wenzel", "walter")
OWNER = "olga"
THREADS = 2
PATIENCE_SECONDS = 300
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_MADE_AT = "2024-01-01T00:00:00Z"


class Mailbox:
    """An SMTP server that keeps the Message-IDs of what it gets."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._server = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(  # noqa: N802  the library calls it so
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        self.ids.append(str(message_from_bytes(envelope.content)["Message-ID"]).strip())
        return "250 OK"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._server.port}"

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()


class Member:
    """A member's browser, as little of it as is needed; whatever breaks off is sent again until it is answered."""

    def __init__(self, port: int, username: str) -> None:
        self._port, self._username = port, username
        self._cookies: dict[str, str] = {}

    def request(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, Location and body; asked again until there is an answer that isn't the server's failure."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
            try:
                connection.request(method, path, urlencode(form) if form is not None else None, headers)
                answer = connection.getresponse()
                body = answer.read().decode()
                if answer.status < 500:
                    for header in answer.headers.get_all("Set-Cookie") or ():
                        self._cookies.update({name: morsel.value for name, morsel in SimpleCookie(header).items()})
                    return answer.status, answer.headers.get("Location") or "", body
            except (OSError, http.client.HTTPException):
                pass
            finally:
                connection.close()
            if time.monotonic() > deadline:
                raise AssertionError(f"{method} {path} was not answered within {PATIENCE_SECONDS} s")
            time.sleep(0.05)

    def form(self, path: str) -> str:
        """The token of the page's forms."""
        status, location, body = self.request("GET", path)
        if status in {301, 302, 303, 308}:
            _, _, body = self.request("GET", location.removeprefix(f"http://127.0.0.1:{self._port}"))
        found = _TOKEN.search(body)
        assert found, f"{path} has no token"
        return found[1]

    def sign_in(self) -> None:
        fields = {"csrf_token": self.form("/login"), "username": self._username, "password": PASSWORD}
        status, _, body = self.request("POST", "/login", fields)
        assert status == 303, body

    def reply(self, thread_id: int, words: str) -> int:
        """The number that the reply got, acknowledged."""
        token = self.form(f"/t/{thread_id}")
        fields = {"csrf_token": token, "body": words, "submission": uuid.uuid4().hex}
        status, location, body = self.request("POST", f"/t/{thread_id}/reply", fields)
        assert status == 303, (status, body)
        return int(re.findall(r"\d+", location)[-1])

    def report(self, post_id: int, rule_id: int, words: str) -> None:
        """A report, acknowledged: as made, or (when the answer got lost) as made before."""
        token = self.form(f"/report?post={post_id}")
        fields = {"csrf_token": token, "post": str(post_id), "rule": str(rule_id), "text": words}
        status, _, body = self.request("POST", f"/report?post={post_id}", fields)
        assert status in {303, 409}, (status, body)


class Storm:
    """A community with one owner, writers who all watch its threads, and posts to be reported."""

    def __init__(self, place: Place, url: str, mailbox: Mailbox, reports: int) -> None:
        self.place, self.mailbox = place, mailbox
        self.engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        self.acknowledged: dict[str, int] = {}
        self.reported: set[tuple[str, int]] = set()
        self.failures: list[Exception] = []
        self._posts_to_report = -(-reports // len(WRITERS))
        self._prepare()

    def all(self, statement: str, **values: Any) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(sa.text(statement), values).all())

    def _prepare(self) -> None:
        path = self.place.folder / "storm.jsonl"
        path.write_text("".join(f"{json.dumps(record)}\n" for record in self._records()), encoding="utf-8")
        done = self.place.call("import", str(path))
        assert (done.returncode, done.stderr) == (0, "")
        with self.engine.connect() as connection:
            connection.execute(
                sa.text("UPDATE member SET password_hash = :hash"),
                {"hash": PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)},
            )
            connection.execute(
                sa.text("INSERT INTO subscription SELECT t.id, m.id, 'watching' FROM thread t CROSS JOIN member m")
            )

    def _records(self) -> Iterator[dict[str, Any]]:
        yield {"kind": "community", "format": 1, "source": "storm", "name": "Storm", "languages": ["en", "de"]}
        rules = [{"number": 1, "title": "Respect", "text": "Be kind."}]
        yield {"kind": "rulebook", "id": "r", "version": 1, "effective_at": _MADE_AT, "rules": rules}
        for name in (OWNER, *WRITERS):
            member = {"email": f"{name}@example.org", "joined_at": _MADE_AT, "confirmed_at": _MADE_AT, "language": "en"}
            yield {"kind": "member", "id": name, "username": name, **member}
            yield {"kind": "acceptance", "member": name, "rulebook": "r", "accepted_at": _MADE_AT}
        yield {"kind": "category", "id": "c", "name": "Weather"}
        for number in range(THREADS):
            thread = {"category": "c", "title": f"Wind force {number}", "author": OWNER, "created_at": _MADE_AT}
            yield {"kind": "thread", "id": f"t{number}", **thread}
        for number in range(max(THREADS, self._posts_to_report)):
            body = f"What do you think of squall {number}?"
            post = {"thread": f"t{number % THREADS}", "author": OWNER, "body": body, "created_at": _MADE_AT}
            yield {"kind": "post", "id": f"p{number}", **post}

    # ------------------------------------------------------------ the storm

    def blow(self, *, replies: int, reports: int, kills: int, web_too: bool, pause: float) -> None:
        """Sends everything while processes are killed; returns when everything is acknowledged and all kills are done."""
        supervisor = self.place.start("serve", FORUM_MAIL_URL=self.mailbox.url, FORUM_RATE_LIMITS="off").pid
        until(self.place.answers, 60, "the first answer")
        threads = []
        for index, name in enumerate(WRITERS):
            jobs = [("reply", number) for number in range(replies)[index :: len(WRITERS)]]
            jobs += [("report", number) for number in range(reports)[index :: len(WRITERS)]]
            random.Random(index).shuffle(jobs)
            threads.append(threading.Thread(target=self._write, args=(name, jobs)))
        for thread in threads:
            thread.start()
        self._kill(supervisor, kills, web_too=web_too, pause=pause)
        for thread in threads:
            thread.join()
        if self.failures:
            raise self.failures[0]

    def _write(self, name: str, jobs: list[tuple[str, int]]) -> None:
        try:
            member = Member(self.place.port, name)
            member.sign_in()
            thread_ids = [row.id for row in self.all("SELECT id FROM thread ORDER BY id")]
            posts = [row.id for row in self.all("SELECT id FROM post ORDER BY id")][: self._posts_to_report]
            rule = self.all("SELECT id FROM rule")[0].id
            for kind, number in jobs:
                if kind == "reply":
                    words = f"Reply {number} of {name} {uuid.uuid4().hex}"
                    self.acknowledged[words] = member.reply(thread_ids[number % THREADS], words)
                else:
                    post_id = next(post for post in posts if (name, post) not in self.reported)
                    member.report(post_id, rule, f"Report {number} of {name}")
                    self.reported.add((name, post_id))
        except Exception as error:  # noqa: BLE001  told by the main thread
            self.failures.append(error)

    def _kill(self, supervisor: int, kills: int, *, web_too: bool, pause: float) -> None:
        choice = random.Random(11)
        for _ in range(kills):
            time.sleep(choice.uniform(0.3, 1.7) * pause)
            family = children(supervisor)
            workers = [pid for pid in family if "forum worker" in command_of(pid)]
            servers = [pid for pid in family if "forum.cli.web" in command_of(pid)]
            candidates = workers
            if web_too and choice.random() < 0.4:
                until(self.place.answers, PATIENCE_SECONDS, "an answer")  # one that never starts has nothing to lose
                candidates = servers
            if candidates:
                try:
                    os.kill(choice.choice(candidates), signal.SIGKILL)
                except ProcessLookupError:
                    continue

    def calm(self, seconds: float = 180) -> None:
        """Waits until everything that was asked for is done."""

        def is_done() -> bool:
            waiting = "SELECT count(*) AS n FROM {} WHERE state = 'waiting'"
            return not any(self.all(waiting.format(table))[0].n for table in ("event", "job"))

        until(is_done, seconds, "the end of all deliveries")

    # ------------------------------------------------------------ what must be true then

    def check(self) -> None:
        """Every acknowledged reply and report is there once; everybody heard of everything once."""
        dead = self.all(
            "SELECT name, error FROM event WHERE state = 'dead' UNION ALL SELECT name, error FROM job WHERE state = 'dead'"
        )
        assert dead == []
        self._check_posts()
        self._check_reports()
        self._check_notifications()

    def _check_posts(self) -> None:
        found = self.all("SELECT id, thread_id, number, body FROM post WHERE body LIKE 'Reply %'")
        assert Counter(row.body for row in found) == Counter(list(self.acknowledged))
        assert {row.body: row.number for row in found} == self.acknowledged
        for thread in self.all("SELECT id, post_count, last_number FROM thread"):
            numbers = [row.number for row in self.all("SELECT number FROM post WHERE thread_id = :id", id=thread.id)]
            assert sorted(numbers) == list(range(1, thread.last_number + 1))
            assert thread.post_count == len(numbers)

    def _check_reports(self) -> None:
        rows = self.all(
            "SELECT m.username, c.post_id FROM report r JOIN moderation_case c ON c.id = r.case_id"
            " JOIN member m ON m.id = r.reporter_id"
        )
        assert Counter((row.username, row.post_id) for row in rows) == Counter(list(self.reported))
        for row in self.all(
            "SELECT c.reporter_count AS kept, count(r.id) AS counted FROM moderation_case c"
            " JOIN report r ON r.case_id = c.id GROUP BY c.id, c.reporter_count"
        ):
            assert row.kept == row.counted

    def _check_notifications(self) -> None:
        ids = {row.username: row.id for row in self.all("SELECT id, username FROM member")}
        expected = Counter(
            (ids[name], "reply", f"post:{row.id}")
            for row in self.all("SELECT id, author_id FROM post WHERE body LIKE 'Reply %'")
            for name in (OWNER, *WRITERS)
            if ids[name] != row.author_id
        )
        rows = self.all("SELECT id, member_id, kind, subject, mailed_at FROM notification")
        assert Counter((row.member_id, row.kind, row.subject) for row in rows) == expected
        unread = {row.id: row.unread_count for row in self.all("SELECT id, unread_count FROM member")}
        assert unread == {id: sum(count for (member, _, _), count in expected.items() if member == id) for id in unread}
        sent = {id for id in self.mailbox.ids if not id.startswith("<device-")}  # that somebody has signed in
        mails = {re.sub(r"<notification-(\d+)\..*", r"\1", id) for id in sent}
        assert len(sent) == len(mails)
        assert mails == {str(row.id) for row in rows}
        assert all(row.mailed_at for row in rows)


@contextmanager
def storm(place: Place, url: str, *, reports: int) -> Iterator[Storm]:
    """A prepared community and its mailbox."""
    mailbox = Mailbox()
    mailbox.start()
    made = Storm(place, url, mailbox, reports)
    try:
        yield made
    finally:
        place.close()
        made.engine.dispose()
        mailbox.stop()
