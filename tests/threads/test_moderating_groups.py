"""Groups that may moderate a category: what their members may there, what nobody may elsewhere, and to whom it is given."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from forum.access import may
from forum.core import clock
from forum.core.actor import EVERYONE, MEMBERS, Actor
from forum.core.audit import AuditEntry
from forum.core.database import db, transaction
from forum.core.errors import Denied, Gone, Invalid, NotFound
from forum.members import actions as members
from forum.members.actions import GroupDraft
from forum.members.queries import get_group, get_member
from forum.threads import actions, queries
from forum.threads.models import GRANTS
from tests.factories import threads as make
from tests.factories.members import a_field, a_group, a_member
from tests.factories.moderation import a_keeper
from tests.factories.rules import a_rulebook

pytestmark = pytest.mark.usefixtures("app")


CHOICES = {"en": "Yes\nNo", "de": "Ja\nNein"}


def _leads_in(group_id: int, way_in: str = "staff", *choices: tuple[int, str]) -> None:
    with transaction() as system:
        group = get_group(system, group_id)
        members.change_group(system, group, GroupDraft(group.name, way_in, "everybody", choices=choices))
        actions.check_way_in(group_id)


def moderated() -> set[tuple[int, int]]:
    rows = db.session.execute(select(GRANTS.c.category_id, GRANTS.c.group_id).where(GRANTS.c.verb == "moderate"))
    return {(row.category_id, row.group_id) for row in rows}


# ---------------------------------------------------------------- to whom it is given


@pytest.mark.parametrize("group", [EVERYONE, MEMBERS])
def test_groups_that_hold_everybody_can_not_moderate(group: int) -> None:
    topic = make.category()
    with pytest.raises(Invalid, match="moderating-everybody") as refused, transaction() as system:
        actions.set_grants(system, topic, make.OPEN | {("moderate", group)})
    assert refused.value.field == "moderate"
    assert moderated() == set()


def test_a_group_that_everybody_may_join_can_not_moderate_and_one_that_does_can_not_be_opened() -> None:
    topic, riders, helpers = make.category(), a_group("Riders", "open"), a_group("Helpers")
    with pytest.raises(Invalid, match="moderating-open-group") as refused, transaction() as system:
        actions.set_grants(system, topic, make.OPEN | {("moderate", riders)})
    assert refused.value.parameters["name"] == "Riders"
    with transaction() as system:
        actions.set_grants(system, topic, make.OPEN | {("moderate", helpers)})
        actions.check_way_in(riders)
        actions.check_way_in(helpers)
    assert moderated() == {(topic, helpers)}
    with pytest.raises(Invalid, match="group-moderates") as refused:
        _leads_in(helpers, "open")
    assert refused.value.field == "way_in"


def test_who_is_let_in_by_what_they_say_of_themselves_can_not_moderate_but_by_what_the_team_says() -> None:
    own, ours = (
        a_field("Bike", "choice", options=CHOICES),
        a_field("Customer", "choice", options=CHOICES, is_by_team=True),
    )
    topic, riders, helpers = make.category(), a_group("Riders"), a_group("Helpers")
    _leads_in(riders, "staff", (own, "1"))
    _leads_in(helpers, "staff", (ours, "1"))
    with transaction() as system:
        actions.set_grants(system, topic, make.OPEN | {("moderate", helpers)})
        actions.check_way_in(helpers)
    with pytest.raises(Invalid, match="moderating-open-group"), transaction() as system:
        actions.set_grants(system, topic, make.OPEN | {("moderate", riders)})
    with pytest.raises(Invalid, match="group-moderates") as refused:
        _leads_in(helpers, "staff", (own, "1"))
    assert refused.value.field == "choices"
    assert moderated() == {(topic, helpers)}


def test_who_gave_it_is_on_record_also_of_a_new_category() -> None:
    helpers = a_group("Helpers")
    topic = make.category(grants=frozenset({("moderate", helpers)}))
    created = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "category.create")).one()
    assert created.after is not None
    assert created.after["grants"] == [["moderate", helpers]]
    assert [row.id for row in queries.categories_moderated_by(make.member("ada", "admin"), helpers)] == [topic]
    with pytest.raises(Denied):
        queries.categories_moderated_by(make.member("mona", "moderator"), helpers)


# ---------------------------------------------------------------- what they may


def test_it_includes_seeing_starting_and_replying() -> None:
    inner = make.category(grants=frozenset())
    kim, ben = a_keeper("kim", inner), make.member("ben")
    posted = make.thread(kim, inner)
    make.reply(kim, posted.thread_id)
    assert [row.id for row in queries.categories_to_start_in(kim)] == [inner]
    with pytest.raises(NotFound):
        queries.get_thread(ben, posted.thread_id)
    assert queries.categories(ben) == ()
    outer = queries.get_category(kim, make.category())
    assert actions.opens(queries.get_category(kim, inner), outer)
    assert not actions.opens(outer, queries.get_category(kim, inner))


def steered(member: Actor, thread_id: int) -> None:
    """Everything that moderators do to a thread of others and to the posts in it."""
    for verb in (actions.close, actions.reopen, actions.pin, actions.unpin):
        make.on_thread(verb, member, thread_id)
    make.on_thread(actions.rename, member, thread_id, "A clearer title", "a-clearer-title")
    make.on_thread(actions.tag, member, thread_id, ("range",))
    posts = queries.thread_page(member, thread_id).posts
    make.on_post(actions.edit_post, member, posts[1].id, actions.write(member, "Without the address."), 1)
    make.on_post(actions.mark_solution, member, posts[1].id)


def test_they_steer_threads_of_others_there_and_nowhere_else_and_it_is_on_record() -> None:
    here, elsewhere = make.category(), make.category()
    kim, ben = a_keeper("kim", here), make.member("ben")
    theirs, other = (make.thread(ben, topic, kind="question").thread_id for topic in (here, elsewhere))
    for one in (theirs, other):
        make.reply(ben, one)
    steered(kim, theirs)
    acts = set(db.session.scalars(select(AuditEntry.act).where(AuditEntry.actor_id == kim.id)))
    assert acts >= {"thread.close", "thread.pin", "thread.rename", "thread.tag", "post.edit", "thread.solve"}
    for verb in (actions.close, actions.pin):
        with pytest.raises(Denied):
            make.on_thread(verb, kim, other)
    answer = queries.thread_page(kim, other).posts[1].id
    with pytest.raises(Denied):
        make.on_post(actions.edit_post, kim, answer, actions.write(kim, "Mine."), 1)
    with pytest.raises(Denied), transaction(kim) as actor:
        actions.set_grants(actor, here, make.OPEN)


def test_they_move_threads_between_categories_that_they_both_moderate() -> None:
    one, two, other = make.category(), make.category(), make.category()
    kim, ben = a_keeper("kim", one, two), make.member("ben")
    posted, foreign = make.thread(ben, one), make.thread(ben, other)
    offered = queries.categories_to_move_to(kim, queries.get_thread(kim, posted.thread_id))
    assert [row.id for row in offered] == [one, two]

    def move(thread_id: int, to: int) -> None:
        make.on_thread(actions.move, kim, thread_id, queries.get_category(kim, to))

    move(posted.thread_id, two)
    assert queries.get_thread(ben, posted.thread_id).category_id == two
    for thread_id, to in ((posted.thread_id, other), (foreign.thread_id, one)):
        with pytest.raises(Denied):
            move(thread_id, to)
    mona = make.member("mona", "moderator")
    make.on_thread(actions.move, mona, foreign.thread_id, queries.get_category(mona, one))


def test_they_read_what_was_removed_there() -> None:
    here, elsewhere = make.category(), make.category()
    kim, ben, mona = a_keeper("kim", here), make.member("ben"), make.member("mona", "moderator")
    for topic, reads in ((here, True), (elsewhere, False)):
        posted = make.thread(ben, topic)
        answer = make.reply(ben, posted.thread_id, "An address.")
        with transaction(mona) as staff:
            actions.remove_post(staff, answer.post_id)
        assert ("An address." in queries.thread_page(kim, posted.thread_id).posts[1].html) is reads
        if reads:
            assert queries.get_post(kim, answer.post_id).body == "An address."
        else:
            with pytest.raises(Gone):
                queries.get_post(kim, answer.post_id)


@pytest.mark.parametrize("state", [{"silenced_days": 3}, {"is_banned": True}, {"accepted": 0}, {"is_confirmed": False}])
def test_it_rests_while_they_may_not_publish(state: dict[str, Any]) -> None:
    a_rulebook(is_material=True)
    here = make.category()
    kim = a_keeper("kim", here, **state)
    thread = queries.get_thread(kim, make.thread(a_member("ben"), here).thread_id)
    assert not any(may(kim, f"thread.{verb}", thread) for verb in ("close", "pin", "move", "edit"))


def test_it_ends_when_they_leave_the_group() -> None:
    here = make.category()
    kim = a_keeper("kim", here)
    thread_id = make.thread(make.member("ben"), here).thread_id
    make.on_thread(actions.close, kim, thread_id)
    with transaction() as system:
        members.set_groups(system, get_member(system, kim.member_id), ())
    with pytest.raises(Denied):
        make.on_thread(actions.reopen, kim, thread_id)


def test_a_silence_that_is_over_gives_it_back() -> None:
    here = make.category()
    kim = a_keeper("kim", here)
    posted = make.thread(make.member("ben"), here)
    with transaction() as system:
        members.silence(system, kim.member_id, clock.now() - timedelta(minutes=1))
    kim = make.again(kim)
    assert may(kim, "thread.close", queries.get_thread(kim, posted.thread_id))
