"""Who sees a group, who gets into it and how, and what its owners may do."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.access import may
from forum.core import actor as actors
from forum.core import audit
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.core.errors import Conflict, Denied, Invalid, NotFound, Refused
from forum.members import actions, queries
from forum.members.actions import GroupDraft
from forum.members.models import GROUPS, Group
from forum.members.policy import visible_groups
from tests.factories.members import a_group, a_member, make_owner
from tests.factories.threads import again as anew
from tests.factories.threads import category, thread
from tests.factories.visitor import Visitor, read


def do(action: Callable[..., Any], who: Actor, group_id: int, *rest: Any, **named: Any) -> Any:
    """One use case in its transaction."""
    with transaction(who) as member:
        return action(member, queries.get_group(member, group_id), *rest, **named)


def account(who: Actor) -> Any:
    return queries.get_member(SYSTEM, who.member_id)


def belong(group_id: int) -> list[str]:
    found = queries.group_members(SYSTEM, queries.get_group(SYSTEM, group_id))
    return [row.face.username for row in found.rows]


def acts() -> list[str]:
    return [row.act for row in db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id))]


def requests(group_id: int) -> list[tuple[int, str]]:
    found = queries.group_page(actor_with_all_rights(), queries.get_group(SYSTEM, group_id)).requests
    return [(row.id, row.face.username) for row in found]


def actor_with_all_rights() -> Actor:
    known = queries.find_account("boss")
    return queries.actor_of(known.id) if known else a_member("boss", roles=("manager",))


@pytest.fixture
def groups(app: Flask) -> dict[str, int]:
    """One of each way in; the closed one is seen by its own members only, the shown one by everybody."""
    return {
        "closed": a_group("Closed"),
        "shown": a_group("Shown", audience="everybody"),
        "open": a_group("Open", "open"),
        "asked": a_group("Asked", "request"),
    }


def test_a_list_has_exactly_the_groups_that_the_rule_shows_to_every_kind_of_viewer(groups: dict[str, int]) -> None:
    inside = (groups["closed"], groups["open"])
    viewers = [
        actors.guest(),
        SYSTEM,
        a_member("anna"),
        a_member("inside", groups=inside),
        make_owner(groups["closed"], a_member("owner")),
        a_member("unconfirmed", is_confirmed=False),
        a_member("silenced", silenced_days=3),
        a_member("banned", is_banned=True, groups=inside),
        a_member("was_manager", is_banned=True, roles=("manager",)),
        *(a_member(role, roles=(role,)) for role in ("moderator", "product", "manager", "admin")),
    ]
    everything = db.session.scalars(select(Group)).all()
    kinds = set()
    for viewer in viewers:
        listed = set(db.session.scalars(select(GROUPS.c.id).where(visible_groups(viewer))))
        assert listed == {group.id for group in everything if may(viewer, "group.see", group)}, viewer.username
        assert listed == {row.id for row in queries.known_groups(viewer)}
        for group in everything:
            try:
                assert queries.get_group(viewer, group.id).id in listed
            except Refused:
                assert group.id not in listed
        kinds.add(frozenset(listed))
    public = frozenset({groups["shown"], groups["open"], groups["asked"]})
    assert kinds == {frozenset(), public, public | {groups["closed"]}}


def test_a_hidden_group_and_one_that_does_not_exist_are_refused_alike(groups: dict[str, int]) -> None:
    anna = a_member("anna")
    for group_id in (groups["closed"], 4_711, 2**70, 1, 2):
        for action in (actions.join_group, actions.leave_group, actions.withdraw_request):
            with pytest.raises(NotFound) as refused:
                do(action, anna, group_id)
            assert refused.value.code == "not-found"


def test_whoever_joins_an_open_group_may_at_once_read_what_it_opens(groups: dict[str, int]) -> None:
    anna = a_member("anna")
    place = category(grants=frozenset((verb, groups["open"]) for verb in ("see", "start", "reply")))
    with pytest.raises(NotFound):
        thread(anna, place)
    do(actions.join_group, anna, groups["open"])
    do(actions.join_group, anna, groups["open"])
    assert thread(anew(anna), place).thread_id
    do(actions.leave_group, anna, groups["open"])
    do(actions.leave_group, anna, groups["open"])
    with pytest.raises(NotFound):
        thread(anew(anna), place)


@pytest.mark.parametrize("name", ["closed", "shown", "asked"])
def test_nobody_joins_a_group_that_is_not_open(groups: dict[str, int], name: str) -> None:
    for who in (a_member("anna"), a_member("boss", roles=("manager",))):
        with pytest.raises((Denied, NotFound)):
            do(actions.join_group, who, groups[name])
    assert belong(groups[name]) == []


@pytest.mark.parametrize(
    "state", [{"is_confirmed": False}, {"silenced_days": 3}, {"is_banned": True}, {"accepted": 0}], ids=str
)
def test_who_may_not_publish_neither_joins_nor_asks(groups: dict[str, int], state: dict[str, Any]) -> None:
    if "accepted" in state:
        from tests.factories.rules import a_rulebook

        a_rulebook()
    anna = a_member("anna", **state)
    for action, group, *rest in ((actions.join_group, "open"), (actions.ask_to_join, "asked", "Hello")):
        with pytest.raises(Denied):
            do(action, anna, groups[group], *rest)


def test_a_request_is_answered_once_and_asking_twice_is_asking_once(groups: dict[str, int]) -> None:
    anna, owner = a_member("anna"), make_owner(groups["asked"], a_member("owner"))
    do(actions.ask_to_join, anna, groups["asked"], "  I am \n Anna. \u202e")
    do(actions.ask_to_join, anna, groups["asked"], "Again")
    page = queries.group_page(owner, queries.get_group(owner, groups["asked"]))
    assert [(row.face.username, row.words) for row in page.requests] == [("anna", "I am Anna.")]
    request_id = page.requests[0].id
    assert do(actions.answer_request, owner, groups["asked"], request_id, is_accepted=True) is True
    assert do(actions.answer_request, owner, groups["asked"], request_id, is_accepted=False) is False
    assert groups["asked"] in anew(anna).group_ids
    assert acts()[-1] == "group.accept"


def test_a_declined_member_may_ask_again_and_take_the_request_back(groups: dict[str, int]) -> None:
    anna = a_member("anna")
    do(actions.ask_to_join, anna, groups["asked"], "")
    ((request_id, _name),) = requests(groups["asked"])
    do(actions.answer_request, actor_with_all_rights(), groups["asked"], request_id, is_accepted=False)
    assert acts()[-1] == "group.refuse"
    assert groups["asked"] not in anew(anna).group_ids
    do(actions.ask_to_join, anna, groups["asked"], "Please")
    ((again, name),) = requests(groups["asked"])
    assert (again > request_id, name) == (True, "anna")
    do(actions.withdraw_request, anna, groups["asked"])
    assert requests(groups["asked"]) == []


def test_a_request_of_another_group_is_not_answered(groups: dict[str, int]) -> None:
    other = a_group("Other", "request")
    owner = make_owner(other, a_member("owner"))
    do(actions.ask_to_join, a_member("anna"), groups["asked"], "")
    ((request_id, _name),) = requests(groups["asked"])
    assert do(actions.answer_request, owner, other, request_id, is_accepted=True) is False
    assert len(requests(groups["asked"])) == 1


def test_a_sentence_that_is_too_long_is_refused_beside_its_field(groups: dict[str, int]) -> None:
    with pytest.raises(Invalid) as refused:
        do(actions.ask_to_join, a_member("anna"), groups["asked"], "x" * 301)
    assert (refused.value.code, refused.value.field) == ("too-long", "words")


def test_owners_say_who_belongs_and_nobody_else_does(groups: dict[str, int]) -> None:
    owner, anna, ben = make_owner(groups["closed"], a_member("owner")), a_member("anna"), a_member("ben")
    do(actions.add_to_group, owner, groups["closed"], account(ben))
    assert set(belong(groups["closed"])) == {"owner", "ben"}
    for who, refusal in ((anna, NotFound), (ben, Denied)):
        for action in (actions.add_to_group, actions.remove_from_group):
            with pytest.raises(refusal):
                do(action, who, groups["closed"], account(ben))
    do(actions.remove_from_group, owner, groups["closed"], account(ben))
    assert belong(groups["closed"]) == ["owner"]
    assert acts()[-2:] == ["group.add", "group.remove"]
    assert list(audit.broken_entries()) == []


def test_owners_are_made_by_managers_among_the_members_and_no_owner_removes_another(groups: dict[str, int]) -> None:
    manager, owner = a_member("boss", roles=("manager",)), make_owner(groups["shown"], a_member("owner"))
    anna = a_member("anna", groups=(groups["shown"],))
    with pytest.raises(Denied):
        do(actions.set_owner, owner, groups["shown"], account(anna), is_owner=True)
    do(actions.set_owner, manager, groups["shown"], account(anna), is_owner=True)
    assert anew(anna).owned_group_ids == {groups["shown"]}
    with pytest.raises(Denied):
        do(actions.remove_from_group, owner, groups["shown"], account(anna))
    do(actions.set_owner, manager, groups["shown"], account(anna), is_owner=False)
    assert (anew(anna).owned_group_ids, groups["shown"] in anew(anna).group_ids) == (frozenset(), True)
    assert acts()[-2:] == ["group.owner", "group.owner"]
    with pytest.raises(Conflict) as refused:
        do(actions.set_owner, manager, groups["shown"], account(manager), is_owner=True)
    assert refused.value.code == "group-not-member"


def test_an_owner_who_leaves_owns_nothing_when_they_come_back(groups: dict[str, int]) -> None:
    owner = make_owner(groups["open"], a_member("owner"))
    do(actions.leave_group, owner, groups["open"])
    do(actions.join_group, owner, groups["open"])
    assert anew(owner).owned_group_ids == frozenset()


def test_a_banned_owner_decides_nothing(groups: dict[str, int]) -> None:
    owner = make_owner(groups["shown"], a_member("owner", is_banned=True))
    with pytest.raises(Denied) as refused:
        do(actions.add_to_group, owner, groups["shown"], account(a_member("anna")))
    assert refused.value.code == "banned"


def test_a_group_that_others_could_join_is_one_that_they_see(groups: dict[str, int]) -> None:
    manager = a_member("boss", roles=("manager",))
    for way_in in ("open", "request"):
        with pytest.raises(Invalid) as refused:
            do(actions.change_group, manager, groups["closed"], GroupDraft("Closed", way_in, "members"))
        assert (refused.value.code, refused.value.field) == ("group-unseen", "audience")
    for draft in (GroupDraft("Closed", "tunnel"), GroupDraft("Closed", "staff", "robots")):
        with pytest.raises(Invalid):
            do(actions.change_group, manager, groups["closed"], draft)
    with pytest.raises(Invalid):
        do(actions.change_group, manager, groups["closed"], GroupDraft("Open"))
    with pytest.raises(Denied):
        do(actions.change_group, make_owner(groups["closed"], a_member("owner")), groups["closed"], GroupDraft("Mine"))


def test_a_change_is_in_the_log_with_before_and_after_and_an_equal_one_is_none(groups: dict[str, int]) -> None:
    manager = a_member("boss", roles=("manager",))
    do(actions.change_group, manager, groups["closed"], GroupDraft(" Closed  club ", description="For us.\r\n"))
    do(actions.change_group, manager, groups["closed"], GroupDraft("Closed club", description="For us."))
    entry = db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id.desc())).first()
    assert entry is not None
    assert entry.act == "group.change"
    assert (entry.before or {})["name"] == "Closed"
    assert (entry.after or {})["description"] == "For us."
    assert acts().count("group.change") == 4  # three of them by the fixture


def test_the_list_of_members_pages_without_gaps_and_hides_whom_the_directory_hides(groups: dict[str, int]) -> None:
    names = {f"rider{number}" for number in range(60)}
    for name in names:
        a_member(name, groups=(groups["shown"],))
    a_member("ghost", is_confirmed=False, groups=(groups["shown"],))
    a_member("banned", is_banned=True, groups=(groups["shown"],))

    def everybody(viewer: Actor) -> list[str]:
        group = queries.get_group(viewer, groups["shown"])
        page = queries.group_members(viewer, group)
        found = [row.face.username for row in page.rows]
        while page.older:
            page = queries.group_members(viewer, group, page.older)
            found += [row.face.username for row in page.rows]
        return found

    assert sorted(everybody(a_member("anna"))) == sorted(names)
    assert sorted(everybody(a_member("boss", roles=("manager",)))) == sorted({*names, "ghost", "banned"})


def test_a_profile_names_the_groups_that_its_reader_may_see(groups: dict[str, int]) -> None:
    anna = a_member("anna", groups=(groups["closed"], groups["shown"]))
    seen = {
        reader.username: [group.name for group in queries.known_groups(reader, anna.member_id)]
        for reader in (anna, a_member("ben"), a_member("fellow", groups=(groups["closed"],)))
    }
    assert seen == {"anna": ["Closed", "Shown"], "ben": ["Shown"], "fellow": ["Closed", "Shown"]}


def test_managers_leave_the_groups_of_administrators_to_administrators(groups: dict[str, int]) -> None:
    chief, boss = a_member("chief", roles=("admin",)), actor_with_all_rights()
    anna = make_owner(groups["shown"], a_member("anna"))
    for attempt in (
        lambda: do(actions.add_to_group, boss, groups["shown"], account(chief)),
        lambda: do(actions.set_owner, boss, groups["shown"], account(chief), is_owner=True),
    ):
        with pytest.raises(Denied, match="higher-role"):
            attempt()
    with pytest.raises(Denied, match="higher-role"), transaction(boss) as manager:
        actions.set_groups(manager, account(chief), [groups["shown"]])
    effects, _group = queries.effects(boss, "add", [chief.member_id, anna.member_id], groups["closed"])
    assert [(one.account.username, one.decision.code) for one in effects] == [("anna", ""), ("chief", "higher-role")]
    do(actions.add_to_group, anna, groups["shown"], account(chief))
    with pytest.raises(Denied, match="higher-role"):
        do(actions.remove_from_group, boss, groups["shown"], account(chief))
    other = a_member("other", roles=("admin",))
    do(actions.remove_from_group, other, groups["shown"], account(chief))
    assert "chief" not in belong(groups["shown"])


def test_the_file_of_an_administrator_shows_managers_no_form_for_groups(app: Flask, groups: dict[str, int]) -> None:
    chief = a_member("chief", roles=("admin",), groups=(groups["closed"],))
    page = read(Visitor(app, actor_with_all_rights()).get(f"/admin/members/{chief.id}"))
    assert page.select_one("#groups-form") is None
    assert "Closed" in page.text
    chief_page = read(Visitor(app, a_member("other", roles=("admin",))).get(f"/admin/members/{chief.id}"))
    assert chief_page.select_one("#groups-form") is not None
