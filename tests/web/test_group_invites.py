"""Asking a member into a group: who may, what the member is told, and that nobody gets in who didn't want to."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from forum.core import clock
from forum.core.actor import SYSTEM, Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.worker import drain
from forum.members import actions
from forum.members.actions import InvitationDraft, inviting
from forum.members.jobs import forget_invites
from forum.members.models import GROUP_INVITES, MEMBERS
from forum.members.policy import INVITES_LAST
from forum.members.queries import actor_of, get_group, get_member, invitation_state
from forum.members.queries import inviting as inviting_queries
from forum.threads.actions import set_grants
from tests.factories import threads as make
from tests.factories.mail import kept, part
from tests.factories.members import a_group, a_member, make_owner
from tests.factories.ties import block
from tests.factories.visitor import Visitor, read, words


@pytest.fixture
def kontor(app: Flask) -> int:
    """A group that only its members know of."""
    return a_group("Kontor", description="Prices and contracts.")


@pytest.fixture
def owner(app: Flask, kontor: int) -> Visitor:
    return Visitor(app, make_owner(kontor, a_member("owner", display_name="Olga Owner")))


@pytest.fixture
def anna(app: Flask) -> Actor:
    return a_member("anna", display_name="Anna Abel")


def invite(owner: Visitor, group_id: int, username: str = "anna") -> int:
    return owner.post(f"/groups/{group_id}/invite", username=username).status_code


def belongs(member: Actor, group_id: int) -> bool:
    db.session.rollback()
    return group_id in actor_of(member.member_id).group_ids


def unread(member: Actor) -> int:
    db.session.rollback()
    return db.session.scalars(select(MEMBERS.c.unread_count).where(MEMBERS.c.id == member.id)).one()


def buttons(visitor: Visitor, address: str) -> list[str]:
    answer = visitor.get(address)
    assert answer.status_code == 200
    return [" ".join(button.get_text().split()) for button in read(answer).select("main form button")]


def acts() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))


def test_who_is_invited_is_told_and_comes_in_by_accepting(app: Flask, kontor: int, owner: Visitor, anna: Actor) -> None:
    invited, address = Visitor(app, anna), f"/groups/invitations/{kontor}"
    assert invited.get(address).status_code == 404
    assert invite(owner, kontor) == 303
    assert acts()[-1] == "group.invite"
    assert not belongs(anna, kontor)
    drain(app.extensions["settings"])
    told = read(invited.get("/notifications")).select_one("main a[href^='/notifications/']")
    assert told is not None
    assert told.get_text(strip=True) == "Olga Owner invites you to the group “Kontor”"
    assert invited.get(str(told["href"])).headers["Location"].endswith(address)
    said = words(invited.get(address))
    assert "Prices and contracts." in said
    assert "Olga Owner invites you." in said
    assert buttons(invited, address) == ["Join the group", "Decline"]
    assert invited.get(f"/groups/{kontor}/kontor").status_code == 404
    assert invited.post(f"{address}/accept").headers["Location"] == f"/groups/{kontor}/kontor"
    assert belongs(anna, kontor)
    assert invited.get(address).headers["Location"] == f"/groups/{kontor}/kontor"
    drain(app.extensions["settings"])
    assert "Anna Abel has accepted your invitation to the group “Kontor”" in words(owner.get("/notifications"))


def test_who_declines_stays_outside_and_finds_no_trace_of_it(
    app: Flask, kontor: int, owner: Visitor, anna: Actor
) -> None:
    invited, address = Visitor(app, anna), f"/groups/invitations/{kontor}"
    invite(owner, kontor)
    drain(app.extensions["settings"])
    assert unread(anna) == 1
    assert invited.post(f"{address}/decline").headers["Location"] == "/groups"
    drain(app.extensions["settings"])
    assert not belongs(anna, kontor)
    assert unread(anna) == 0
    assert "Kontor" not in words(invited.get("/notifications"))
    for answer in (invited.get(address), invited.post(f"{address}/accept"), invited.post(f"{address}/decline")):
        assert answer.status_code == 404
    assert "Anna Abel has declined your invitation to the group “Kontor”" in words(owner.get("/notifications"))


def test_an_owner_sees_who_is_invited_and_takes_it_back(app: Flask, kontor: int, owner: Visitor, anna: Actor) -> None:
    invite(owner, kontor)
    place = f"/groups/{kontor}/kontor"
    assert "Invited, not answered yet" in words(owner.get(place))
    form = read(owner.get(place)).select_one("form[action$='/withdraw']")
    assert form is not None
    drain(app.extensions["settings"])
    assert owner.post(str(form["action"])).status_code == 303
    drain(app.extensions["settings"])
    assert "Invited, not answered yet" not in words(owner.get(place))
    assert unread(anna) == 0
    assert Visitor(app, anna).get(f"/groups/invitations/{kontor}").status_code == 404
    assert acts()[-1] == "group.uninvite"


def test_twice_is_once_and_who_belongs_is_not_invited(app: Flask, kontor: int, owner: Visitor, anna: Actor) -> None:
    assert [invite(owner, kontor), invite(owner, kontor)] == [303, 303]
    assert db.session.scalar(select(func.count()).select_from(GROUP_INVITES)) == 1
    assert acts().count("group.invite") == 1
    for name in ("owner", "nobody"):
        answer = owner.post(f"/groups/{kontor}/invite", username=name)
        assert answer.status_code == 400
        field = read(answer).select_one("#add-member .field-error")
        assert field is not None


def test_who_asked_before_is_in_at_once(app: Flask, anna: Actor) -> None:
    riders = a_group("Riders", "request")
    owner = Visitor(app, make_owner(riders, a_member("owner")))
    Visitor(app, anna).post(f"/groups/{riders}/ask", words="Please.")
    assert invite(owner, riders) == 303
    assert belongs(anna, riders)
    assert db.session.scalar(select(func.count()).select_from(GROUP_INVITES)) == 0


def test_who_gets_in_another_way_is_invited_no_longer(app: Flask, anna: Actor) -> None:
    riders = a_group("Riders", "open")
    owner, invited = Visitor(app, make_owner(riders, a_member("owner"))), Visitor(app, anna)
    invite(owner, riders)
    assert buttons(invited, f"/groups/{riders}/riders") == ["Join the group", "Decline"]
    invited.post(f"/groups/{riders}/join")
    assert db.session.scalar(select(func.count()).select_from(GROUP_INVITES)) == 0
    assert buttons(invited, f"/groups/{riders}/riders") == ["Leave the group"]


@pytest.mark.parametrize("who", ["member", "moderator"])
def test_only_owners_and_who_manages_groups_invite(app: Flask, who: str) -> None:
    riders = a_group("Riders", audience="everybody")
    other = Visitor(app, a_member("other", roles=("moderator",) if who == "moderator" else (), groups=(riders,)))
    assert invite(other, riders, "other") == 403
    assert other.post(f"/groups/{riders}/invites/1/withdraw").status_code == 403
    assert "Invite or add a member" not in words(other.get(f"/groups/{riders}/riders"))
    assert invite(Visitor(app, a_member("manager", roles=("manager",))), riders, "other") == 400


def test_who_may_not_take_part_now_declines_or_waits(app: Flask, kontor: int, owner: Visitor) -> None:
    silenced = a_member("anna", silenced_days=3)
    invite(owner, kontor)
    visitor, address = Visitor(app, silenced), f"/groups/invitations/{kontor}"
    assert buttons(visitor, address) == ["Decline"]
    assert visitor.post(f"{address}/accept").status_code == 403
    assert not belongs(silenced, kontor)
    assert db.session.scalar(select(func.count()).select_from(GROUP_INVITES)) == 1


def test_who_has_blocked_the_one_who_asks_hears_nothing(app: Flask, kontor: int, owner: Visitor, anna: Actor) -> None:
    assert owner.actor is not None
    block(anna, owner.actor)
    invite(owner, kontor)
    drain(app.extensions["settings"])
    assert unread(anna) == 0


def test_the_mail_leads_to_the_invitation(app: Flask, kontor: int, owner: Visitor, anna: Actor) -> None:
    invite(owner, kontor)
    drain(app.extensions["settings"])
    (mail,) = [one for one in kept(app) if "anna@example.org" in str(one["To"])]
    said = " ".join(part(mail, "plain").split())
    assert f"/groups/invitations/{kontor}" in said or "/notifications/" in said
    assert "because somebody invited you to this group" in said


def test_invitations_are_counted_per_day(app: Flask, kontor: int, owner: Visitor) -> None:
    app.config.update(RATE_LIMITS=True)
    answers = [invite(owner, kontor, "nobody") for _number in range(31)]
    assert answers[-2:] == [400, 429]


def test_the_page_says_how_one_gets_in(app: Flask, anna: Actor) -> None:
    riders = a_group("Riders", audience="everybody")
    visitor, place = Visitor(app, anna), f"/groups/{riders}/riders"
    said = words(visitor.get(place))
    assert "By invitation" in said
    assert "One gets into this group by invitation: the team invites members." in said
    make_owner(riders, a_member("owner"))
    assert "those who look after it invite members" in words(visitor.get(place))


def _no_owner(owner: Actor, group_id: int) -> None:
    with transaction(SYSTEM) as system:
        group, member = get_group(system, group_id), get_member(system, owner.member_id)
        actions.set_owner(system, group, member, is_owner=False)


def _taken_out(owner: Actor, group_id: int) -> None:
    with transaction(SYSTEM) as system:
        actions.remove_from_group(system, get_group(system, group_id), get_member(system, owner.member_id))


def _banned(owner: Actor, _group_id: int) -> None:
    with transaction(SYSTEM):
        actions.ban(SYSTEM, owner.member_id)


def _account_gone(_owner: Actor, _group_id: int) -> None:
    with transaction(SYSTEM):
        db.session.execute(update(GROUP_INVITES).values(invited_by_id=None))


def _month_over(_owner: Actor, _group_id: int) -> None:
    with transaction(SYSTEM):
        db.session.execute(update(GROUP_INVITES).values(invited_at=clock.now() - INVITES_LAST))


@pytest.mark.parametrize("ended", [_no_owner, _taken_out, _banned, _account_gone, _month_over])
def test_an_invitation_ends_with_the_right_of_who_asked_and_after_a_month(
    app: Flask, kontor: int, owner: Visitor, anna: Actor, ended: Callable[[Actor, int], None]
) -> None:
    invite(owner, kontor)
    drain(app.extensions["settings"])
    assert unread(anna) == 1
    assert owner.actor is not None
    ended(owner.actor, kontor)
    invited, address = Visitor(app, anna), f"/groups/invitations/{kontor}"
    for answer in (invited.get(address), invited.post(f"{address}/accept")):
        assert answer.status_code == 410
        assert "This invitation into a group no longer holds." in words(answer)
    assert not belongs(anna, kontor)
    manager = Visitor(app, a_member("manager", roles=("manager",)))
    assert "Invited, not answered yet" not in words(manager.get(f"/groups/{kontor}/kontor"))
    forget_invites()
    drain(app.extensions["settings"])
    assert unread(anna) == 0
    assert invited.get(address).status_code == 404


def test_who_was_asked_in_vain_is_asked_again(app: Flask, kontor: int, owner: Visitor, anna: Actor) -> None:
    invite(owner, kontor)
    assert owner.actor is not None
    _no_owner(owner.actor, kontor)
    assert invite(Visitor(app, a_member("manager", roles=("manager",))), kontor) == 303
    assert Visitor(app, anna).post(f"/groups/invitations/{kontor}/accept").status_code == 303
    assert belongs(anna, kontor)


def test_an_invitation_that_holds_stays(app: Flask, kontor: int, owner: Visitor, anna: Actor) -> None:
    invite(owner, kontor)
    forget_invites()
    assert Visitor(app, anna).get(f"/groups/invitations/{kontor}").status_code == 200


@pytest.mark.parametrize("verb", ["see", "moderate"])
def test_who_was_asked_in_before_does_not_get_to_moderate(
    app: Flask, kontor: int, owner: Visitor, anna: Actor, verb: str
) -> None:
    invite(owner, kontor)
    drain(app.extensions["settings"])
    category = make.category("Market")
    with transaction(SYSTEM) as system:
        set_grants(system, category, make.OPEN | {(verb, kontor)})
    drain(app.extensions["settings"])
    is_open = verb == "see"
    assert Visitor(app, anna).get(f"/groups/invitations/{kontor}").status_code == (200 if is_open else 404)
    assert unread(anna) == int(is_open)
    assert ("group.uninvite" in acts()) is not is_open
    if not is_open:  # whoever is asked in knowing of it comes in, whatever is said of that category then
        invite(owner, kontor)
        with transaction(SYSTEM) as system:
            set_grants(system, category, make.OPEN | {(verb, kontor), ("reply", kontor)})
        assert Visitor(app, anna).get(f"/groups/invitations/{kontor}").status_code == 200


@pytest.mark.parametrize("verb", ["see", "moderate"])
def test_a_link_from_before_does_not_lead_to_moderating(app: Flask, kontor: int, anna: Actor, verb: str) -> None:
    other, category = a_group("Other"), make.category("Market")
    with transaction(SYSTEM) as system:
        token, elsewhere = (actions.invite(system, InvitationDraft(5, 30, into, "Fair")) for into in (kontor, other))
        set_grants(system, category, make.OPEN | {(verb, kontor)})
    is_open = verb == "see"
    assert invitation_state(token) == ("open" if is_open else "revoked")
    Visitor(app, anna).post(f"/invite/{token}/accept")
    assert belongs(anna, kontor) is is_open
    assert acts().count("invitation.revoke") == int(not is_open)
    assert invitation_state(elsewhere) == "open"


def test_all_who_are_invited_are_listed_and_no_more_than_fit(
    app: Flask, kontor: int, owner: Visitor, anna: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in (inviting, inviting_queries):
        monkeypatch.setattr(room, "MOST_INVITES", 2)
    a_member("ben", display_name="Ben Bold")
    a_member("cleo")
    assert [invite(owner, kontor, name) for name in ("anna", "ben")] == [303, 303]
    answer = owner.post(f"/groups/{kontor}/invite", username="cleo")
    assert answer.status_code == 400
    assert "At most 2 members can be invited into a group at a time." in words(answer)
    assert invite(owner, kontor, "ben") == 303
    _banned(anna, kontor)
    shown = words(owner.get(f"/groups/{kontor}/kontor"))
    assert "Anna Abel" in shown
    assert "Ben Bold" in shown
    assert owner.post(f"/groups/{kontor}/invites/{anna.id}/withdraw").status_code == 303
    assert invite(owner, kontor, "cleo") == 303
