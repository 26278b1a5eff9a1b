"""Neither answer nor work tells whether there is an account: signing in, a new password, a link to sign in.

The same for the time itself is measured by `make bench` (bench/equal_times.py).
"""

import random
import re
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import update

from bench import __main__ as bench
from bench import equal_times
from bench.equal_times import SIGNIFICANCE, Comparison, mann_whitney
from forum.core.database import db, transaction
from forum.members import passwords
from forum.members.models import MEMBERS
from tests.factories import mail
from tests.factories.accounts import a_member, browser
from tests.factories.visitor import read
from tests.system.statements import counted

WAYS: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "sign-in": ("/login", "login", "/login", {"password": "not their password"}),
    "new-password": ("/reset", "reset", "/reset", {}),
    "link": ("/login", "login", "/login/link", {}),
}
ACCOUNTS: dict[str, dict[str, Any]] = {
    "member": {},
    "without a password": {"password_hash": None},
    "unconfirmed": {"confirmed_at": None},
}


class Asked:
    """What an answer said and what was done for it."""

    def __init__(self, app: Flask, way: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        page, form, action, fields = WAYS[way]
        self.verified: list[tuple[Any, ...]] = []
        verify = PasswordHasher.verify

        def noted(hasher: PasswordHasher, kept: str, given: str | bytes) -> bool:
            self.verified.append((hasher.time_cost, hasher.memory_cost, hasher.parallelism, kept.rsplit("$", 2)[0]))
            return verify(hasher, kept, given)

        client = browser(app)
        shown = read(client.get(page)).select(f"#{form} input[type=hidden]")
        values = {str(one["name"]): str(one["value"]) for one in shown} | {"username": name} | fields
        with monkeypatch.context() as patch:
            patch.setattr(PasswordHasher, "verify", noted)
            with counted() as said:
                self.answer = client.post(action, data=values)
        self.statements = list(said)
        self.name = name

    @property
    def words(self) -> str:
        """The answer byte for byte, but for the name that was typed and the token of its form."""
        text = self.answer.text.replace(self.name, "NAME")
        return re.sub(r'(name="csrf_token"[^>]*value=)"[^"]*"', r"\1", text)

    @property
    def headers(self) -> dict[str, str]:
        """Without what differs from one answer to the next in any case."""
        return {
            name: value for name, value in self.answer.headers if name not in {"X-Request-ID", "Set-Cookie", "ETag"}
        }


@pytest.mark.parametrize("columns", ACCOUNTS.values(), ids=ACCOUNTS)
@pytest.mark.parametrize("ending", ["", "@example.org"], ids=["name", "address"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("limits", [True, False], ids=["limited", "unlimited"])
def test_the_same_is_answered_and_done_for_an_account_and_for_nobody(
    app: Flask, monkeypatch: pytest.MonkeyPatch, way: str, ending: str, columns: dict[str, Any], *, limits: bool
) -> None:
    petra = a_member("petra")
    with transaction():
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == petra.id).values(**columns or {"theme": "auto"}))
    mail.forget(app)
    app.config["RATE_LIMITS"] = limits
    known, unknown = (Asked(app, way, f"{name}{ending}", monkeypatch) for name in ("petra", "nobod"))
    assert known.answer.status_code == unknown.answer.status_code
    assert known.words == unknown.words
    assert known.headers == unknown.headers
    assert known.statements == unknown.statements
    assert len(known.statements) > 1
    assert known.verified == unknown.verified
    assert len(known.verified) == (1 if way == "sign-in" else 0)


def test_the_first_answer_of_a_process_does_the_same_work_too(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    hashing = PasswordHasher.hash
    known = passwords.hashed("three happy hens")

    def noted(hasher: PasswordHasher, given: bytes) -> str:
        made.append("hash")
        return hashing(hasher, given)

    monkeypatch.setattr(PasswordHasher, "hash", noted)
    for kept in (known, None):
        passwords.use(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        assert not passwords.verify(kept, "another")
    assert made == ["hash", "hash"]


# ---------------------------------------------------------------- the test by ranks


def test_ranks_tell_what_differs_from_what_does_not() -> None:
    dice = random.Random(7)
    same = [dice.gauss(100, 5) for _ in range(300)]
    also = [dice.gauss(100, 5) for _ in range(300)]
    slower = [dice.gauss(102, 5) for _ in range(300)]
    share, p = mann_whitney(same, also)
    assert abs(share - 0.5) < 0.08
    assert p > 0.01
    share, p = mann_whitney(slower, same)
    assert share > 0.55
    assert p < 0.001


def test_ranks_are_those_of_the_tables() -> None:
    # By hand: of 5 × 5 pairs the first is above in 3, and one is a tie.
    share, p = mann_whitney([1, 2, 3, 4, 7], [4, 5, 6, 8, 9])
    assert share == pytest.approx(3.5 / 25)
    assert p == pytest.approx(0.0749, abs=0.0005)
    assert mann_whitney([1, 1, 1], [1, 1, 1]) == (0.5, 1.0)


@pytest.mark.parametrize("p", [0.0005, 0.5])
def test_the_bench_fails_when_the_time_tells(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, p: float
) -> None:
    (tmp_path / "community").mkdir()
    found = Comparison([1.0, 2.0], [3.0, 4.0], 0.2, p)
    monkeypatch.setattr(equal_times, "running", lambda *_args, **_settings: nullcontext())
    monkeypatch.setattr(equal_times, "compare", lambda *_args, **_options: found)
    monkeypatch.setattr(bench, "database", lambda **_options: tmp_path / "community")
    monkeypatch.setattr(sys, "argv", ["bench", "--only", "sign-in"])
    if p > SIGNIFICANCE:
        bench.main()
        assert "it tells nothing" in capsys.readouterr().out
        return
    with pytest.raises(SystemExit) as ended:
        bench.main()
    assert "The time of an answer tells who has an account: sign-in, wrong password" in str(ended.value.code)
    assert "IT TELLS" in capsys.readouterr().out
