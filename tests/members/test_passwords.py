"""Passwords: what is allowed, and equal work with and without an account."""

import random
import string
import subprocess
import sys

import pytest

from forum.core.errors import Invalid
from forum.members import passwords
from tests.factories.accounts import PASSWORD

KNOWN = ("petra", "Petra Kölbe-Sonnental", "petra.koelbe@velomark.example")


def refused(password: str, *known: str) -> str | None:
    """The code of the refusal."""
    try:
        passwords.check(password, *known)
    except Invalid as error:
        return error.code if error.field == "password" else "beside another field"
    return None


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "required"),
        ("x1y2z3abc", "too-short"),
        ("x" * 257, "too-long"),
        # what many have
        ("1234567890", "password-common"),
        ("qwertyuiop", "password-common"),
        ("basketball", "password-common"),
        # what follows a pattern
        ("aaaaaaaaaaaa", "password-pattern"),
        ("Sommer2026!", "password-pattern"),
        ("Passwort123!", "password-pattern"),
        ("Frühling2026", "password-pattern"),
        ("qwertzuiop123", "password-pattern"),
        ("P@ssw0rd2026!", "password-pattern"),
        ("hallohallohallo", "password-pattern"),
        ("Hamburg1887#x", "password-pattern"),
        ("Sommer2026!!", "password-pattern"),
        # what everybody knows of this member, and of this place
        ("Petra.Koelbe@velomark.example", "password-personal"),
        ("Sonnental1987!", "password-personal"),
        ("petra.koelbe1", "password-personal"),
        ("Velomark2026!", "password-personal"),
        ("Tafelrunde2026!", "password-personal"),
    ],
)
def test_weak_passwords_are_refused_with_the_reason(password: str, code: str) -> None:
    assert refused(password, *KNOWN) == code


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "three happy hens",
        "mein Hund mag Käsekuchen",
        "ich fahre seit 1987 Rad",
        "correcthorsebatterystaple",
        "пароль-пароль-зима",
        "\U0001f41d" * 3 + "abcdefgh ja nein",
        " ".join(f"{number} Schafe" for number in range(40))[: passwords.LONGEST],
        "Tr0ub4dor&3 und mehr",
    ],
)
def test_any_writing_makes_a_password(password: str) -> None:
    assert refused(password, *KNOWN) is None
    assert passwords.verify(passwords.hashed(password), password)
    assert not passwords.verify(passwords.hashed(password), password + "!")


@pytest.mark.usefixtures("app")
def test_what_a_program_makes_up_is_good_from_the_shortest_on() -> None:
    dice = random.Random(7)
    for length in range(passwords.SHORTEST, 20):
        made = ["".join(dice.choices(string.ascii_letters + string.digits, k=length)) for _ in range(20)]
        assert sum(refused(one) is not None for one in made) <= 1


@pytest.mark.usefixtures("app")
def test_none_of_the_frequent_passwords_is_taken() -> None:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    long_enough = [one for one in FREQUENCY_LISTS["passwords"] if len(one) >= passwords.SHORTEST]
    assert len(long_enough) > 500
    assert [one for one in long_enough if refused(one) is None or refused(one.capitalize()) is None] == []


@pytest.mark.usefixtures("app")
def test_no_password_keeps_the_server_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    from zxcvbn import matching

    searches: list[str] = []
    search = matching.dictionary_match
    monkeypatch.setattr(
        matching, "dictionary_match", lambda *given, **rest: searches.append("") or search(*given, **rest)
    )
    assert refused("4@8({[<369&#!1/|0$5+7%2" * 11) is None
    assert len(searches) < 50


@pytest.mark.usefixtures("app")
def test_what_is_known_of_one_member_says_nothing_of_another() -> None:
    assert refused("sonnental-1987", *KNOWN) == "password-personal"
    assert refused("sonnental-1987", "ben") is None


def test_the_lists_are_read_when_a_password_is_set_and_not_at_start() -> None:
    code = "import forum.app, forum.members.passwords, sys; sys.exit('zxcvbn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_composed_and_decomposed_letters_are_one_password() -> None:
    assert passwords.verify(passwords.hashed("grüße aus köln"), "gru\u0308ße aus ko\u0308ln")


def test_without_an_account_the_same_verification_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []
    hasher = passwords._hasher[0]

    class Counting:
        def verify(self, hash: str, password: bytes) -> bool:
            counted.append(hash)
            return hasher.verify(hash, password)

        def hash(self, password: bytes) -> str:
            return hasher.hash(password)

    kept = passwords.hashed(PASSWORD)
    passwords._nobodys_hash()
    monkeypatch.setattr(passwords, "_hasher", [Counting()])
    assert passwords.verify(kept, PASSWORD)
    assert not passwords.verify(None, PASSWORD)
    assert not passwords.verify(None, "nobody's password")
    assert len(counted) == 3
    assert {hash.rsplit("$", 2)[0] for hash in counted} == {kept.rsplit("$", 2)[0]}
