"""A picture is seen by whoever may read a post that shows it."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete

from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.ideas import actions as idea_actions
from forum.media import queries as uploads
from forum.members import actions as member_actions
from forum.members import queries as member_queries
from forum.moderation import actions as moderation
from forum.moderation import queries as cases
from forum.threads import actions, checks, queries
from forum.threads.models import POST_PICTURES
from tests.factories import ideas
from tests.factories import threads as make
from tests.factories.members import a_member
from tests.factories.moderation import a_decision, a_report
from tests.factories.rules import a_rulebook
from tests.media.conftest import SignIn
from tests.media.samples import a_picture

Status = Callable[..., list[int]]


@pytest.fixture
def line(app: Flask, sign_in: SignIn) -> Callable[..., str]:
    """Uploads a picture for a member; the Markdown that shows it."""
    return lambda member, colour="teal": sign_in(member).send(a_picture(colour=colour)).json["markdown"]


@pytest.fixture
def seen(app: Flask) -> Status:
    """What each of these viewers gets for the picture in a text (None: a guest)."""

    def ask(text: str, *viewers: Actor | None) -> list[int]:
        [name] = uploads.names_in(text)
        clients = [make.sign_in(app.test_client(), one) if one else app.test_client() for one in viewers]
        return [client.get(uploads.address(name)).status_code for client in clients]

    return ask


def test_a_removed_post_takes_its_picture_along_until_the_decision_is_reversed(
    line: Callable[..., str], seen: Status
) -> None:
    a_rulebook()
    author, reader, moderator = a_member("rolf"), a_member("anna"), a_member("mia", roles=("moderator",))
    picture = line(author)
    thread = make.thread(reader, make.category())
    post = make.reply(author, thread.thread_id, f"Look at this.\n\n{picture}")
    everybody = (None, author, reader, moderator)
    assert seen(picture, *everybody) == [200, 200, 200, 200]
    case_id = a_report(reader, post.post_id)
    decision_id = a_decision(moderator, case_id)
    assert seen(picture, *everybody) == [404, 404, 404, 200]
    with transaction(moderator) as staff:
        moderation.reverse(staff, cases.get_case(staff, case_id, lock=True), decision_id, "It was harmless.")
    assert seen(picture, *everybody) == [200, 200, 200, 200]


def test_a_browser_that_asks_again_after_the_removal_is_not_told_to_keep_its_copy(
    app: Flask, line: Callable[..., str]
) -> None:
    author, moderator = make.member("rolf"), make.member("mia", "moderator")
    picture = line(author)
    post = make.reply(author, make.thread(moderator, make.category()).thread_id, picture)
    [name] = uploads.names_in(picture)
    guest = app.test_client()
    kept = {"If-None-Match": guest.get(uploads.address(name)).headers["ETag"]}
    assert guest.get(uploads.address(name), headers=kept).status_code == 304
    with transaction(moderator) as staff:
        actions.remove_post(staff, post.post_id)
    answer = guest.get(uploads.address(name), headers=kept)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


def test_a_removal_takes_a_picture_along_that_somebody_else_uploaded(line: Callable[..., str], seen: Status) -> None:
    author, moderator = make.member("rolf"), make.member("mia", "moderator")
    picture = line(make.member("anna"))
    post = make.reply(author, make.thread(moderator, make.category()).thread_id, picture)
    assert seen(picture, None) == [200]
    with transaction(moderator) as staff:
        actions.remove_post(staff, post.post_id)
    assert seen(picture, None) == [404]


def test_whoever_was_given_an_address_does_not_open_it_by_posting_it_and_taking_the_post_back(
    line: Callable[..., str], seen: Status
) -> None:
    author, curious = make.member("rolf"), make.member("carl")
    picture = line(author)
    thread = make.thread(make.member("anna"), make.category())
    make.on_post(actions.delete_post, author, make.reply(author, thread.thread_id, picture).post_id)
    make.on_post(actions.delete_post, curious, make.reply(curious, thread.thread_id, picture).post_id)
    assert seen(picture, curious, author) == [404, 200]


@pytest.mark.parametrize("written", ["/media/./{}", "/media/%3{}", "/media/../media/{}"])
def test_a_picture_is_shown_by_its_one_address_only(line: Callable[..., str], written: str) -> None:
    author = make.member("rolf")
    [name] = uploads.names_in(line(author))
    post = make.thread(author, make.category(), body=f"![x]({written.format(name)})")
    page = queries.get_post(author, post.post_id)
    assert "<img" not in page.html


def test_the_picture_of_a_merged_idea_is_seen_where_the_idea_stands_now(line: Callable[..., str], seen: Status) -> None:
    anna, team = make.member("anna"), make.member("paula", "product")
    picture, area = line(anna), ideas.area()
    one, two = ideas.idea(anna, area, body=picture), ideas.idea(team, area, title="Another lamp")
    with transaction(team) as merging:
        idea_actions.merge(merging, one.thread_id, two.thread_id)
    assert seen(picture, None, anna, team) == [200, 200, 200]


def test_the_picture_of_an_answer_is_seen_by_who_may_see_the_idea(line: Callable[..., str], seen: Status) -> None:
    team = make.member("paula", "product")
    idea = ideas.idea(make.member("anna"), ideas.area())
    picture = line(team)
    make.on_post(actions.delete_post, team, make.reply(team, idea.thread_id, picture).post_id)
    assert seen(picture, None) == [404]
    ideas.set_status(team, idea.thread_id, "planned", picture)
    assert seen(picture, None) == [200]


def test_what_its_author_takes_back_is_seen_by_them_and_the_moderators(line: Callable[..., str], seen: Status) -> None:
    author, reader, moderator = make.member("rolf"), make.member("anna"), make.member("mia", "moderator")
    picture = line(author)
    thread = make.thread(reader, make.category())
    post = make.reply(author, thread.thread_id, picture)
    make.on_post(actions.delete_post, author, post.post_id)
    assert seen(picture, None, reader, author, moderator) == [404, 404, 200, 200]


def test_a_picture_of_a_private_category_is_seen_by_those_who_may_see_the_category(
    line: Callable[..., str], seen: Status
) -> None:
    author, stranger = make.member("rolf"), make.member("anna")
    with transaction(make.member("ada", "admin")) as admin:
        group = member_actions.create_group(admin, "Partners")
        db.session.flush()
        group_id = group.id
        member_actions.set_groups(admin, member_queries.get_member(admin, author.member_id, lock=True), [group_id])
    author = make.again(author)
    hidden = make.category(grants=frozenset((verb, group_id) for verb in ("see", "start", "reply")))
    picture = line(author)
    make.thread(author, hidden, body=f"Between us.\n\n{picture}")
    assert seen(picture, None, stranger, author) == [404, 404, 200]


def test_a_picture_stays_while_any_post_with_it_can_be_read(line: Callable[..., str], seen: Status) -> None:
    author, other = make.member("rolf"), make.member("anna")
    picture = line(author)
    thread = make.thread(other, make.category())
    first, _second = (make.reply(one, thread.thread_id, f"Here.\n\n{picture}") for one in (author, other))
    make.on_post(actions.delete_post, author, first.post_id)
    assert seen(picture, None) == [200]


def test_a_picture_in_no_post_is_for_whoever_knows_its_name(line: Callable[..., str], seen: Status) -> None:
    assert seen(line(make.member("rolf")), None) == [200]


def test_nobody_hides_the_picture_of_another_by_showing_it_and_taking_it_back(
    line: Callable[..., str], seen: Status
) -> None:
    owner, other = make.member("rolf"), make.member("anna")
    picture = line(owner)
    post = make.reply(other, make.thread(owner, make.category()).thread_id, picture)
    make.on_post(actions.delete_post, other, post.post_id)
    assert seen(picture, None) == [200]


def test_a_face_stays_whatever_becomes_of_a_post_that_shows_it(sign_in: SignIn, seen: Status) -> None:
    author = make.member("rolf")
    sign_in(author).send(a_picture(), to="/settings/avatar", is_script=False)
    name = member_queries.faces([author.member_id])[author.member_id].avatar
    text = f"![me]({uploads.address(name)})"
    post = make.reply(author, make.thread(make.member("anna"), make.category()).thread_id, text)
    make.on_post(actions.delete_post, author, post.post_id)
    assert seen(text, None) == [200]


def test_what_an_edit_took_out_goes_with_the_post_all_the_same(line: Callable[..., str], seen: Status) -> None:
    author, moderator = make.member("rolf"), make.member("mia", "moderator")
    former, present = line(author, "red"), line(author, "blue")
    thread = make.thread(make.member("anna"), make.category())
    post = make.reply(author, thread.thread_id, former)
    make.on_post(actions.edit_post, author, post.post_id, actions.write(author, present), 1)
    assert [seen(one, None) for one in (former, present)] == [[200], [200]]
    with transaction(moderator) as staff:
        actions.remove_post(staff, post.post_id)
    assert [seen(one, None) for one in (former, present)] == [[404], [404]]


def test_the_check_names_pictures_that_are_not_known_to_stand_in_their_posts(line: Callable[..., str]) -> None:
    author = make.member("rolf")
    former, present = line(author, "red"), line(author, "blue")
    post = make.thread(author, make.category(), body=former)
    make.on_post(actions.edit_post, author, post.post_id, actions.write(author, present), 1)
    assert list(checks.compare(False)) == []
    with transaction(SYSTEM):
        db.session.execute(delete(POST_PICTURES))
    missing = {("post.picture", post.post_id, name) for text in (former, present) for name in uploads.names_in(text)}
    assert {(one.what, one.id, one.expected) for one in checks.compare(True)} == missing
    assert len(missing) == 2
    assert list(checks.compare(False)) == []
