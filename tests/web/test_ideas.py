"""The ideas board as a browser sees it: voting, proposing, what the team does, what bad input gets."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from sqlalchemy import func, select, update

from forum.community.models import COMMUNITY
from forum.core.database import db, transaction
from forum.ideas import actions, queries
from forum.ideas.actions import StatusDraft
from forum.ideas.models import VOTES
from forum.threads.models import DRAFTS
from forum.web import intents
from forum.web.ideas import propose
from tests.factories import ideas
from tests.factories import threads as make
from tests.factories.members import PASSWORD, a_member
from tests.factories.visitor import JSON, Visitor, read, words


@pytest.fixture(autouse=True)
def _english(app: Flask) -> None:
    with transaction():
        db.session.execute(update(COMMUNITY).values(default_language="en"))


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is similar unless a test says so."""
    monkeypatch.setattr(propose, "similar_to", lambda *_given, **_named: [])


def button(page: BeautifulSoup, idea_id: int) -> Tag:
    """The vote button of an idea."""
    found = page.select_one(f'form.vote[action^="/ideas/{idea_id}/"] button')
    assert found is not None
    return found


def count(element: Any) -> str:
    found = element.select_one(".n")
    assert found is not None
    return str(found.get_text())


def votes() -> int:
    return int(db.session.scalar(select(func.count()).select_from(VOTES).where(VOTES.c.withdrawn_at.is_(None))) or 0)


# ---------------------------------------------------------------- guests


def test_a_guest_finds_ideas_without_a_form_and_votes_by_signing_in(app: Flask) -> None:
    anna, ben = a_member("anna"), a_member("ben")
    wanted = ideas.idea(anna, title="A lamp that dims by itself")
    guest = Visitor(app)
    for address in ("/ideas", wanted.address, "/ideas/roadmap"):
        answer = guest.get(address)
        assert answer.status_code == 200
        assert "csrf" not in answer.get_data(as_text=True)
        assert "Set-Cookie" not in answer.headers
        assert read(answer).select("form[method=post]") == []
    link = read(guest.get("/ideas")).select_one("a.vote-button")
    assert link is not None
    assert "Sign in and support “A lamp that dims by itself”" in link.get_text()
    page = guest.get(str(link["href"]))
    assert "Sign in and support" in words(page)
    fields = {str(one["name"]): str(one.get("value", "")) for one in read(page).select("form#login input[type=hidden]")}
    answer = guest.client.post("/login", data=fields | {"username": "ben", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (303, wanted.address)
    assert ideas.now(wanted.thread_id).vote_count == 2
    assert button(read(guest.get("/ideas")), wanted.thread_id)["aria-pressed"] == "true"
    assert ben.id != anna.id


def test_a_guest_who_posts_a_vote_is_led_to_sign_in_with_it(app: Flask) -> None:
    wanted = ideas.idea(a_member("anna"))
    answer = Visitor(app).post(f"/ideas/{wanted.thread_id}/vote")
    assert answer.status_code == 303
    assert "intent=vote" in answer.headers["Location"]
    assert votes() == 1


def test_the_board_is_the_same_for_all_guests_until_somebody_votes(app: Flask) -> None:
    anna = a_member("anna")
    wanted = ideas.idea(anna)
    for address in ("/ideas", wanted.address):
        first, second = Visitor(app).get(address), Visitor(app).get(address)
        assert first.data == second.data
        assert first.headers["ETag"] == second.headers["ETag"]
    ideas.vote(a_member("ben"), wanted.thread_id)
    for address in ("/ideas", wanted.address):
        assert count(read(Visitor(app).get(address)).select_one("a.vote-button")) == "2"


# ---------------------------------------------------------------- voting


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_name_of_a_vote_button_holds_the_words_that_are_seen(app: Flask, language: str) -> None:
    wanted = ideas.idea(a_member("anna"), title="A lamp that dims")
    ben, carl = a_member("ben", language=language), a_member("carl", language=language)
    ideas.vote(ben, wanted.thread_id)
    with transaction():
        db.session.execute(update(COMMUNITY).values(default_language=language))
    words_seen = {"en": ["Support", "Supported"], "de": ["Unterstützen", "Unterstützt"]}[language]
    for member in (ben, carl):
        page = read(Visitor(app, member, language).get(wanted.address))
        pressed = button(page, wanted.thread_id)
        assert pressed.select("[aria-hidden]:not(svg)") == []
        seen = [one.get_text() for one in pressed.select(".vote-word > span")]
        assert seen == words_seen
        title = pressed.select_one("[lang]")
        assert title is not None
        assert title.get_text() == "A lamp that dims"
    guest = read(Visitor(app, language=language).get(wanted.address)).select_one("a.vote-button")
    assert guest is not None
    assert guest.select("[aria-hidden]:not(svg)") == []
    assert words_seen[0] in guest.get_text()


def test_a_reason_that_is_refused_is_named_above_its_form(app: Flask) -> None:
    wanted = ideas.idea(a_member("anna"))
    answer = Visitor(app, a_member("ben")).post(f"/ideas/{wanted.thread_id}/vote", importance="nice", reason="x" * 281)
    assert answer.status_code == 400
    assert read(answer).select("#vote-why [data-focus] a[href='#reason']") != []


def test_a_vote_counts_once_and_is_taken_back(app: Flask) -> None:
    wanted = ideas.idea(a_member("anna"))
    ben = Visitor(app, a_member("ben"))
    assert button(read(ben.get("/ideas")), wanted.thread_id)["aria-pressed"] == "false"
    for _ in range(3):
        answer = ben.post(f"/ideas/{wanted.thread_id}/vote", next="/ideas#idea-1")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/ideas#idea-1")
    found = button(read(ben.get(wanted.address)), wanted.thread_id)
    assert (found["aria-pressed"], count(found)) == ("true", "2")
    ben.post(f"/ideas/{wanted.thread_id}/withdraw")
    found = button(read(ben.get(wanted.address)), wanted.thread_id)
    assert (found["aria-pressed"], count(found)) == ("false", "1")


def test_a_script_gets_the_new_figures(app: Flask) -> None:
    wanted = ideas.idea(a_member("anna"))
    staff, ben = Visitor(app, a_member("helen", roles=("product",))), Visitor(app, a_member("ben"))
    address = f"/ideas/{wanted.thread_id}"
    assert ben.post(f"{address}/vote", JSON).json == {"state": "counted", "votes": 2, "staff": ""}
    assert staff.post(f"{address}/vote", JSON).json == {"state": "counted", "votes": 2, "staff": "+1 from the team"}
    assert ben.post(f"{address}/withdraw", JSON).json == {"state": None, "votes": 1, "staff": "+1 from the team"}


def test_a_vote_never_leads_to_another_site(app: Flask) -> None:
    wanted = ideas.idea(a_member("anna"))
    answer = Visitor(app, a_member("ben")).post(f"/ideas/{wanted.thread_id}/vote", next="//elsewhere.example")
    assert answer.headers["Location"] == "/"


def test_a_vote_of_an_unconfirmed_account_is_said_to_be_waiting(app: Flask) -> None:
    wanted = ideas.idea(a_member("anna"))
    carla = Visitor(app, a_member("carla", is_confirmed=False))
    carla.post(f"/ideas/{wanted.thread_id}/vote")
    page = read(carla.get(wanted.address))
    assert "as soon as your e-mail address is confirmed" in page.get_text()
    assert page.select_one("[data-waits], .vote-state [data-when=waiting]:not([hidden])") is not None
    assert count(button(page, wanted.thread_id)) == "1"
    row = read(carla.get("/ideas")).select_one(f'[data-waits="{wanted.thread_id}"]')
    assert row is not None
    assert not row.has_attr("hidden")


def test_what_was_said_with_a_vote_is_kept_and_a_plain_button_leaves_it(app: Flask) -> None:
    wanted = ideas.idea(a_member("anna"))
    ben = Visitor(app, a_member("ben"))
    address = f"/ideas/{wanted.thread_id}/vote"
    ben.post(address, importance="essential", reason="I ride at night.")
    ben.post(address)
    page = read(ben.get(wanted.address))
    assert page.select_one("#vote-why [name=reason]").get_text().strip() == "I ride at night."  # type: ignore[union-attr]
    assert page.select_one("#vote-why [value=essential]").has_attr("checked")  # type: ignore[union-attr]


def test_a_reason_is_typed_over_several_lines_and_kept_as_one(app: Flask) -> None:
    wanted = ideas.idea(a_member("anna"))
    ben = Visitor(app, a_member("ben"))
    field = read(ben.get(wanted.address)).select_one("#vote-why textarea[name=reason]")
    assert field is not None
    assert (field["rows"], field["maxlength"]) == ("2", "280")
    ben.post(f"/ideas/{wanted.thread_id}/vote", reason="I ride at night,\r\n and in winter\r\n\r\nall day.")
    said = read(ben.get(wanted.address)).select_one("#vote-why [name=reason]").get_text().strip()  # type: ignore[union-attr]
    assert said == "I ride at night, and in winter all day."


def test_a_reason_that_is_too_long_comes_back_with_the_reason_why(app: Flask) -> None:
    wanted = ideas.idea(a_member("anna"))
    ben = Visitor(app, a_member("ben"))
    long = "because " * 60
    answer = ben.post(f"/ideas/{wanted.thread_id}/vote", reason=long)
    assert answer.status_code == 400
    page = read(answer)
    assert page.select_one("#vote-why [name=reason]").get_text().strip() == long.strip()  # type: ignore[union-attr]
    assert "at most 280 characters" in page.get_text()
    assert votes() == 1


@pytest.mark.parametrize("status", ["shipped", "declined"])
def test_nobody_votes_on_what_is_settled(app: Flask, status: str) -> None:
    wanted = ideas.idea(a_member("anna"))
    ideas.set_status(a_member("helen", roles=("product",)), wanted.thread_id, status, "That is how it is.")
    ben = Visitor(app, a_member("ben"))
    answer = ben.post(f"/ideas/{wanted.thread_id}/vote")
    assert answer.status_code == 409
    assert "Voting on this idea has ended" in words(answer)
    assert read(ben.get(wanted.address)).select("form.vote") == []
    assert "That is how it is." in words(ben.get(wanted.address))
    for address in (wanted.address, "/ideas"):
        assert read(Visitor(app).get(address)).select("a.vote-button") == []
    problem = ben.post(f"/ideas/{wanted.thread_id}/vote", JSON)
    assert problem.json["code"] == "idea-settled"


def test_a_vote_on_a_merged_idea_leads_to_where_it_went(app: Flask) -> None:
    anna, helen = a_member("anna"), a_member("helen", roles=("product",))
    area = ideas.area()
    source, target = ideas.idea(anna, area, "A dimmed lamp"), ideas.idea(a_member("ben"), area, "A lamp that dims")
    with transaction(helen) as actor:
        actions.merge(actor, source.thread_id, target.thread_id)
    carla = Visitor(app, a_member("carla"))
    assert carla.get(source.address).headers["Location"] == target.address
    answer = carla.post(f"/ideas/{source.thread_id}/vote")
    assert (answer.status_code, answer.headers["Location"]) == (303, target.address)
    assert ideas.now(target.thread_id).vote_count == 2


# ---------------------------------------------------------------- addresses and lists


def test_addresses_lead_to_the_right_place(app: Flask) -> None:
    anna = a_member("anna")
    wanted, talk = ideas.idea(anna), make.thread(anna, make.category())
    make.reply(anna, wanted.thread_id)
    visitor = Visitor(app)
    for address, target in {
        f"/ideas/{wanted.thread_id}": wanted.address,
        f"/ideas/{wanted.thread_id}/wrong?page=1": f"{wanted.address}?page=1",
        f"/t/{wanted.thread_id}": wanted.address,
        f"/t/{wanted.thread_id}/{wanted.slug}/2": f"{wanted.address}/2",
        f"/ideas/{talk.thread_id}": talk.address,
    }.items():
        answer = visitor.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (301, target)
    assert visitor.get(f"{wanted.address}/2").headers["Location"] == f"{wanted.address}#p2"
    for gone in ("/ideas/999999", f"{wanted.address}/3", f"{wanted.address}/x", "/ideas/99999999999999999999"):
        assert visitor.get(gone).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        *("sort=sideways", "status=nothing", "area=nothing", "tag=%00"),
        *("before=abc", "before=%00", "sort=newest&before=WzFd"),
    ],
)
def test_what_there_is_not_is_not_found(app: Flask, query: str) -> None:
    assert Visitor(app).get(f"/ideas?{query}").status_code == 404


def test_filters_are_links_that_keep_each_other(app: Flask) -> None:
    anna = a_member("anna")
    area = ideas.area(name="Lights")
    ideas.idea(anna, area, "A lamp that dims", tags="lamp")
    ideas.idea(anna, ideas.area(name="Brakes"), "Softer brakes")
    page = read(Visitor(app).get("/ideas?sort=newest&area=lights&tag=lamp"))
    assert [one.get_text() for one in page.select(".row-title")] == ["A lamp that dims"]
    links = {str(one["href"]) for one in page.select(".board-filter a")}
    assert "/ideas?sort=newest&area=lights" in links
    assert "/ideas?sort=newest&status=planned&area=lights&tag=lamp" in links
    nothing = Visitor(app).get("/ideas?area=brakes&status=planned")
    assert "No idea fits this choice" in words(nothing)


def test_a_member_finds_their_own_ideas_and_votes(app: Flask) -> None:
    anna, ben = a_member("anna"), a_member("ben")
    area = ideas.area()
    own, other = ideas.idea(anna, area, "Mine"), ideas.idea(ben, area, "Theirs")
    ideas.idea(ben, area, "Nobody's")
    ideas.vote(anna, other.thread_id)
    visitor = Visitor(app, anna)
    titles = lambda address: {one.get_text() for one in read(visitor.get(address)).select(".row-title")}  # noqa: E731
    assert titles("/ideas?mine=1") == {"Mine"}
    assert titles("/ideas?voted=1") == titles("/ideas/votes") == {"Mine", "Theirs"}
    assert Visitor(app).get("/ideas?mine=1").headers["Location"].startswith("/login")
    assert own.thread_id != other.thread_id


# ---------------------------------------------------------------- proposing


def test_an_idea_is_proposed_with_the_vote_of_its_author(app: Flask) -> None:
    ideas.area(name="Lights")
    anna = Visitor(app, a_member("anna"))
    page = read(anna.get("/ideas/new"))
    assert [one["name"] for one in page.select("form#new-idea :is(input:not([type=hidden]), select, textarea)")] == [
        "title",
        "area",
        "tags",
        "body",
    ]
    form = {"title": "A lamp that dims", "body": "It *blinds*.", "area": "lights", "submission": "one"}
    answer = anna.post("/ideas/new", **form)
    assert answer.status_code == 303
    assert "/a-lamp-that-dims" in answer.headers["Location"]
    found = read(anna.get(answer.headers["Location"]))
    assert found.select_one(".post-body em").get_text() == "blinds"  # type: ignore[union-attr]
    assert count(found.select_one("form.vote button[aria-pressed=true]")) == "1"
    assert anna.post("/ideas/new", **form).headers["Location"] == answer.headers["Location"]


def test_a_refused_idea_comes_back_filled_in(app: Flask) -> None:
    ideas.area(name="Lights")
    anna = Visitor(app, a_member("anna"))
    for bad, field in ({"title": ""}, "title"), ({"body": " "}, "body"), ({"area": "none"}, "area"):
        form = {"title": "A lamp that dims", "body": "It blinds.", "area": "lights", "tags": "lamp"} | bad
        answer = anna.post("/ideas/new", **form)
        assert answer.status_code == 400
        page = read(answer)
        assert page.select_one(f"#{field}-error") is not None
        assert page.select_one("#tags")["value"] == "lamp"  # type: ignore[index]


def test_a_title_of_emoji_is_a_title(app: Flask) -> None:
    ideas.area(name="Lights")
    answer = Visitor(app, a_member("anna")).post("/ideas/new", title="🚲🚲🚲", body="Ride!", area="lights")
    assert answer.status_code == 303


def test_a_guests_idea_waits_for_the_sign_in(app: Flask) -> None:
    ideas.area(name="Lights")
    a_member("anna")
    guest = Visitor(app)
    page = read(guest.post("/ideas/new", title="A lamp that dims", body="It blinds.", area="lights"))
    fields = {str(one["name"]): str(one.get("value", "")) for one in page.select("form#login input[type=hidden]")}
    answer = guest.client.post("/login", data=fields | {"username": "anna", "password": PASSWORD})
    assert answer.headers["Location"].startswith("/ideas/new?draft=")
    found = read(guest.get(answer.headers["Location"]))
    assert found.select_one("#title")["value"] == "A lamp that dims"  # type: ignore[index]
    assert found.select_one("#area option[selected]")["value"] == "lights"  # type: ignore[index]
    assert found.select_one("#body").get_text().strip() == "It blinds."  # type: ignore[union-attr]


def test_a_draft_of_an_idea_is_published_when_its_author_may(app: Flask) -> None:
    ideas.area(name="Lights")
    anna = a_member("anna")
    with app.test_request_context():
        draft_id = intents.keep_as_draft(anna, "idea", {"title": "A lamp that dims", "body": "Soon.", "area": "lights"})
        address = intents.publish_draft(anna, draft_id)
    assert address.startswith("/ideas/")
    assert db.session.scalar(select(func.count()).select_from(DRAFTS)) == 0


def test_without_script_a_step_between_shows_what_there_is(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    anna, ben = a_member("anna"), a_member("ben")
    area = ideas.area(name="Lights")
    known = ideas.idea(anna, area, "A lamp that dims by itself")
    row = make_similar(known.thread_id, known.address, "A lamp that dims by itself", "idea")
    talk = make_similar(7, "/t/7/lamps", "Which lamp?", "question")
    monkeypatch.setattr(propose, "similar_to", lambda *_given, **_named: [row, talk])
    visitor = Visitor(app, ben)
    form = {"title": "A lamp that can dim", "body": "It blinds me.", "area": "lights"}
    answer = visitor.post("/ideas/new", look="1", **form)
    assert answer.status_code == 200
    page = read(answer)
    assert [one.get_text() for one in page.select(".similar-list > li > a")] == [row.title, talk.title]
    assert page.select_one("#body").get_text().strip() == "It blinds me."  # type: ignore[union-attr]
    support = page.select_one(".similar-list button")
    assert support is not None
    assert page.select_one(f"form#{support['form']}.vote") is not None
    visitor.post(str(support["formaction"]))
    assert ideas.now(known.thread_id).vote_count == 2
    assert read(visitor.get("/ideas/new")).select_one("#title")["value"] == form["title"]  # type: ignore[index]
    listed = read(visitor.get("/ideas/similar?title=A+lamp+that+can+dim"))
    assert listed.select_one(".similar-list button")["aria-pressed"] == "true"  # type: ignore[index]
    assert read(visitor.get("/ideas/similar?title=A+lamp")).select(".similar-list") == []


def make_similar(id: int, address: str, title: str, kind: str) -> Any:
    """What search would say."""
    return propose.SimilarRow(id, address, title, kind, "New", 1, False, "en")


# ---------------------------------------------------------------- the team


def test_the_team_answers_and_sets_a_status(app: Flask) -> None:
    wanted = ideas.idea(a_member("anna"))
    helen = a_member("helen", roles=("product",))
    visitor = Visitor(app, helen)
    page = read(visitor.get(f"/ideas/{wanted.thread_id}/steer"))
    seen = str(page.select_one("#seen_change_id")["value"])  # type: ignore[index]
    answer = visitor.post(
        f"/ideas/{wanted.thread_id}/steer",
        status="planned",
        answer="It comes *in spring*.",
        seen_change_id=seen,
        owner="@helen",
        target="2027-03",
    )
    assert answer.status_code == 303
    found = read(Visitor(app).get(wanted.address))
    official = found.select_one(".official")
    assert official is not None
    assert official.select_one("em").get_text() == "in spring"  # type: ignore[union-attr]
    assert "Target: March 2027" in found.get_text()
    assert "March 2027" in words(Visitor(app).get("/ideas/roadmap"))
    assert "In charge" not in found.get_text()
    assert "In charge: helen" in words(visitor.get(wanted.address)).lower().replace("in charge", "In charge")


def test_declining_needs_an_answer(app: Flask) -> None:
    wanted = ideas.idea(a_member("anna"))
    visitor = Visitor(app, a_member("helen", roles=("product",)))
    seen = str(ideas.now(wanted.thread_id).status_change_id)
    answer = visitor.post(f"/ideas/{wanted.thread_id}/steer", status="declined", seen_change_id=seen, target="2027-13")
    assert answer.status_code == 400
    page = read(answer)
    assert page.select_one("#answer-error") is not None
    assert page.select_one("#target")["value"] == "2027-13"  # type: ignore[index]


def test_two_who_answer_at_once_see_both_texts(app: Flask) -> None:
    wanted = ideas.idea(a_member("anna"))
    helen, otto = (Visitor(app, a_member(name, roles=("product",))) for name in ("helen", "otto"))
    seen = str(ideas.now(wanted.thread_id).status_change_id)
    address = f"/ideas/{wanted.thread_id}/steer"
    assert helen.post(address, status="planned", answer="In spring.", seen_change_id=seen).status_code == 303
    form = {"status": "under-review", "answer": "We look at it.", "seen_change_id": seen}
    answer = otto.post(address, **form)
    assert answer.status_code == 409
    page = read(answer)
    assert "In spring." in page.select_one(".official").get_text()  # type: ignore[union-attr]
    assert page.select_one("#answer").get_text().strip() == "We look at it."  # type: ignore[union-attr]
    now = str(page.select_one("#seen_change_id")["value"])  # type: ignore[index]
    assert otto.post(address, **form | {"seen_change_id": now}).status_code == 303
    assert ideas.now(wanted.thread_id).answer_body == "We look at it."


def test_a_note_is_for_the_team_alone(app: Flask) -> None:
    wanted = ideas.idea(a_member("anna"))
    helen = Visitor(app, a_member("helen", roles=("product",)))
    assert helen.post(f"/ideas/{wanted.thread_id}/note", note="Quarzlampen prüfen").status_code == 303
    assert "Quarzlampen prüfen" in words(helen.get(f"/ideas/{wanted.thread_id}/steer"))
    names = [one["id"] for one in read(helen.get(f"/ideas/{wanted.thread_id}/steer")).select("[id]")]
    assert len(names) == len(set(names))
    assert "1 private note" in words(helen.get(wanted.address))
    for visitor in (Visitor(app), Visitor(app, a_member("ben")), Visitor(app, a_member("mo", roles=("moderator",)))):
        page = visitor.get(wanted.address).get_data(as_text=True)
        assert "Quarzlampen" not in page
        assert "private note" not in page
        assert f"/ideas/{wanted.thread_id}/steer" not in page
    assert helen.post(f"/ideas/{wanted.thread_id}/note", note=" ").status_code == 400


def test_the_team_reads_why_members_want_it(app: Flask) -> None:
    wanted = ideas.idea(a_member("anna"))
    ideas.vote(a_member("ben"), wanted.thread_id, importance="essential", reason="Nights are long here.")
    ideas.vote(a_member("cleo", is_confirmed=False), wanted.thread_id, reason="Not counted yet.")
    helen = Visitor(app, a_member("helen", roles=("product",)))
    page = words(helen.get(f"/ideas/{wanted.thread_id}/steer"))
    assert "Nights are long here." in page
    assert "I can't do without" in page
    assert "Not counted yet." not in page
    assert "Nights are long" not in words(Visitor(app).get(wanted.address))


@pytest.mark.parametrize("named", ["{id}", "#{id}", "/ideas/{id}/some-slug?page=2", "https://example.org/ideas/{id}"])
def test_ideas_are_merged_by_number_or_address_and_apart_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setattr("forum.web.ideas.merging.similar_to", lambda *_given, **_named: [])
    anna, ben = a_member("anna"), a_member("ben")
    area = ideas.area()
    source, target = ideas.idea(anna, area, "A dimmed lamp"), ideas.idea(ben, area, "A lamp that dims")
    make.reply(ben, source.thread_id, "Yes, please.")
    helen = Visitor(app, a_member("helen", roles=("product",)))
    answer = helen.post(f"/ideas/{source.thread_id}/merge", other=named.format(id=target.thread_id))
    assert (answer.status_code, answer.headers["Location"]) == (303, target.address)
    moved = f"{source.address}/2"
    assert Visitor(app).get(moved).headers["Location"] == f"{target.address}/2"
    page = words(helen.get(target.address))
    assert "Merged: 1 vote moved, 0 were here already, 1 comment moved." in page
    assert "1 idea that says the same" in page
    assert "A dimmed lamp" in page
    assert helen.post(f"/ideas/{source.thread_id}/unmerge").headers["Location"] == source.address
    assert ideas.now(source.thread_id).vote_count == ideas.now(target.thread_id).vote_count == 1
    assert "back to where it was written" in words(helen.get(target.address))
    assert Visitor(app).get(f"{target.address}/2").headers["Location"] == moved
    assert Visitor(app).get(moved).headers["Location"] == f"{source.address}#p2"


def test_a_merge_that_cannot_be_says_why(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forum.web.ideas.merging.similar_to", lambda *_given, **_named: [])
    area = ideas.area()
    first, second = (ideas.idea(make.member(), area, title) for title in ("A dimmed lamp", "A lamp that dims"))
    helen = Visitor(app, a_member("helen", roles=("product",)))
    address = f"/ideas/{first.thread_id}/merge"
    assert helen.post(address, other=str(first.thread_id)).status_code == 409
    assert helen.post(address).status_code == 400
    for nothing in ("a lamp", "999999", "/t/1/x"):
        answer = helen.post(address, other=nothing)
        assert answer.status_code == 400
        assert read(answer).select_one("#other")["value"] == nothing  # type: ignore[index]
    helen.post(address, other=str(second.thread_id))
    circle = helen.post(f"/ideas/{second.thread_id}/merge", other=str(first.thread_id))
    assert circle.status_code == 409
    assert "merged into this one" in words(circle)


def test_a_post_becomes_an_idea_of_its_author(app: Flask) -> None:
    anna = a_member("anna", display_name="Anna Autorin")
    talk = make.thread(anna, make.category(), "Lamps", "I wish mine dimmed.")
    area = ideas.area(name="Lights")
    visitor = Visitor(app, a_member("helen", roles=("product",)))
    assert visitor.get(talk.address).get_data(as_text=True).count(f"/p/{talk.post_id}/idea") == 1
    assert f"/p/{talk.post_id}/idea" not in Visitor(app, anna).get(talk.address).get_data(as_text=True)
    refused = visitor.post(f"/p/{talk.post_id}/idea", title="A lamp that dims", area="nothing")
    assert (refused.status_code, read(refused).select_one("#title")["value"]) == (400, "A lamp that dims")  # type: ignore[index]
    answer = visitor.post(f"/p/{talk.post_id}/idea", title="A lamp that dims", area="lights")
    assert answer.status_code == 303
    page = read(visitor.get(answer.headers["Location"]))
    assert "Anna Autorin" in page.select_one(".idea-story .post-author").get_text()  # type: ignore[union-attr]
    assert page.select_one(f'.post-body a[href*="{talk.address}"]') is not None
    assert area


def test_the_inbox_holds_what_nobody_has_taken_up(app: Flask) -> None:
    area = ideas.area()
    fresh = ideas.idea(a_member("anna"), area, "A fresh idea")
    taken = ideas.idea(a_member("ben"), area, "One that is taken up")
    helen = a_member("helen", roles=("product",))
    ideas.set_status(helen, taken.thread_id, "under-review")
    page = read(Visitor(app, helen).get("/ideas/inbox"))
    assert [one.get_text() for one in page.select(".row-title")] == ["A fresh idea"]
    assert page.select_one(f'a[href="/ideas/{fresh.thread_id}/steer"]') is not None


def test_the_inbox_holds_ideas_of_each_status_that_means_new(app: Flask) -> None:
    with transaction() as system:
        first = actions.create_status(system, StatusDraft({"en": "Just in"}, "new"))
        for _place in range(len(queries.statuses(system))):
            actions.move_status(system, first, "up")
    ideas.idea(make.member("anna"), title="A lamp that dims")
    assert "A lamp that dims" in words(Visitor(app, make.member("helen", "product")).get("/ideas/inbox"))


def test_the_operator_names_statuses_and_areas(app: Flask) -> None:
    boss = Visitor(app, a_member("boss", roles=("manager",)))
    category_id = make.category("Lamps")
    assert boss.post("/admin/areas/new", name_en="Lights", name_de="Licht", category=category_id).status_code == 303
    assert boss.post("/admin/areas/new", name_en="Lights", category=category_id).status_code == 400
    assert boss.post("/admin/areas/new", name_en="", category=category_id).status_code == 400
    assert "Lights" in words(boss.get("/admin/areas"))
    assert boss.post("/admin/statuses/new", name_en="On hold", stage="under review").status_code == 303
    page = read(boss.get("/admin/statuses"))
    last = page.select("tbody th a")[-1]
    assert last.get_text() == "On hold"
    boss.post(f"{last['href']}/up")
    assert read(boss.get("/admin/statuses")).select("tbody th a")[-2].get_text() == "On hold"
    first = page.select("tbody th a")[0]
    boss.post(f"{first['href']}/delete")
    assert "each meaning keeps one" in words(boss.get("/admin/statuses"))
