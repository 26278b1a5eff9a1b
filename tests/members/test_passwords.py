"""Passwords: what is allowed, and equal work with and without an account."""

import pytest

from forum.core.errors import Invalid
from forum.members import passwords
from tests.factories.accounts import PASSWORD


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "required"),
        ("x1y2z3abc", "too-short"),
        ("x" * 257, "too-long"),
        ("aaaaaaaaaaaa", "password-guessable"),
        ("Petra@example.org", "password-guessable"),
    ],
)
def test_weak_passwords_are_refused(password: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        passwords.check(password, "petra", "petra@example.org")
    assert refused.value.code == code


def test_any_writing_makes_a_password() -> None:
    for password in (PASSWORD, "пароль-пароль", "\U0001f41d" * 3 + "abcdefgh", "a" * 128 + "b" * 127 + "c"):
        passwords.check(password, "petra")
        assert passwords.verify(passwords.hashed(password), password)
        assert not passwords.verify(passwords.hashed(password), password + "!")


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
