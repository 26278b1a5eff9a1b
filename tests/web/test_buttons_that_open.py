"""What the administration offers to somebody, it also does: no button's press is answered with a refusal of the gate."""

import pytest
from flask import Flask

from forum.core.actor import Actor
from tests.factories.members import a_group, a_member, make_owner
from tests.factories.passkeys import a_passkey
from tests.factories.visitor import Visitor, read


def offered(visitor: Visitor, address: str) -> list[str]:
    """Where the forms of a page lead."""
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    return [str(form["action"]) for form in read(answer).select("main form[method=post]")]


@pytest.fixture
def people(app: Flask) -> dict[str, Actor]:
    """Somebody of each kind, each signed in somewhere and with a second step."""
    group = a_group("Partners")
    found = {
        "plain": a_member("plain", groups=(group,)),
        "fresh": a_member("fresh", is_confirmed=False, groups=(group,)),
        "mod": a_member("mod", roles=("moderator",), groups=(group,)),
        "manager": a_member("manager", roles=("manager",), groups=(group,)),
        "chief": a_member("chief", roles=("admin",), groups=(group,)),
        "boss": a_member("boss", roles=("admin",), groups=(group,)),
    }
    for member in found.values():
        Visitor(app, member)
        if member.is_confirmed:
            a_passkey(member)
    return found


@pytest.mark.parametrize("who", ["manager", "boss"])
@pytest.mark.parametrize("whose", ["plain", "fresh", "mod", "manager", "chief", "boss"])
def test_in_a_members_file(app: Flask, people: dict[str, Actor], who: str, whose: str) -> None:
    visitor = Visitor(app, people[who])
    place = f"/admin/members/{people[whose].id}"
    links = [str(one["href"]) for one in read(visitor.get(place)).select(f"main a[href^='{place}/']")]
    answers = {link: visitor.get(link).status_code for link in links}
    answers |= {address: visitor.post(address).status_code for address in offered(visitor, place)}
    assert [address for address, status in answers.items() if status in {403, 404, 409}] == []


@pytest.mark.parametrize("who", ["manager", "boss"])
@pytest.mark.parametrize("prefix", ["/admin/groups/", "/groups/"])
def test_on_the_pages_of_a_group(app: Flask, people: dict[str, Actor], who: str, prefix: str) -> None:
    [group] = (id for id in people["plain"].group_ids if id > 2)
    visitor = Visitor(app, people[who])
    place = f"/admin/groups/{group}" if prefix == "/admin/groups/" else visitor.get(f"/groups/{group}").location
    found = [address for address in offered(visitor, place) if "/remove/" in address or "/owners/" in address]
    assert found
    assert [address for address in found if visitor.post(address).status_code in {403, 404, 409}] == []


def test_owners_of_a_group_take_an_administrator_out_of_it(app: Flask, people: dict[str, Actor]) -> None:
    [group] = (id for id in people["plain"].group_ids if id > 2)
    owner = Visitor(app, make_owner(group, people["manager"]))
    address = f"/admin/groups/{group}/remove/{people['chief'].id}"
    assert address in offered(owner, f"/admin/groups/{group}")
    assert owner.post(address).status_code == 303
