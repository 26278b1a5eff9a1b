"""A post that became an idea leads to it, for those who may read it, and as it is now."""

import pytest
from flask import Flask
from sqlalchemy import update

from forum.community.models import COMMUNITY
from forum.core.actor import MEMBERS, Actor
from forum.core.database import db, transaction
from forum.ideas import actions
from forum.threads import actions as threads
from forum.threads import queries as thread_queries
from tests.factories import ideas
from tests.factories import threads as make
from tests.factories.members import a_member
from tests.factories.visitor import Visitor, read
from tests.factories.world import deliver

MEMBERS_ONLY = frozenset({("see", MEMBERS), ("start", MEMBERS), ("reply", MEMBERS)})


@pytest.fixture(autouse=True)
def _english(app: Flask) -> None:
    with transaction():
        db.session.execute(update(COMMUNITY).values(default_language="en"))


def made_idea(app: Flask, post_id: int, area: str) -> int:
    """The idea that the product team makes of a post, through the form; returns its number."""
    team = Visitor(app, a_member(f"team{post_id}", roles=("product",)))
    answer = team.post(f"/p/{post_id}/idea", title="A lamp & more", area=area)
    assert answer.status_code == 303
    return int(answer.headers["Location"].split("/")[2])


def led_to(app: Flask, address: str, member: Actor | None = None, language: str = "en") -> list[tuple[str, str]]:
    """What the posts of a page say that they became, and where it leads."""
    page = read(Visitor(app, member, language).get(address))
    return [(" ".join(one.get_text().split()), str(one.find("a")["href"])) for one in page.select(".post-became")]  # type: ignore[index]


def test_a_post_leads_to_the_idea_that_it_became(app: Flask) -> None:
    anna, karl = a_member("anna"), a_member("karl", language="de")
    talk = make.thread(anna, make.category(), "Lamps", "Mine is too bright.")
    post = make.reply(karl, talk.thread_id, "I wish mine dimmed.")
    ideas.area(name="Lights")
    assert led_to(app, talk.address) == led_to(app, talk.address, anna) == []
    idea = made_idea(app, post.post_id, "lights")
    place = ideas.now(idea).address
    for member in (None, anna):
        assert led_to(app, talk.address, member) == [("This became the idea A lamp & more", place)]
    assert led_to(app, talk.address, karl) == [("Daraus wurde die Idee A lamp & more", place)]
    assert led_to(app, talk.address, language="de") == [("Daraus wurde die Idee A lamp & more", place)]
    team = a_member("helen", roles=("product",))
    offered = Visitor(app, team).get(talk.address).get_data(as_text=True)
    assert f"/p/{post.post_id}/idea" not in offered
    assert f"/p/{talk.post_id}/idea" in offered


def test_who_may_not_read_the_idea_sees_nothing_of_it(app: Flask) -> None:
    anna = a_member("anna")
    talk = make.thread(anna, make.category(), "Lamps", "I wish mine dimmed.")
    ideas.area(make.category("Inner", MEMBERS_ONLY), "Lights")
    made_idea(app, talk.post_id, "lights")
    assert led_to(app, talk.address) == []
    assert "A lamp" not in Visitor(app).get(talk.address).get_data(as_text=True)
    assert len(led_to(app, talk.address, anna)) == 1


def test_guests_are_led_to_the_idea_as_it_is_now(app: Flask) -> None:
    anna = a_member("anna")
    mona = a_member("mona", roles=("moderator",))
    talk = make.thread(anna, make.category(), "Lamps", "I wish mine dimmed.")
    area = ideas.area(name="Lights")
    idea = made_idea(app, talk.post_id, "lights")
    assert len(led_to(app, talk.address)) == 1
    make.on_thread(threads.rename, mona, idea, "Lamps that dim", "lamps-that-dim")
    deliver()
    assert led_to(app, talk.address) == [("This became the idea Lamps that dim", f"/ideas/{idea}/lamps-that-dim")]

    other = ideas.idea(a_member("ben"), area, "Dimmed light")
    with transaction(a_member("helen", roles=("product",))) as team:
        actions.merge(team, idea, other.thread_id)
    deliver()
    assert led_to(app, talk.address) == [("This became the idea Dimmed light", other.address)]
    with transaction(team) as again:
        actions.unmerge(again, idea)
    deliver()
    assert led_to(app, talk.address) == [("This became the idea Lamps that dim", f"/ideas/{idea}/lamps-that-dim")]

    inner = make.category("Inner", MEMBERS_ONLY)
    with transaction(mona) as who:
        threads.move(who, thread_queries.get_thread(who, idea, lock=True), thread_queries.get_category(who, inner))
    deliver()
    assert led_to(app, talk.address) == []
    assert len(led_to(app, talk.address, anna)) == 1
    first = thread_queries.get_post_by_number(mona, idea, 1)
    with transaction(mona) as who:
        threads.remove_post(who, first.id)
    deliver()
    assert led_to(app, talk.address, anna) == []


def test_a_comment_leads_to_the_idea_that_it_became(app: Flask) -> None:
    anna = a_member("anna")
    ideas.area(name="Lights")
    wanted = ideas.idea(anna)
    comment = make.reply(anna, wanted.thread_id, "And a smaller battery.")
    idea = made_idea(app, comment.post_id, "lights")
    for member in (None, anna):
        assert led_to(app, wanted.address, member) == [("This became the idea A lamp & more", ideas.now(idea).address)]
    with transaction(a_member("pia", roles=("product",))) as team:
        actions.merge(team, idea, wanted.thread_id)
    deliver()
    assert led_to(app, wanted.address, anna) == []  # it stands on the page to which it would lead
