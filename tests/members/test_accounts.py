"""Registration, confirmation, password: what is kept, and that nobody learns who is a member."""

import pytest
from flask import Flask
from sqlalchemy import event, select

from forum.core import jobs
from forum.core.actor import SYSTEM, guest
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Gone, Invalid, NotFound
from forum.members import actions, passwords, queries, tokens
from forum.members.actions import accounts
from forum.members.models import Member
from tests.factories import mail
from tests.factories.accounts import PASSWORD, a_group, a_member, the_member


def register(username: str, email: str) -> int:
    with transaction(guest("de")) as actor:
        return int(
            actions.register(
                actor,
                username=username,
                email=email,
                password_hash=passwords.hashed(PASSWORD),
                language="de",
                time_zone="Europe/Berlin",
            ).id
        )


def test_a_new_account_is_unconfirmed_and_has_no_rights_beyond_reading(app: Flask) -> None:
    actor = queries.actor_of(register("petra", "Petra@Example.org"))
    assert (actor.is_confirmed, actor.roles, actor.group_ids) == (False, frozenset(), frozenset({1}))


def test_a_look_alike_of_a_taken_name_is_refused(app: Flask) -> None:
    register("petra", "a@example.org")
    with pytest.raises(Invalid) as refused:
        register("реtrа", "b@example.org")
    assert refused.value.code == "username-taken"


def test_a_taken_address_gets_an_account_that_can_never_be_confirmed(app: Flask) -> None:
    first = register("petra", "petra@example.org")
    second = register("paul", "PETRA@example.org")
    with transaction():
        actions.confirm(first)
    with transaction(), pytest.raises(Conflict):
        actions.confirm(second)
    assert queries.find_account("petra@example.org").username == "petra"  # type: ignore[union-attr]
    assert queries.find_account("paul").id == second  # type: ignore[union-attr]


def test_who_is_slower_by_a_moment_gets_the_same_answers(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    register("petra", "petra@example.org")
    look = accounts._is_taken
    looked: list[str] = []

    def too_early(column: str, value: str) -> bool:
        looked.append(column)
        return looked.count(column) > 1 and look(column, value)

    monkeypatch.setattr(accounts, "_is_taken", too_early)
    second = register("paul", "PETRA@example.org")
    assert the_member(queries.actor_of(second)).email_key is None
    looked.clear()
    with pytest.raises(Invalid) as refused:
        register("petra", "another@example.org")
    assert refused.value.code == "username-taken"


def mails(app: Flask) -> dict[str, str]:
    """Mails by what they are (the beginning of their id), as plain text."""
    jobs.work("test")
    found = {str(one["Message-ID"]).strip("<").rpartition("-")[0]: mail.plain(one) for one in mail.kept(app)}
    mail.forget(app)
    return found


def test_the_mail_goes_to_the_newcomer_or_tells_the_owner_of_a_taken_address(app: Flask) -> None:
    mails(app)
    first = register("petra", "petra@example.org")
    assert list(mails(app)) == [f"confirm-{first}"]
    register("paul", "petra@example.org")
    told = mails(app)
    assert list(told) == [f"taken-{first}"]
    assert "petra" in told[f"taken-{first}"]


@pytest.mark.parametrize(("language", "word"), [("de", "Hallo"), ("en", "Hello")])
def test_mails_about_an_account_come_in_the_members_language_and_say_the_same_in_both_parts(
    app: Flask, language: str, word: str
) -> None:
    mail.forget(app)
    petra = a_member("petra", language=language, is_confirmed=False)
    with transaction():
        actions.ask_for_confirmation(the_member(petra))
        actions.ask_for_reset(the_member(petra))
    register("paul", "petra@example.org")
    jobs.work("test")
    sent = mail.kept(app)
    assert [str(one["Message-ID"]).partition("-")[0] for one in sent] == ["<confirm", "<reset", "<taken"]
    for one in sent:
        mail.check(one)
        assert one["Content-Language"] == language
        assert mail.plain(one).startswith(f"{word} petra,")
        assert one["List-Unsubscribe"] is None


def test_a_link_confirms_once_it_is_pressed_and_again_without_harm(app: Flask) -> None:
    member_id = register("petra", "petra@example.org")
    token = tokens.issue("confirm", queries.get_member(SYSTEM, member_id))
    for _ in range(2):
        with transaction():
            actions.confirm_by_link(token)
    assert queries.actor_of(member_id).is_confirmed


@pytest.mark.parametrize("token", ["", "x", "WzEsIjEiXQ.aaaa.bbbb"])
def test_a_forged_link_opens_nothing(app: Flask, token: str) -> None:
    with pytest.raises(Gone):
        queries.by_link("confirm", token)


def test_a_link_is_for_one_purpose_only(app: Flask) -> None:
    member = the_member(a_member("petra"))
    with pytest.raises(Gone):
        queries.by_link("reset", tokens.issue("confirm", member))


def test_a_reset_link_works_once_ends_all_sessions_and_proves_the_address(app: Flask) -> None:
    actor = a_member("petra", is_confirmed=False)
    with transaction():
        session = actions.sign_in(actor.member_id, "old")
    token = tokens.issue("reset", the_member(actor))
    with transaction():
        actions.reset_by_link(token, passwords.hashed("quite another one"))
    assert queries.signed_in_member(session) is None
    assert queries.actor_of(actor.member_id).is_confirmed
    assert passwords.verify(the_member(actor).password_hash, "quite another one")
    with transaction(), pytest.raises(Gone):
        actions.reset_by_link(token, passwords.hashed("and one more"))


def test_a_changed_password_ends_the_other_sessions_only(app: Flask) -> None:
    actor = a_member("petra")
    with transaction():
        here, there = (actions.sign_in(actor.member_id, name) for name in ("here", "there"))
    with transaction(actor) as fresh:
        actions.set_password(fresh, queries.get_member(fresh, actor.member_id), passwords.hashed("x" * 12), here)
    assert queries.signed_in_member(here) is not None
    assert queries.signed_in_member(there) is None


def test_who_is_signed_in_costs_one_statement(app: Flask) -> None:
    actor = a_member("petra", roles=("moderator",), groups=(a_group("partners"), a_group("beta")))
    with transaction():
        token = actions.sign_in(actor.member_id, "here")
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    found = queries.signed_in_member(token)
    assert found is not None
    assert found[0] == actor
    assert len([statement for statement in seen if statement.lstrip().startswith("SELECT")]) == 1
    assert len(found[0].group_ids) == 4


def test_an_unconfirmed_profile_is_seen_by_nobody_else(app: Flask) -> None:
    newcomer, other, staff = (
        a_member("petra", is_confirmed=False),
        a_member("paul"),
        a_member("boss", roles=("manager",)),
    )
    with pytest.raises(NotFound):
        queries.profile(other, "petra")
    with pytest.raises(NotFound):
        queries.profile(guest(), "petra")
    assert queries.profile(newcomer, "PETRA").id == queries.profile(staff, "petra").id == newcomer.id


def test_a_look_alike_of_a_name_is_not_that_member(app: Flask) -> None:
    a_member("petra")
    with pytest.raises(NotFound):
        queries.profile(guest(), "реtrа")
    assert queries.resolve_names(["Petra", "реtrа", "nobody"]) == {"petra": "petra"}


def test_unclaimed_accounts_are_forgotten_after_two_weeks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    from forum.core import clock
    from forum.members import jobs as room

    register("petra", "petra@example.org")
    register("paul", "petra@example.org")
    room.forget_unclaimed()
    assert db.session.scalars(select(Member.username).order_by(Member.id)).all() == ["petra", "paul"]
    later = clock.now() + timedelta(days=15)
    monkeypatch.setattr(clock, "now", lambda: later)
    room.forget_unclaimed()
    assert db.session.scalars(select(Member.username)).all() == ["petra"]
