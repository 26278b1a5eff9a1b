"""What the team is told of, and gets by the worker, who relies on the provider's second step."""

import pytest
from flask import Flask

from forum.community.actions import set_up as set_community
from forum.core.actor import SYSTEM, Actor
from forum.core.database import transaction
from forum.members import actions as members
from forum.members import queries
from forum.notifications.queries import readers
from forum.threads import actions as threads
from forum.threads.actions import CategoryDraft
from forum.threads.queries import PostRow, get_post
from tests.factories import provider as providers
from tests.factories import threads as make
from tests.factories.accounts import a_group, a_member, browser, sign_in_by_form
from tests.factories.provider import StubProvider, go, link


@pytest.fixture
def boss(app: Flask, stub: StubProvider) -> Actor:
    """A moderator without an app, whose role asks for two steps and whose provider asks for the second."""
    member = a_member("boss", roles=("moderator",))
    with transaction():
        set_community(two_factor_roles=["moderator"])
    link(member, providers.set_up(stub, second_step="mfa"))
    return member


@pytest.fixture
def post(boss: Actor) -> PostRow:
    """In a category that moderators read by their role alone."""
    partners = a_group("Partners")
    only = frozenset((verb, partners) for verb in ("see", "start", "reply"))
    with transaction(SYSTEM) as system:
        category = threads.create_category(system, CategoryDraft({"en": "Prices"}, grants=only))
    posted = make.thread(a_member("petra", groups=(partners,)), category, "Prices of next year")
    return get_post(SYSTEM, posted.post_id)


def told(boss: Actor, post: PostRow) -> bool:
    return bool(readers(post, [boss.member_id], None))


def test_who_came_by_the_provider_s_second_step_is_told_while_that_session_lasts(
    app: Flask, stub: StubProvider, boss: Actor, post: PostRow
) -> None:
    assert not told(boss, post), "signed in nowhere"
    stub.person["amr"] = ["pwd", "mfa"]
    client = browser(app)
    go(client, stub)
    assert told(boss, post)
    assert queries.absent_actor(boss.member_id).roles == {"moderator"}
    with transaction(boss) as actor:
        members.sign_out_everywhere(actor)
    assert not told(boss, post)


@pytest.mark.parametrize("said", [[], ["pwd"]])
def test_who_came_without_it_is_not(
    app: Flask, stub: StubProvider, boss: Actor, post: PostRow, said: list[str]
) -> None:
    stub.person["amr"] = said
    go(browser(app), stub)
    sign_in_by_form(browser(app), "boss")
    assert not told(boss, post)


def test_a_session_by_password_beside_it_opens_no_more_than_before(
    app: Flask, stub: StubProvider, boss: Actor, post: PostRow
) -> None:
    stub.person["amr"] = ["mfa"]
    go(browser(app), stub)
    other = browser(app)
    sign_in_by_form(other, "boss")
    assert other.get(f"/t/{post.thread.id}").status_code == 404
    assert queries.actor_of(boss.member_id).roles == frozenset(), "and so do personal tokens"
