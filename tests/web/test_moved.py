"""Where the addresses of what was merged lead, for readers and for those who send something."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.core.actor import Actor
from forum.core.database import transaction
from forum.ideas import actions
from forum.threads import queries
from tests.factories import ideas
from tests.factories import threads as make


@pytest.fixture
def team(app: Flask) -> Actor:
    return make.member("tina", "product")


@pytest.fixture
def pair(team: Actor) -> tuple[int, int]:
    """Two ideas, the first with a comment, merged into the second."""
    anna, area = make.member("anna"), ideas.area()
    source, target = (ideas.idea(anna, area, title).thread_id for title in ("Less light", "Dim the lamp"))
    make.reply(anna, source, "The comment")
    return source, target


def merge(team: Actor, pair: tuple[int, int]) -> None:
    with transaction(team) as who:
        actions.merge(who, *pair)


def unmerge(team: Actor, pair: tuple[int, int]) -> None:
    with transaction(team) as who:
        actions.unmerge(who, pair[0])


def address(idea_id: int) -> str:
    return ideas.now(idea_id).address


def follow(client: FlaskClient, place: str) -> tuple[str, str]:
    """Where an address leads in the end, without the page and the mark in it, and what stands there."""
    for _step in range(5):
        answer = client.get(place)
        if answer.status_code == 200:
            return place.partition("#")[0].partition("?")[0], answer.get_data(as_text=True)
        assert answer.status_code in {301, 302}
        place = answer.headers["Location"]
    raise AssertionError(place)


def test_readers_are_led_to_where_it_stands_now(client: FlaskClient, team: Actor, pair: tuple[int, int]) -> None:
    source, target = pair
    was = address(source)
    assert client.get(was).status_code == client.get(was).status_code == 200  # guests' pages are kept
    merge(team, pair)
    for place in (was, f"/ideas/{source}/other-words", f"/t/{source}"):
        assert follow(client, place)[0] == address(target)
    moved = client.get(was)
    assert (moved.status_code, moved.headers["Location"]) == (302, address(target))
    assert client.get(was, headers={"Accept": "application/json"}).status_code == 302
    place, page = follow(client, f"{was}/2")
    assert place == address(target)
    assert "The comment" in page
    assert client.get(f"{was}/2").headers["Location"] == f"{address(target)}/2"
    assert follow(client, f"/t/{source}/x/2")[0] == address(target)

    unmerge(team, pair)
    page = client.get(address(target)).get_data(as_text=True)
    assert 'id="p2"' in page
    assert f'href="{address(target)}/2"' in page
    for old in (f"{address(target)}/2", f"{was}/2"):
        place, page = follow(client, old)
        assert place == address(source)
        assert "The comment" in page


def test_what_is_sent_to_a_merged_idea_is_kept_and_led_on(
    client: FlaskClient, team: Actor, pair: tuple[int, int]
) -> None:
    source, target = pair
    ben = make.member("ben")
    make.sign_in(client, ben)
    token = make.token(client)
    merge(team, pair)
    fields = {"csrf_token": token, "body": "Written for the old one", "submission": "one"}
    answer = client.post(f"/t/{source}/reply", data=fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, address(target))
    draft = queries.draft_at(ben, f"thread:{target}")
    assert draft is not None
    assert draft.body == "Written for the old one"
    page = client.get(address(target)).get_data(as_text=True)
    assert "so nothing was done" in page
    assert "Written for the old one" in page
    answer = client.post(
        f"/t/{source}/follow", data={"csrf_token": token, "level": "muted"}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 409
    assert answer.get_json()["code"] == "moved"
