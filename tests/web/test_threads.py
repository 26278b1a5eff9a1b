"""Conversations as a browser sees them: reading, writing, what bad input gets, and what it costs."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert, select, update

from forum.community.models import COMMUNITY
from forum.core.database import db, transaction
from forum.members import passwords
from forum.threads import actions, queries
from forum.threads.models import DRAFTS, POSTS, READ_POSITIONS, THREADS
from forum.web import fragments
from tests.factories import threads as make
from tests.factories.bulk import many_replies
from tests.factories.visitor import Visitor, read, words


@pytest.fixture(autouse=True)
def _english(app: Flask) -> None:
    with transaction():
        db.session.execute(update(COMMUNITY).values(default_language="en"))


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that goes to the database meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def text_of(answer: object) -> str:
    return answer.get_data(as_text=True)


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    return found[1] if found else ""


def longer(thread_id: int, last: int, author_id: int) -> None:
    """Fills a thread up to a number, quickly."""
    with transaction():
        row = dict(
            db.session.execute(select(POSTS).where(POSTS.c.thread_id == thread_id, POSTS.c.number == 1))
            .mappings()
            .one()
        )
        row |= {"author_id": author_id, "submission_id": None}
        row.pop("id")
        db.session.execute(insert(POSTS), [row | {"number": number} for number in range(2, last + 1)])
        db.session.execute(update(THREADS).where(THREADS.c.id == thread_id).values(last_number=last, post_count=last))


# ---------------------------------------------------------------- reading


def test_a_guest_reads_and_finds_no_form_to_send_and_no_cookie(client: FlaskClient) -> None:
    anna = make.member("anna")
    started = make.thread(anna, make.category("Help"), "Why is it so?", "Because **it** is", kind="question")
    for address in ("/", "/c/help", started.address, "/?view=unanswered"):
        answer = client.get(address)
        page = text_of(answer)
        assert answer.status_code == 200
        assert 'method="post"' not in page
        assert "csrf" not in page
        assert "Set-Cookie" not in answer.headers
    page = text_of(client.get(started.address))
    assert '<div class="post-body" lang="en"><p>Because <strong>it</strong> is</p>' in page
    assert f"next=%2Freport%3Fpost%3D{started.post_id}" in page


def test_rows_name_their_category_but_not_on_its_own_page(client: FlaskClient) -> None:
    make.thread(make.member("anna"), make.category("Help"), "Why is it so?")
    for address, named in (("/", True), ("/c/help", False)):
        row = BeautifulSoup(client.get(address).text, "html5lib").select_one(".talks .row")
        assert row is not None
        assert bool(row.select("a[href='/c/help']")) is named


def test_two_guests_get_the_same_bytes_from_the_cache_until_something_changes(client: FlaskClient, app: Flask) -> None:
    anna, ben = make.member(), make.member()
    started = make.thread(anna, make.category())
    first = client.get(started.address)
    assert first.data == app.test_client().get(started.address).data
    again = client.get(started.address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    make.reply(ben, started.thread_id, "Something new")
    assert "Something new" in text_of(client.get(started.address))
    assert "1 reply" in text_of(client.get("/"))


@pytest.mark.parametrize("page", ["999999", "abc", "0", "-1", "2", "1.0", "%C2%B2"])
def test_a_page_that_is_not_there_is_not_found(client: FlaskClient, page: str) -> None:
    started = make.thread(make.member(), make.category())
    assert client.get(f"{started.address}?page={page}").status_code == 404


def test_a_wrong_slug_and_a_bare_id_lead_to_the_right_address(client: FlaskClient) -> None:
    started = make.thread(make.member(), make.category())
    for address in (f"/t/{started.thread_id}", f"/t/{started.thread_id}/wrong"):
        answer = client.get(f"{address}?page=1")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"{started.address}?page=1")


def test_a_post_number_leads_to_its_page(client: FlaskClient) -> None:
    anna = make.member()
    started = make.thread(anna, make.category())
    longer(started.thread_id, 45, anna.id)
    answer = client.get(f"{started.address}/41")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{started.address}?page=3#p41")
    for number in ("46", "0", "x", "99999999999999999999"):
        assert client.get(f"{started.address}/{number}").status_code == 404


def test_what_may_not_be_seen_is_not_found(client: FlaskClient) -> None:
    staff = make.member("mo", "moderator")
    started = make.thread(staff, make.category("Secret", grants=frozenset()), tags="m4")
    for address in (started.address, f"{started.address}/1", "/c/secret", f"/p/{started.post_id}", "/tags/m4"):
        assert client.get(address).status_code == 404
    assert client.get("/t/99999999999999999999").status_code == 404
    assert client.get("/?view=new").status_code == 404
    assert client.get("/?view=nonsense").status_code == 404
    assert client.get("/?before=nonsense").status_code == 404


def test_a_removed_thread_is_gone(client: FlaskClient) -> None:
    staff = make.member("mo", "moderator")
    started = make.thread(make.member(), make.category())
    with transaction(staff) as actor:
        actions.remove_post(actor, started.post_id)
    assert client.get(started.address).status_code == 410
    assert make.sign_in(client, staff).get(started.address).status_code == 200


@pytest.mark.parametrize("last", [20, 2000])
def test_a_threads_page_costs_the_same_however_long_the_thread_is(app: Flask, last: int) -> None:
    app.config["GUEST_CACHE"] = False
    anna, ben = make.member(), make.member()
    started = make.thread(anna, make.category())
    longer(started.thread_id, last, anna.id)
    address = f"{started.address}?page={last // 20}"
    queries.forget()
    with statements() as seen:
        assert app.test_client().get(address).status_code == 200
    assert len(seen) <= 4, seen
    member = make.sign_in(app.test_client(), ben)
    queries.forget()
    with statements() as seen:
        assert member.get(address).status_code == 200
    assert len(seen) <= 7, seen


@pytest.mark.parametrize("address", ["/", "/?view=unanswered", "/c/help", "/tags/m4"])
def test_a_list_costs_the_same_however_much_is_in_it(app: Flask, address: str) -> None:
    app.config["GUEST_CACHE"] = False
    anna, topic = make.member(), make.category("Help")
    for _ in range(3):
        make.thread(anna, topic, tags="m4")
    member = make.sign_in(app.test_client(), anna)
    for browser, most in ((app.test_client(), 4), (member, 7)):
        queries.forget()
        with statements() as seen:
            assert browser.get(address).status_code == 200
        assert len(seen) <= most, seen


def test_reading_is_noted_after_the_answer_and_leads_to_what_is_new(app: Flask) -> None:
    anna, ben = make.member(), make.member()
    started = make.thread(anna, make.category(), "A tale")
    browser = make.sign_in(app.test_client(), ben)
    browser.get(started.address).close()
    assert db.session.scalar(select(READ_POSITIONS.c.number).where(READ_POSITIONS.c.member_id == ben.id)) == 1
    make.reply(anna, started.thread_id, "Went on")
    assert f'href="{started.address}/2"' in text_of(browser.get("/?view=new"))
    page = text_of(browser.get(started.address))
    assert page.count('id="new"') == 1
    assert page.index('id="new"') < page.index("Went on")
    browser.post("/read", data={"csrf_token": make.token(browser)})
    assert "A tale" not in text_of(browser.get("/?view=new"))


# ---------------------------------------------------------------- writing


def test_a_member_starts_a_thread_in_the_preselected_topic(app: Flask) -> None:
    anna = make.member("anna")
    make.category("Help")
    browser = make.sign_in(app.test_client(), anna)
    page = text_of(browser.get("/new?category=help"))
    assert 'id="new-thread"' in page
    assert re.search(r'<option selected value="help">', page)
    form = {
        "csrf_token": make.token(browser),
        "category": "help",
        "title": "A title",
        "body": "My text",
        "kind": "question",
    }
    answer = browser.post("/new", data=form | {"submission": field(page, "submission"), "tags": "m4"})
    assert answer.status_code == 303
    page = text_of(browser.get(answer.headers["Location"]))
    assert "My text" in page
    assert "/tags/m4" in page


def test_a_refused_thread_comes_back_as_it_was_typed(app: Flask) -> None:
    make.category("Help")
    browser = make.sign_in(app.test_client(), make.member())
    form = {
        "csrf_token": make.token(browser),
        "category": "",
        "title": "",
        "body": "Precious <b>words</b>",
        "kind": "question",
    }
    answer = browser.post("/new", data=form | {"tags": "a,b,c,d,e,f"})
    page = text_of(answer)
    assert answer.status_code == 400
    assert "Precious &lt;b&gt;words&lt;/b&gt;</textarea>" in page
    assert "Please choose a category." in page
    answer = browser.post("/new", data=form | {"category": "help", "title": "x" * 201, "tags": "m4"})
    page = text_of(answer)
    assert answer.status_code == 400
    assert "x" * 201 in page
    assert 'id="title-error"' in page
    assert 'value="m4"' in page


def test_a_reply_is_stored_once_and_another_text_with_the_same_form_is_kept(app: Flask) -> None:
    started = make.thread(make.member(), make.category())
    browser = make.sign_in(app.test_client(), make.member())
    form = {"csrf_token": make.token(browser), "submission": "s1", "body": "Once"}
    first = browser.post(f"/t/{started.thread_id}/reply", data=form)
    again = browser.post(f"/t/{started.thread_id}/reply", data=form)
    assert first.status_code == again.status_code == 303
    assert first.headers["Location"] == again.headers["Location"]
    changed = browser.post(f"/t/{started.thread_id}/reply", data=form | {"body": "Another text"})
    assert changed.status_code == 409
    assert "Another text</textarea>" in text_of(changed)
    assert field(text_of(changed), "submission") != "s1"
    assert db.session.scalar(select(THREADS.c.post_count)) == 2


def test_an_empty_reply_says_so_beside_the_field(app: Flask) -> None:
    started = make.thread(make.member(), make.category())
    browser = make.sign_in(app.test_client(), make.member())
    answer = browser.post(f"/t/{started.thread_id}/reply", data={"csrf_token": make.token(browser), "body": "\u200b "})
    assert answer.status_code == 400
    assert 'id="body-error"' in text_of(answer)


def test_a_reply_to_a_closed_thread_is_refused_and_kept(app: Flask) -> None:
    ben, staff = make.member(), make.member("mo", "moderator")
    started = make.thread(make.member(), make.category())
    make.on_thread(actions.close, staff, started.thread_id)
    browser = make.sign_in(app.test_client(), ben)
    form = {"csrf_token": make.token(browser), "body": "Too late"}
    answer = browser.post(f"/t/{started.thread_id}/reply", data=form)
    assert answer.status_code == 409
    assert "Too late" in text_of(answer)
    assert queries.draft_at(ben, f"thread:{started.thread_id}").body == "Too late"


def test_who_is_unconfirmed_finds_the_text_in_the_composer_again(app: Flask) -> None:
    started = make.thread(make.member(), make.category())
    ben = make.member(confirmed_at=None)
    browser = make.sign_in(app.test_client(), ben)
    form = {"csrf_token": make.token(browser), "body": "Not yet"}
    answer = browser.post(f"/t/{started.thread_id}/reply", data=form)
    assert answer.status_code == 303
    page = text_of(browser.get(answer.headers["Location"].split("#")[0], follow_redirects=True))
    assert "Not yet</textarea>" in page


def test_two_texts_of_the_same_post_are_both_shown(app: Flask) -> None:
    anna, staff = make.member(), make.member("mo", "moderator")
    started = make.thread(anna, make.category(), body="One")
    browser = make.sign_in(app.test_client(), anna)
    base = field(text_of(browser.get(f"/p/{started.post_id}/edit")), "base_revision")
    make.on_post(actions.edit_post, staff, started.post_id, actions.write(staff, "Theirs"), 1)
    form = {"csrf_token": make.token(browser), "base_revision": base, "body": "Mine"}
    answer = browser.post(f"/p/{started.post_id}/edit", data=form)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Theirs</textarea>" in page
    assert "Mine</textarea>" in page
    answer = browser.post(f"/p/{started.post_id}/edit", data=form | {"base_revision": field(page, "base_revision")})
    assert answer.status_code == 303
    assert queries.get_post(anna, started.post_id).body == "Mine"
    assert "Theirs" in text_of(browser.get(f"/p/{started.post_id}/history?old=2&new=3"))


def test_anothers_post_is_not_mine_to_change(app: Flask) -> None:
    started = make.thread(make.member(), make.category())
    browser = make.sign_in(app.test_client(), make.member())
    token = {"csrf_token": make.token(browser)}
    assert browser.get(f"/p/{started.post_id}/edit").status_code == 403
    assert browser.post(f"/p/{started.post_id}/edit", data=token | {"body": "Mine"}).status_code == 403
    assert browser.post(f"/p/{started.post_id}/delete", data=token).status_code == 403
    for act in ("close", "pin", "steer"):
        assert browser.post(f"/t/{started.thread_id}/{act}", data=token | {"title": "Mine now"}).status_code == 403


def test_a_post_is_taken_back_and_restored(app: Flask) -> None:
    ben = make.member()
    started = make.thread(make.member(), make.category())
    answer = make.reply(ben, started.thread_id, "Oh well")
    browser = make.sign_in(app.test_client(), ben)
    token = {"csrf_token": make.token(browser)}
    assert "Oh well" in text_of(browser.get(f"/p/{answer.post_id}/delete"))
    assert browser.post(f"/p/{answer.post_id}/delete", data=token).status_code == 303
    assert "Oh well" not in text_of(app.test_client().get(started.address))
    assert f"/p/{answer.post_id}/restore" in text_of(browser.get(started.address))
    assert browser.post(f"/p/{answer.post_id}/restore", data=token).status_code == 303
    assert "Oh well" in text_of(app.test_client().get(started.address))


def test_a_reaction_answers_the_script_and_the_plain_button(app: Flask) -> None:
    ben = make.member()
    started = make.thread(make.member(), make.category())
    browser = make.sign_in(app.test_client(), ben)
    place, token = f"/p/{started.post_id}/react", {"csrf_token": make.token(browser)}
    answer = browser.post(place, data=token | {"on": "like"}, headers={"Accept": "application/json"})
    assert answer.get_json()["reactions"][0] == {"kind": "like", "count": 1, "mine": True}
    assert browser.post(place, data=token | {"off": "like"}).status_code == 303
    assert queries.own_reactions(ben, started.post_id) == frozenset()
    answer = browser.post(place, data=token | {"on": "x"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_a_button_of_a_reaction_says_what_it_wants(app: Flask) -> None:
    """So that pressing it again after a lost answer, or on an old page, changes nothing."""
    ben = make.member()
    started = make.thread(make.member(), make.category())
    browser = make.sign_in(app.test_client(), ben)
    place, token = f"/p/{started.post_id}/react", {"csrf_token": make.token(browser)}
    assert f'action="{place}"' in text_of(browser.get(started.address))
    assert 'name="on" value="like" aria-pressed="false"' in text_of(browser.get(started.address))
    for _press in range(2):
        assert browser.post(place, data=token | {"on": "like"}).status_code == 303
        assert queries.own_reactions(ben, started.post_id) == {"like"}
    assert 'name="off" value="like" aria-pressed="true"' in text_of(browser.get(started.address))
    for _press in range(2):
        answer = browser.post(place, data=token | {"off": "like"}, headers={"Accept": "application/json"})
        assert answer.get_json()["reactions"][0] == {"kind": "like", "count": 0, "mine": False}
    assert queries.own_reactions(ben, started.post_id) == frozenset()


def test_a_quotation_comes_for_the_script_and_in_the_composer(app: Flask) -> None:
    started = make.thread(make.member("anna"), make.category(), body="Quoted words")
    browser = make.sign_in(app.test_client(), make.member())
    address = f"{started.address}?quote=1"
    quoted = browser.get(address, headers={"Accept": "application/json"}).get_json()["markdown"]
    assert quoted.startswith(f"> [@anna, #1]({started.address}/1)")
    page = text_of(browser.get(address))
    assert "Quoted words</textarea>" in page or "&gt; Quoted words" in page
    assert field(page, "reply_to") == "1"
    assert browser.get(f"{started.address}?quote=7").status_code == 404


def test_the_script_keeps_drafts_and_an_emptied_one_is_forgotten(app: Flask) -> None:
    ben = make.member()
    started = make.thread(make.member(), make.category())
    browser = make.sign_in(app.test_client(), ben)
    token = {"csrf_token": make.token(browser)}
    place = f"/drafts/keep?place=thread:{started.thread_id}"
    headers = {"Accept": "application/json"}
    assert browser.post(place, data=token | {"body": "Half a thou"}, headers=headers).status_code == 200
    assert "Half a thou</textarea>" in text_of(browser.get(started.address))
    assert "Half a thou" in text_of(browser.get("/drafts"))
    assert browser.post(place, data=token | {"body": " "}, headers=headers).get_json() == {"draft": None}
    assert db.session.execute(select(DRAFTS.c.id)).first() is None
    assert browser.post("/drafts/keep?place=nowhere", data=token | {"body": "x"}, headers=headers).status_code == 404


def test_what_was_published_does_not_come_back_as_a_draft(app: Flask) -> None:
    """By a save that was on its way, or from a page one went back to; new words in such a page are kept."""
    ben = make.member()
    started = make.thread(make.member(), make.category())
    browser = make.sign_in(app.test_client(), ben)
    form = {"csrf_token": make.token(browser), "submission": "s1"}
    keep, headers = f"/drafts/keep?place=thread:{started.thread_id}", {"Accept": "application/json"}
    assert browser.post(keep, data=form | {"body": "Half"}, headers=headers).get_json()["draft"]
    sent = browser.post(f"/t/{started.thread_id}/reply", data=form | {"body": "Half a thought\r\n\r\nand more"})
    assert sent.status_code == 303
    for late in ("Half a tho", "Half a thought\n\nand more"):
        assert browser.post(keep, data=form | {"body": late}, headers=headers).get_json() == {"draft": None}
        assert queries.draft_at(ben, f"thread:{started.thread_id}") is None
    other = form | {"submission": "s2", "body": "Half a tho"}
    assert browser.post(keep, data=other, headers=headers).get_json()["draft"]
    assert browser.post(keep, data=form | {"body": "Something else"}, headers=headers).get_json()["draft"]


def test_a_solution_is_shown_in_short_below_the_question(app: Flask) -> None:
    anna = make.member()
    started = make.thread(anna, make.category(), kind="question")
    answer = make.reply(make.member(), started.thread_id, "Turn it **off** and on.")
    browser = make.sign_in(app.test_client(), anna)
    token = {"csrf_token": make.token(browser)}
    assert browser.post(f"/p/{answer.post_id}/solution", data=token).status_code == 303
    page = text_of(app.test_client().get(started.address))
    assert 'class="answer"' in page
    assert "Turn it off and on." in re.sub(r"\s+", " ", page)
    assert browser.post(f"/p/{answer.post_id}/no-solution", data=token).status_code == 303
    assert 'class="answer"' not in text_of(app.test_client().get(started.address))


# ---------------------------------------------------------------- before signing in


def test_what_a_guest_sends_is_carried_through_the_sign_in(app: Flask) -> None:
    anna = make.member("anna", password_hash=passwords.hashed("a long enough one"))
    started = make.thread(make.member(), make.category())
    guest = app.test_client()
    form = {"csrf_token": make.token(guest, "/login"), "body": "Typed before signing in"}
    answer = guest.post(f"/t/{started.thread_id}/reply", data=form)
    page = text_of(answer)
    assert 'id="login"' in page
    intent = field(page, "intent")
    assert intent
    signed = {"csrf_token": field(page, "csrf_token"), "username": "anna", "password": "a long enough one"}
    answer = guest.post("/login", data=signed | {"next": field(page, "next"), "intent": intent})
    assert answer.status_code == 303
    page = text_of(guest.get(answer.headers["Location"].split("#")[0], follow_redirects=True))
    assert "Typed before signing in</textarea>" in page
    assert queries.draft_at(anna, f"thread:{started.thread_id}") is not None


def test_a_guests_reaction_is_named_and_done_by_signing_in(app: Flask) -> None:
    anna = make.member("anna", password_hash=passwords.hashed("a long enough one"))
    started = make.thread(make.member(), make.category())
    guest = app.test_client()
    link = re.search(r'href="(/login\?next=[^"]*intent=[^"]*)"', text_of(guest.get(started.address)))
    page = text_of(guest.get(link[1].replace("&amp;", "&")))
    assert "Sign in and like" in page
    form = {"csrf_token": field(page, "csrf_token"), "username": "anna", "password": "a long enough one"}
    guest.post("/login", data=form | {"next": "/", "intent": field(page, "intent")})
    assert queries.own_reactions(anna, started.post_id) == {"like"}


def test_a_false_intent_does_nothing(app: Flask) -> None:
    anna = make.member("anna", password_hash=passwords.hashed("a long enough one"))
    started = make.thread(make.member(), make.category())
    guest = app.test_client()
    form = {"csrf_token": make.token(guest, "/login"), "username": "anna", "password": "a long enough one"}
    answer = guest.post("/login", data=form | {"next": "/", "intent": f"react:{started.post_id}:like.{'0' * 24}"})
    assert answer.status_code == 303
    assert queries.own_reactions(anna, started.post_id) == frozenset()


def test_a_missing_token_gives_the_form_back(app: Flask) -> None:
    started = make.thread(make.member(), make.category())
    browser = make.sign_in(app.test_client(), make.member())
    answer = browser.post(f"/t/{started.thread_id}/reply", data={"body": "Still here"})
    assert answer.status_code == 400
    assert "Still here</textarea>" in text_of(answer)


def test_the_rows_of_pages_above_and_below_the_posts_have_names_of_their_own(client: FlaskClient) -> None:
    anna = make.member()
    started = make.thread(anna, make.category())
    many_replies(started.thread_id, [anna], 45)
    names = re.findall(r'<nav class="pages" aria-label="([^"]+)"', text_of(client.get(f"{started.address}?page=2")))
    assert len(set(names)) == 2


def test_a_former_members_posts_stay_readable(client: FlaskClient) -> None:
    anna = make.member()
    started = make.thread(anna, make.category())
    with transaction():
        db.session.execute(update(POSTS).values(author_id=None))
        db.session.execute(update(THREADS).values(author_id=None, last_author_id=None))
    assert "Former member" in text_of(client.get(started.address))
    assert client.get("/").status_code == 200


def test_names_and_texts_cannot_break_out_of_the_page(client: FlaskClient) -> None:
    anna = make.member("anna", display_name='<img src=x onerror="a">%(id)s')
    evil = '"><script>alert(1)</script> {{ 1234*5678 }} %(id)s %s'
    started = make.thread(anna, make.category(), evil, evil)
    for address in (started.address, "/"):
        page = text_of(client.get(address))
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert str(1234 * 5678) not in page
        assert "%(id)s" in page


def test_what_is_drawn_once_for_all_members_holds_the_token_of_each_ones_own_session(app: Flask) -> None:
    started = make.thread(make.member(), make.category())
    fragments.forget()
    browsers = [make.sign_in(app.test_client(), make.member()) for _ in range(2)]
    found = [re.findall(r'name="csrf_token" value="([^"]*)"', text_of(one.get(started.address))) for one in browsers]
    assert [len(set(tokens)) for tokens in found] == [1, 1]
    assert all(len(tokens) > 3 for tokens in found)
    follow, level = f"/t/{started.thread_id}/follow", {"level": "watching"}
    assert browsers[0].post(follow, data=level | {"csrf_token": found[0][0]}).status_code == 303
    assert browsers[1].post(follow, data=level | {"csrf_token": found[1][0]}).status_code == 303
    assert browsers[1].post(follow, data=level | {"csrf_token": found[0][0]}).status_code == 400


def test_what_the_composer_holds_is_escaped_and_stays_with_its_writer(app: Flask) -> None:
    started = make.thread(make.member(), make.category())
    browsers = [make.sign_in(app.test_client(), make.member()) for _ in range(2)]
    typed = "</textarea><script>alert(1)</script> %(id)s"
    kept = {"csrf_token": make.token(browsers[0]), "body": typed}
    assert browsers[0].post(f"/drafts/keep?place=thread:{started.thread_id}", data=kept).status_code < 400
    mine, other = (text_of(one.get(started.address)) for one in browsers)
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; %(id)s</textarea>" in mine
    assert "alert(1)" not in other
    assert len(field(other, "submission")) == 32
    assert field(mine, "submission") != field(other, "submission")


def test_each_reader_gets_their_own_language_whoever_came_first(app: Flask) -> None:
    started = make.thread(make.member(), make.category(), kind="question")
    make.reply(make.member(), started.thread_id)
    app.config["GUEST_CACHE"] = False
    fragments.forget()
    for tongue, reply, replies in (
        ("de", "Antworten", "1 Antwort"),
        ("en", "Reply", "1 reply"),
        ("de", "Antworten", "1 Antwort"),
    ):
        header = {"Accept-Language": tongue}
        assert f">{reply}</a>" in text_of(app.test_client().get(started.address, headers=header))
        assert replies in text_of(app.test_client().get("/", headers=header))


@pytest.mark.parametrize(
    ("level", "told"),
    [
        ("watching", "You hear of everything new here."),
        ("muted", "Muted: you hear nothing of this any more."),
        ("normal", "As usual: you hear of what concerns you."),
    ],
)
def test_who_follows_or_mutes_is_told_so(app: Flask, level: str, told: str) -> None:
    started = make.thread(make.member("anna"), make.category())
    ben = Visitor(app, make.member("ben"))
    answer = ben.post(f"/t/{started.thread_id}/follow", level=level)
    assert answer.status_code == 303
    assert told in words(ben.get(answer.headers["Location"]))


def test_a_title_on_the_way_to_a_page_and_among_drafts_says_its_language(app: Flask) -> None:
    anna = make.member("anna")
    started = make.thread(anna, make.category(), "Winter batteries")
    browser = Visitor(app, anna)
    browser.post(f"/drafts/keep?place=thread:{started.thread_id}", body="Not finished.")
    for address in (f"/p/{started.post_id}/edit", f"/t/{started.thread_id}/steer", "/drafts"):
        page = read(browser.get(address))
        found = page.select_one("main .crumbs [lang], main .row-title [lang]")
        assert found is not None, address
        assert (found["lang"], found.get_text()) == ("en", "Winter batteries")
