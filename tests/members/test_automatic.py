"""Groups that fill themselves by the domains of confirmed addresses."""

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from forum.core import jobs, queue
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Invalid
from forum.core.jobs import JOBS
from forum.core.worker import drain
from forum.members import actions, queries
from forum.members import jobs as member_jobs
from forum.members.actions import GroupDraft
from forum.members.models import GROUP_MEMBERS, MEMBERS
from tests.factories.members import a_group, a_member
from tests.factories.visitor import Visitor, read, words


def set_domains(group_id: int, *domains: str) -> None:
    """As a manager says it; the group is seen by everybody."""
    with transaction() as system:
        group = queries.get_group(system, group_id)
        actions.change_group(system, group, GroupDraft(group.name, group.way_in, "everybody", domains=domains))


def work(app: Flask) -> None:
    drain(app.extensions["settings"])


def address(who: Actor, email: str) -> None:
    """What a change of the address does."""
    with transaction():
        db.session.execute(
            update(MEMBERS).where(MEMBERS.c.id == who.id).values(email=email, email_key=email.casefold())
        )
        actions.fit_to_groups([who.member_id])


def belong(group_id: int) -> set[str]:
    names = select(MEMBERS.c.username).join(GROUP_MEMBERS, GROUP_MEMBERS.c.member_id == MEMBERS.c.id)
    return set(db.session.scalars(names.where(GROUP_MEMBERS.c.group_id == group_id)))


@pytest.fixture
def partners(app: Flask) -> int:
    group_id = a_group("Partners")
    set_domains(group_id, "@Example.ORG", "partner.example")
    work(app)
    return group_id


def test_whoever_confirms_an_address_of_the_domain_belongs_at_once(app: Flask, partners: int) -> None:
    anna = a_member("anna", is_confirmed=False)
    assert belong(partners) == set()
    with transaction():
        actions.confirm(anna.member_id)
    assert partners in queries.actor_of(anna.member_id).group_ids


@pytest.mark.parametrize("email", ["a@sub.example.org", "a@example.org.evil.example", "a@notexample.org"])
def test_only_the_very_domain_counts(app: Flask, partners: int, email: str) -> None:
    anna = a_member("anna")
    address(anna, email)
    assert belong(partners) == set()


def test_domains_that_only_fold_to_the_same_letters_are_different(app: Flask) -> None:
    group_id = a_group("Strasse")
    set_domains(group_id, "strasse.example")
    address(a_member("anna"), "a@straße.example")
    address(a_member("ben"), "b@strasse.example")
    assert belong(group_id) == {"ben"}


def test_another_address_changes_the_groups(app: Flask, partners: int) -> None:
    anna, other = a_member("anna"), a_group("Others")
    set_domains(other, "else.example")
    work(app)
    address(anna, "anna@else.example")
    assert (belong(partners), belong(other)) == (set(), {"anna"})


def test_who_was_put_in_by_hand_stays_whatever_the_address(app: Flask, partners: int) -> None:
    anna = a_member("anna", is_confirmed=False)
    with transaction() as system:
        group = queries.get_group(system, partners)
        actions.add_to_group(system, group, queries.get_member(system, anna.member_id))
        actions.confirm(anna.member_id)
    address(anna, "anna@else.example")
    assert belong(partners) == {"anna"}


def test_a_change_of_the_list_is_worked_off_for_those_who_are_here(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(member_jobs, "AT_ONCE", 2)
    names = {f"rider{number}" for number in range(5)}
    for name in names:
        a_member(name)
    a_member("unconfirmed", is_confirmed=False)
    group_id = a_group("Partners")
    set_domains(group_id, "example.org")
    work(app)
    assert belong(group_id) == names
    set_domains(group_id, "else.example")
    work(app)
    assert belong(group_id) == set()


def test_a_worker_that_is_killed_anywhere_leaves_nothing_undone(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stretch whose job isn't noted as done is done again, and the next one isn't asked for twice."""
    monkeypatch.setattr(member_jobs, "AT_ONCE", 1)
    for name in ("anna", "ben", "cleo"):
        a_member(name)
    group_id = a_group("Partners")
    set_domains(group_id, "example.org")
    note_done = queue.finish
    left = [3]

    def killed(table: object, id: int) -> None:
        if table is JOBS and left[0]:
            left[0] -= 1
            raise KeyboardInterrupt
        note_done(table, id)  # type: ignore[arg-type]

    monkeypatch.setattr(queue, "finish", killed)
    for _ in range(20):
        try:
            with transaction():
                db.session.execute(update(JOBS).where(JOBS.c.state != queue.DONE).values(lease=None, leased_until=None))
            if not jobs.work("tests"):
                break
        except KeyboardInterrupt:
            db.session.rollback()
    assert left == [0]
    assert belong(group_id) == {"anna", "ben", "cleo"}
    asked = select(func.count()).select_from(JOBS).where(JOBS.c.name == "members.fit_group")
    assert db.session.scalar(asked) == 4  # the last one finds nobody


def test_what_fills_itself_is_neither_left_nor_emptied_by_hand(app: Flask, partners: int) -> None:
    anna = a_member("anna")
    with transaction(anna) as member, pytest.raises(Conflict) as refused:
        actions.leave_group(member, queries.get_group(member, partners))
    assert refused.value.code == "group-automatic"
    with transaction() as system, pytest.raises(Conflict):
        actions.remove_from_group(
            system, queries.get_group(system, partners), queries.get_member(system, anna.member_id)
        )
    other = a_group("Others")
    with transaction() as system:
        actions.set_groups(system, queries.get_member(system, anna.member_id), [other])
    assert (belong(partners), belong(other)) == ({"anna"}, {"anna"})


def test_an_open_request_is_answered_by_the_address(app: Flask) -> None:
    group_id, anna = a_group("Partners", "request"), a_member("anna")
    with transaction(anna) as member:
        actions.ask_to_join(member, queries.get_group(member, group_id), "")
    set_domains(group_id, "example.org")
    work(app)
    assert queries.group_page(anna, queries.get_group(anna, group_id)).has_asked is False
    assert belong(group_id) == {"anna"}


@pytest.mark.parametrize("typed", ["example", "exa mple.org", "anna@example.org", "*.example.org", "a" * 300 + ".org"])
def test_what_is_no_domain_is_refused(app: Flask, typed: str) -> None:
    group_id = a_group("Partners")
    with pytest.raises(Invalid) as refused:
        set_domains(group_id, "fine.example", typed)
    assert refused.value.field == "domains"


def test_managers_name_domains_and_members_read_that_a_group_fills_itself(app: Flask) -> None:
    group_id, anna = a_group("Partners"), a_member("anna")
    boss = Visitor(app, a_member("boss", roles=("manager",)))
    form = {"name": "Partners", "way_in": "staff", "audience": "everybody"}
    refused = boss.post(f"/admin/groups/{group_id}", **form, domains="fine.example\nno domain")
    assert refused.status_code == 400
    assert "no domain" in read(refused).select_one("textarea[name=domains]").text  # type: ignore[union-attr]
    assert boss.post(f"/admin/groups/{group_id}", **form, domains="@example.org, partner.example").status_code == 303
    work(app)
    shown = read(boss.get(f"/admin/groups/{group_id}")).select_one("textarea[name=domains]")
    assert shown is not None
    assert shown.text.split() == ["example.org", "partner.example"]
    page = f"/groups/{group_id}/partners"
    assert "You belong to this group because of your e-mail address." in words(Visitor(app, anna).get(page))
    assert not read(Visitor(app, anna).get(page)).select("form[action$='/leave']")
    ben = a_member("ben", is_confirmed=False)
    with transaction():
        elsewhere = {"email": "ben@example.net", "email_key": "ben@example.net"}
        db.session.execute(update(MEMBERS).where(MEMBERS.c.id == ben.id).values(**elsewhere))
        actions.confirm(ben.member_id)
    assert "example.org" not in words(Visitor(app, ben).get(page))
    assert "Automatically" in words(Visitor(app, ben).get(page))
    assert boss.get(f"/admin/members/{anna.id}").status_code == 200
    assert Visitor(app, anna).post(f"/groups/{group_id}/leave").status_code == 409


def test_imported_members_with_confirmed_addresses_belong_too(app: Flask, partners: int) -> None:
    from forum.interchange.read import import_records

    lines = [
        {"kind": "community", "source": "old", "format": 1},
        {
            "kind": "member",
            "id": "1",
            "username": "old1",
            "email": "old1@example.org",
            "confirmed_at": "2025-01-01T00:00:00Z",
        },
        {"kind": "member", "id": "2", "username": "old2", "email": "old2@example.org"},
    ]
    import_records(lambda: iter(lines), tell=lambda _sentence: None)
    assert belong(partners) == {"old1"}
    assert SYSTEM.is_system
