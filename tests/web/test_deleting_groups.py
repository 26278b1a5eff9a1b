"""Deleting a group: the step before, what goes with it, and what stays whole."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from forum import wiring
from forum.core import clock, queue
from forum.core.actor import SYSTEM, Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Denied, NotFound
from forum.core.events import EVENTS
from forum.core.jobs import JOBS
from forum.core.worker import drain
from forum.members import actions, queries
from forum.members.actions import GroupDraft, InvitationDraft
from forum.members.models import CLAIMED_GROUPS, GROUP_MEMBERS, GROUPS, MEMBERS, SIGN_INS
from forum.notifications.actions import Telling, notify
from forum.notifications.models import NOTIFICATIONS
from forum.oidc import actions as provider_actions
from forum.oidc import queries as providers
from forum.oidc.actions import ProviderDraft
from forum.threads import queries as threads
from tests.factories import threads as make
from tests.factories.members import a_field, a_group, a_member, make_owner
from tests.factories.visitor import Visitor, read, words
from tests.system.holding import free_before, held_elsewhere
from tests.system.statements import counted


@pytest.fixture
def boss(app: Flask) -> Visitor:
    return Visitor(app, a_member("boss", roles=("admin",)))


def closed_to(group_id: int, name: str = "Workshop") -> int:
    """A category for this group alone."""
    return make.category(name, frozenset((verb, group_id) for verb in ("see", "start", "reply", "moderate")))


def a_provider() -> int:
    """One that leads into the groups Partners and Others."""
    said = {"groups_claim": "teams", "groups": "emea = Partners\nus = Others"}
    with transaction(SYSTEM) as system:
        draft = ProviderDraft("company", "Velomark", "https://id.example.org", "us", **said)
        return provider_actions.add_provider(system, draft)


def entries(act: str) -> list[AuditEntry]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.act == act).order_by(AuditEntry.id)))


def troubles() -> list[str]:
    """What the worker couldn't do, and what `forum check` finds."""
    db.session.rollback()
    failed = [
        *db.session.scalars(select(EVENTS.c.name).where(EVENTS.c.state != queue.DONE)),
        *db.session.scalars(select(JOBS.c.name).where(JOBS.c.state != queue.DONE)),
    ]
    return failed + [str(one) for check in wiring.CHECKS.values() for one in check(False)]


def tell(group_id: int, *members: Actor) -> None:
    """Each of them is told that they have come into the group."""
    with transaction(SYSTEM):
        said = {"data": {"is_accepted": True}, "group_id": group_id}
        notify([Telling(one.member_id, "group_answer", f"group-request:{group_id}", **said) for one in members])


def test_the_step_before_says_what_goes_with_it(app: Flask, boss: Visitor) -> None:
    partners = a_group("Partners", "request", description="Who sells for us.")
    a_group("Others")
    field = a_field("Bike", "choice", is_by_team=True)
    make_owner(partners, a_member("ben"))
    asking, invited = a_member("asking"), a_member("invited")
    closed_to(partners)
    make.category("Market", make.OPEN | {("moderate", partners)})
    with transaction(asking) as member:
        actions.ask_to_join(member, queries.get_group(member, partners), "Please.")
    with transaction(SYSTEM) as system:
        actions.invite(system, InvitationDraft(5, 30, partners))
        group = queries.get_group(system, partners)
        draft = GroupDraft("Partners", "request", "everybody", "", ["example.com"], "", [(field, "1")])
        actions.change_group(system, group, draft)
        actions.invite_to_group(system, group, queries.get_member(system, invited.member_id))
    a_provider()
    said = words(boss.get(f"/admin/groups/{partners}/delete"))
    for part in (
        "Delete the group Partners?",
        "1 member no longer belongs to it",
        "1 request to join is dropped",
        "1 member who is invited",
        "1 invitation that leads into it",
        "1 domain.",
        "1 option.",
        "by Velomark any more",
        "Workshop (See, Start threads, Reply, Moderate): nobody but the team sees this category",
        "@Partners stays as a word",
    ):
        assert part in said, part
    assert "Market (Moderate)" in said
    assert said.count("nobody but the team") == 1


def test_all_of_it_is_gone_in_one_act(app: Flask, boss: Visitor) -> None:
    partners, others = a_group("Partners", "request"), a_group("Others")
    owner, asking = make_owner(partners, a_member("owner")), a_member("asking")
    category = closed_to(partners)
    secret = make.thread(owner, category, "Prices", "Only for @partners.")
    open_thread = make.thread(owner, make.category(), "Hello", "Dear @partners, look here.")
    provider_id = a_provider()
    with transaction(SYSTEM) as system:
        token = actions.invite(system, InvitationDraft(5, 30, partners))
        actions.claim_groups(asking.member_id, f"oidc/{provider_id}", [])
    with transaction(asking) as member:
        actions.ask_to_join(member, queries.get_group(member, partners), "Please.")
    drain(app.extensions["settings"])
    make.reply(a_member("second", groups=(partners,)), secret.thread_id, "Are they final?")
    drain(app.extensions["settings"])
    assert unread(owner) == 2  # who asks to join, and the reply
    reader = Visitor(app, owner)
    address = f"/groups/{partners}/partners"
    assert reader.get(address).status_code == reader.get(f"/c/{slug(category)}").status_code == 200

    assert boss.post(f"/admin/groups/{partners}/delete").headers["Location"] == "/admin/groups"
    drain(app.extensions["settings"])

    assert reader.get(address).status_code == reader.get(f"/c/{slug(category)}").status_code == 404
    assert boss.get(f"/admin/groups/{partners}").status_code == 404
    assert boss.get(f"/admin/groups/{partners}/delete").status_code == 404
    assert "Partners" not in words(reader.get("/groups"))
    assert unread(owner) == 0
    assert words(reader.get("/notifications")).count("Partners") == 0
    shown = Visitor(app, a_member("reader")).get(f"/t/{open_thread.thread_id}/{open_thread.slug}")
    assert shown.status_code == 200
    assert "@Partners" in words(shown)
    with pytest.raises(NotFound), transaction(a_member("late")) as member:
        queries.get_group(member, partners, lock=True)
    assert queries.invitation_state(token) == "revoked"
    assert providers.provider(SYSTEM, provider_id).group_map == [("us", others)]
    drain(app.extensions["settings"])
    assert troubles() == []
    (deleted,) = entries("group.delete")
    assert deleted.before is not None
    kept = {name: deleted.before[name] for name in ("name", "handle", "members", "owners", "requests", "links")}
    assert kept == {
        "name": "Partners",
        "handle": "Partners",
        "members": 2,
        "owners": ["owner"],
        "requests": 1,
        "links": 1,
    }
    assert [one.after for one in entries("category.grants")] == [{"grants": []}]
    assert [one.after for one in entries("invitation.revoke")] == [{"note": "", "revoked": True}]
    assert [one.after for one in entries("provider.change")] == [{"group_map": [["us", others]]}]


def unread(member: Actor) -> int:
    db.session.rollback()
    return db.session.scalars(select(MEMBERS.c.unread_count).where(MEMBERS.c.id == member.id)).one()


def slug(category_id: int) -> str:
    return threads.get_category(SYSTEM, category_id).slug


def test_its_name_and_its_handle_are_free_again(app: Flask, boss: Visitor) -> None:
    partners = a_group("Partners")
    boss.post(f"/admin/groups/{partners}/delete")
    again = a_group("Partners")
    assert again != partners
    with transaction(SYSTEM) as system:
        assert queries.get_group(system, again).handle == "Partners"


def test_what_is_under_way_about_it_comes_to_nothing(app: Flask, boss: Visitor) -> None:
    """A request that was answered, a rule that the worker is about to work off, a post that has just named it."""
    partners = a_group("Partners", "request")
    owner, asking = make_owner(partners, a_member("owner")), a_member("asking")
    with transaction(asking) as member:
        actions.ask_to_join(member, queries.get_group(member, partners), "Please.")
    asked = queries.group_page(owner, queries.get_group(owner, partners)).requests[0]
    with transaction(owner) as member:
        actions.answer_request(member, queries.get_group(member, partners), asked.id, is_accepted=True)
    with transaction(SYSTEM) as system:
        draft = GroupDraft("Partners", "request", "everybody", "", ["example.org"])
        actions.change_group(system, queries.get_group(system, partners), draft)
    make.thread(owner, make.category(), "Hello", "Dear @partners, look here.")
    boss.post(f"/admin/groups/{partners}/delete")
    drain(app.extensions["settings"])
    assert troubles() == []
    about = select(func.count()).where(NOTIFICATIONS.c.kind.in_(("group_answer", "group_request", "mention")))
    assert db.session.scalar(about) == 0


def test_a_provider_that_still_names_it_leads_into_the_others(app: Flask) -> None:
    partners, member = a_group("Partners"), a_member("anna")
    with transaction(SYSTEM):
        actions.claim_groups(member.member_id, "oidc/1", [partners, 4711])
    assert db.session.scalars(select(CLAIMED_GROUPS.c.group_id)).all() == [partners]


def test_a_post_that_named_it_a_moment_before_is_published(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    partners = a_group("Partners", "open")
    author = a_member("author", groups=(partners,))
    post_reply, place = make.actions.post_reply, make.thread(author, make.category())

    def meanwhile(*arguments: object) -> object:
        with db.session.begin_nested():
            actions.delete_group(SYSTEM, queries.deletable_group(SYSTEM, partners, lock=True))
        return post_reply(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(make.actions, "post_reply", meanwhile)
    make.reply(author, place.thread_id, "Dear @partners, look here.")
    drain(app.extensions["settings"])
    assert troubles() == []


def test_administrators_alone_delete_groups_and_none_that_is_built_in(app: Flask, boss: Visitor) -> None:
    partners = a_group("Partners")
    manager = a_member("manager", roles=("manager",))
    with pytest.raises(Denied), transaction(manager) as staff:
        actions.delete_group(staff, queries.get_group(staff, partners))
    shown = read(Visitor(app, manager).get(f"/admin/groups/{partners}"))
    assert shown.select_one("main a[href$='/delete']") is None
    assert read(boss.get(f"/admin/groups/{partners}")).select_one("main a[href$='/delete']") is not None
    for number in (1, 2):
        for answer in (boss.get(f"/admin/groups/{number}/delete"), boss.post(f"/admin/groups/{number}/delete")):
            assert answer.status_code == 409
            assert "This group is built in" in words(answer)


def test_without_a_fresh_proof_it_is_asked_for(app: Flask, boss: Visitor) -> None:
    partners = a_group("Partners")
    with transaction():
        db.session.execute(update(SIGN_INS).values(proved_at=clock.now() - timedelta(hours=1)))
    answer = boss.post(f"/admin/groups/{partners}/delete")
    assert answer.status_code == 403
    assert read(answer).select_one("form#prove") is not None
    assert queries.get_group(SYSTEM, partners).name == "Partners"


@pytest.mark.parametrize("act", ["join", "ask"])
def test_who_would_get_into_it_a_moment_later_is_told_that_it_is_gone(app: Flask, boss: Visitor, act: str) -> None:
    riders = a_group("Riders", {"join": "open", "ask": "request"}[act])
    visitor = Visitor(app, a_member("anna"))
    boss.post(f"/admin/groups/{riders}/delete")
    assert visitor.post(f"/groups/{riders}/{act}", words="Please.").status_code == 404
    assert db.session.scalar(select(func.count()).select_from(GROUP_MEMBERS)) == 0


def test_many_members_lose_it_in_as_many_statements_as_a_few(app: Flask, boss: Visitor) -> None:
    boss.get("/admin/groups")  # what is read once in the life of a process
    said = []
    for size in (2, 12):
        group = a_group(f"Of {size}")
        belonging = [a_member(f"m{size}{number}", groups=(group,)) for number in range(size)]
        tell(group, *belonging)
        with counted() as statements:
            assert boss.post(f"/admin/groups/{group}/delete").status_code == 303
        said.append(len(statements))
    assert said[0] == said[1]
    drain(app.extensions["settings"])
    assert troubles() == []


def test_who_is_told_of_it_is_held_before_the_community(app: Flask, boss: Visitor) -> None:
    partners, anna = a_group("Partners"), a_member("anna")
    closed_to(partners)
    tell(partners, anna)
    with free_before("UPDATE community", MEMBERS, anna.member_id) as found:
        assert boss.post(f"/admin/groups/{partners}/delete").status_code == 303
    assert found == [False]


def _by_file(boss: Visitor, group_id: int, member: Actor) -> None:
    assert boss.post(f"/admin/members/{member.id}/groups", groups=str(group_id)).status_code == 303


def _many_at_once(boss: Visitor, group_id: int, member: Actor) -> None:
    assert boss.actor is not None
    with transaction(boss.actor) as staff:
        actions.act_on_many(staff, "add", [member.member_id], group_id)


def _by_address(_boss: Visitor, group_id: int, member: Actor) -> None:
    with transaction(SYSTEM) as system:
        draft = GroupDraft("Partners", "staff", "members", "", ["example.org"])
        actions.change_group(system, queries.get_group(system, group_id), draft)
    with transaction(SYSTEM):
        actions.fit_to_groups([member.member_id])


@pytest.mark.parametrize("put_in", [_by_file, _many_at_once, _by_address])
def test_whoever_puts_somebody_in_holds_the_group(
    app: Flask, boss: Visitor, put_in: Callable[[Visitor, int, Actor], None]
) -> None:
    partners, anna = a_group("Partners"), a_member("anna")
    with free_before("INSERT INTO group_member", GROUPS, partners) as found:
        put_in(boss, partners, anna)
    assert found == [False]
    assert partners in queries.actor_of(anna.member_id).group_ids


@pytest.mark.parametrize("is_deleted", [True, False])
def test_a_newcomer_of_a_group_that_is_being_deleted_is_confirmed(app: Flask, is_deleted: bool) -> None:
    partners = a_group("Partners")
    with transaction(SYSTEM) as system:
        draft = GroupDraft("Partners", "staff", "members", "", ["example.org"])
        actions.change_group(system, queries.get_group(system, partners), draft)
    anna = a_member("anna", is_confirmed=False)
    with held_elsewhere(GROUPS, partners), transaction(SYSTEM):
        assert actions.confirm(anna.member_id).confirmed_at is not None
    if is_deleted:
        with transaction(SYSTEM) as system:
            actions.delete_group(system, queries.deletable_group(system, partners, lock=True))
    drain(app.extensions["settings"])
    db.session.rollback()
    assert (partners in queries.actor_of(anna.member_id).group_ids) is not is_deleted
    assert troubles() == []


def test_a_group_that_was_deleted_meanwhile_is_not_changed(app: Flask) -> None:
    partners = a_group("Partners")
    draft = GroupDraft("Partners", domains=["example.org"])
    with transaction(SYSTEM) as system:
        group = queries.get_group(system, partners)
        db.session.execute(delete(GROUPS).where(GROUPS.c.id == partners))
        with pytest.raises(NotFound):
            actions.change_group(system, group, draft)
