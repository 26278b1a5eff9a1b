"""What bad input gets: a clear message beside the field, nothing lost, nothing half written."""

import time
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from forum.core.database import db, transaction
from forum.core.paging import encode
from forum.members import actions as members
from forum.threads.models import DRAFTS, POSTS, THREADS
from tests.factories.visitor import JSON, Visitor, read, words
from tests.system.conftest import Stage

INVISIBLE = "\u200b\u2060 \u00ad\u200e\ufeff"
LONG_ENOUGH_SECONDS = 10


@pytest.fixture
def member(stage: Stage) -> Visitor:
    return Visitor(stage.app, stage.world.members["new"])


def _count(table: sa.Table) -> int:
    return int(db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


def _form(stage: Stage, **fields: str) -> dict[str, str]:
    return {
        "category": stage.world.places["category"],
        "title": "A good title",
        "body": "A good text.",
        "kind": "question",
        "submission": "one",
    } | fields


def _stored(answer: TestResponse) -> Any:
    thread_id = int(answer.headers["Location"].split("/")[2])
    return db.session.execute(
        sa.select(THREADS.c.title, POSTS.c.body, POSTS.c.html)
        .join_from(THREADS, POSTS, POSTS.c.thread_id == THREADS.c.id)
        .where(THREADS.c.id == thread_id)
    ).one()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "  \t "),
        ("title", "ab"),
        ("title", "x" * 201),
        ("title", INVISIBLE),
        ("title", "\u0301\u0301\u0301"),
        ("body", ""),
        ("body", " \n\n "),
        ("body", INVISIBLE),
        ("body", "x" * (256 * 1024 + 1)),
        ("category", "no-such"),
        ("category", "fachhandelskontor"),
        ("kind", "idea"),
        ("tags", "a,b,c,d,e,f"),
        ("tags", "x" * 31),
    ],
)
def test_a_thread_that_will_not_do_comes_back_with_the_reason_beside_its_field(
    stage: Stage, member: Visitor, field: str, value: str
) -> None:
    before = _count(THREADS)
    form = _form(stage, tags="one") | {field: value}
    answer = member.post("/new", **form)
    assert answer.status_code == 400
    page = read(answer)
    wrong = page.find(attrs={"name": field})
    group = wrong if wrong.get("aria-invalid") else wrong.find_parent("fieldset")
    described = str(group.get("aria-describedby") or "").split()
    assert any(page.find(id=name).get_text(strip=True) for name in described if name.endswith("-error"))
    kept = {"title": "A good title", "body": "A good text."} | ({field: value} if field in {"title", "body"} else {})
    assert page.find("textarea", attrs={"name": "body"}).get_text().strip() == kept["body"].strip()
    assert page.find("input", attrs={"name": "title"})["value"].strip() == kept["title"].strip()
    assert _count(THREADS) == before


@pytest.mark.parametrize(("language", "sentence"), [("de", "Bitte"), ("en", "Please")])
def test_the_reason_is_said_in_the_readers_language(stage: Stage, language: str, sentence: str) -> None:
    member = stage.world.members["new"]
    visitor = Visitor(stage.app, member)
    visitor.post("/settings/display", language=language, time_zone="Europe/Berlin", theme="auto")
    answer = visitor.post("/new", **_form(stage, title=""))
    page = read(answer)
    assert page.html["lang"] == language
    assert sentence in page.find(id="title-error").get_text()


def test_control_characters_and_lone_surrogates_are_taken_out(stage: Stage, member: Visitor) -> None:
    surrogate = b"\xed\xa0\x80".decode("utf-8", "surrogatepass").encode("utf-8", "surrogatepass")
    body = b"One\x00 two\x07 three\x1b[31m " + surrogate + b"four\r\nfive"
    data = {"csrf_token": member.token(), **_form(stage, title="Bell \x07 and NUL \x00 here")}
    from urllib.parse import quote_plus

    encoded = "&".join(f"{name}={quote_plus(value)}" for name, value in data.items() if name != "body")
    encoded += "&body=" + quote_plus(body)
    answer = member.client.post("/new", data=encoded, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303
    stored = _stored(answer)
    for text in stored:
        assert not any((ord(sign) < 32 and sign not in "\n\t") or 0xD800 <= ord(sign) < 0xE000 for sign in text), repr(
            text
        )
    assert "five" in stored.body


def test_bidi_overrides_do_not_leak_out_of_a_title_or_text(stage: Stage, member: Visitor) -> None:
    answer = member.post("/new", **_form(stage, title="Say \u202eolleh to all", body="Turn \u202earound\u2066 now"))
    assert answer.status_code == 303
    stored = _stored(answer)
    for text in (stored.title, stored.html):
        assert not set(text) & set("\u202a\u202b\u202d\u202e") or text.count("\u202c"), repr(text)
    page = Visitor(stage.app).get("/").get_data(as_text=True)
    assert "\u202e" not in page


@pytest.mark.parametrize("sign", ["> ", "[", "(", "*", "_", "`", "![", "<b>", "- ", "#", "|", "&"])
def test_fifty_thousand_nested_signs_take_bounded_time(stage: Stage, member: Visitor, sign: str) -> None:
    began = time.monotonic()
    answer = member.post("/new", **_form(stage, body="a " + sign * 50_000 + " b"))
    assert answer.status_code in {303, 400}
    if answer.status_code == 303:
        assert Visitor(stage.app).get(answer.headers["Location"].split("#")[0]).status_code == 200
    assert time.monotonic() - began < LONG_ENOUGH_SECONDS


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_form_of_twenty_megabytes_is_refused(stage: Stage, language: str) -> None:
    visitor = Visitor(stage.app, language=language)
    answer = visitor.client.post("/register", data={"csrf_token": visitor.token(), "username": "x" * 20_000_000})
    assert answer.status_code == 413
    assert read(answer).html["lang"] == language
    signed_in = Visitor(stage.app, stage.world.members["new"])
    assert signed_in.post("/new", **_form(stage, body="x" * 20_000_000)).status_code == 413


def test_a_text_of_a_megabyte_comes_back(stage: Stage, member: Visitor) -> None:
    answer = member.post("/new", **_form(stage, body="word " * 200_000))
    assert answer.status_code == 400
    assert len(read(answer).find("textarea", attrs={"name": "body"}).get_text()) >= 999_999


BAD_NUMBERS = (
    "0",
    "999999",
    str(2**31),
    str(2**63 - 1),
    str(2**63),
    str(2**70),
    "-1",
    "1e3",
    "abc",
    "%00",
    "1%00",
    "\u0661",
)


@pytest.mark.parametrize("number", BAD_NUMBERS)
@pytest.mark.parametrize(
    "address",
    [
        "/t/{}",
        "/t/{}/slug",
        "/p/{}",
        "/p/{}/edit",
        "/p/{}/history",
        "/t/{}/steer",
        "/rules/{}",
        "/reports/{}",
        "/decisions/{}",
        "/notifications/{}",
        "/moderation/cases/{}",
        "/admin/members/{}",
        "/admin/groups/{}",
        "/admin/categories/{}",
        "/report?post={}",
        "/report?member={}",
    ],
)
def test_ids_of_nothing_are_not_found(stage: Stage, address: str, number: str) -> None:
    for name in ("guest", "admin"):
        visitor = Visitor(stage.app, None if name == "guest" else stage.world.members[name])
        answer = visitor.get(address.format(number))
        assert answer.status_code == 404 or (name == "guest" and answer.status_code == 303), name


@pytest.mark.parametrize("number", BAD_NUMBERS)
def test_pages_and_posts_that_there_are_not_are_not_found(stage: Stage, number: str) -> None:
    for name in ("guest", "author"):
        visitor = Visitor(stage.app, None if name == "guest" else stage.world.members[name])
        thread = stage.world.address("/t/{thread}/{slug}")
        assert visitor.get(f"{thread}?page={number}").status_code == 404, name
        assert visitor.get(f"{thread}/{number}").status_code == 404, name


NULL_BYTE, LONE_SURROGATE = encode("a\0", 1), encode("\ud800", 1)


@pytest.mark.parametrize(
    "cursor",
    ["x", "%00", "AAAA", "e30", "W10", "9" * 400, "\u00e4", "-", "..", "bnVsbA", NULL_BYTE, LONE_SURROGATE],
)
@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "guest"),
        ("/", "author"),
        ("/?view=new", "author"),
        ("/?view=unanswered", "guest"),
        ("/c/help", "guest"),
        ("/tags/range", "guest"),
        ("/members", "author"),
        ("/members?sort=newest", "author"),
        ("/members?q=a", "author"),
        ("/members?show=team", "author"),
        ("/members?show=lately", "author"),
        ("/notifications", "author"),
        ("/moderation", "moderator"),
        ("/moderation?view=decided", "moderator"),
        ("/admin/members", "admin"),
        ("/admin/audit", "admin"),
        ("/rules/acceptances", "admin"),
    ],
)
def test_a_cursor_that_nobody_gave_out_is_not_found(stage: Stage, address: str, name: str, cursor: str) -> None:
    visitor = Visitor(stage.app, None if name == "guest" else stage.world.members[name])
    answer = visitor.get(f"{address}{'&' if '?' in address else '?'}before={cursor}")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/no/such/page",
        "/c/no-such",
        "/c/%00",
        "/u/nobody",
        "/u/%00",
        "/tags/none",
        "/tags/%00",
        "/media/none.webp",
        "/static/none.css",
        "/?view=none",
        "/reset/%00",
        "/confirm/%00",
        "/rules/changes?from=x&to=1",
        "/%ff",
        "/c/" + "x" * 5000,
    ],
)
def test_addresses_of_nothing_are_not_found(stage: Stage, address: str) -> None:
    assert Visitor(stage.app).get(address).status_code in {404, 410}


@pytest.mark.parametrize("chosen", ["xx", "", "de_DE", "../../etc", "\u00e4", "x" * 3000])
def test_an_unknown_language_is_passed_over(stage: Stage, chosen: str) -> None:
    visitor = Visitor(stage.app, language="de")
    assert read(visitor.get("/", headers={"Cookie": f"language={chosen}"})).html["lang"] == "de"
    assert visitor.get("/", query_string={"language": chosen}).status_code == 200
    assert visitor.post("/language", language=chosen).status_code == 400
    for accepted in ("xx", "fr;q=abc", "*", ",,,", "de" * 2000):
        assert visitor.get("/", headers={"Accept-Language": accepted}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("en-GB,de;q=0.5", "en"),
        ("de-AT,en;q=0.9", "de"),
        ("fr-CH, en;q=0.3, de;q=0.8", "de"),
        ("de;q=0, en-US;q=0.1", "en"),
        ("EN-us", "en"),
    ],
)
def test_the_browsers_first_wish_counts(stage: Stage, asked: str, language: str) -> None:
    assert read(Visitor(stage.app, language=asked).get("/")).html["lang"] == language


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\x00"]
)
def test_nobody_is_led_to_another_site(stage: Stage, target: str) -> None:
    visitor = Visitor(stage.app)
    answer = visitor.post("/login", username="newcomer", password="ein gutes Passwort 42", next=target)
    assert answer.headers["Location"] == "/"


# ---------------------------------------------------------------- what stands in the way, with the text kept


def test_anothers_post_is_not_edited(stage: Stage, member: Visitor) -> None:
    answer = member.post(stage.world.address("/p/{own}/edit"), body="Mine now", base_revision="1")
    assert answer.status_code == 403
    stored = db.session.scalar(sa.select(POSTS.c.body).where(POSTS.c.id == stage.world.places["own"]))
    assert stored == "Thank you, that helps."


def test_a_reply_to_a_closed_thread_is_kept(stage: Stage, member: Visitor) -> None:
    answer = member.post(stage.world.address("/t/{closed}/reply"), body="A long thought")
    assert answer.status_code == 409
    assert "A long thought" in answer.get_data(as_text=True)
    assert "A long thought" in member.get("/drafts").get_data(as_text=True)


def test_a_form_without_its_token_comes_back_with_everything_in_it(stage: Stage, member: Visitor) -> None:
    answer = member.post_without_token("/new", **_form(stage, title='A "title" <b>', body="A long\n\nthought & more"))
    assert answer.status_code == 400
    form = read(answer).find("form", id="again")
    fields = {one["name"]: one.get("value") or one.get_text() for one in form.find_all(["input", "textarea"])}
    assert fields["title"].strip() == 'A "title" <b>'
    assert fields["body"].strip() == "A long\n\nthought & more"
    sent_again = member.client.post(form["action"], data=fields)
    assert sent_again.status_code == 303
    assert _stored(sent_again).body == "A long\n\nthought & more"


def test_passwords_are_not_repeated_when_the_token_is_missing(stage: Stage) -> None:
    answer = Visitor(stage.app).post_without_token("/login", username="newcomer", password="ein gutes Passwort 42")
    assert answer.status_code == 400
    assert "ein gutes Passwort" not in answer.get_data(as_text=True)


def _end_session(visitor: Visitor) -> None:
    """As from another device: the browser still has its cookie."""
    with visitor.client.session_transaction() as session, transaction():
        members.sign_out(session["_user_id"])


def _sign_in(visitor: Visitor, login: Any) -> TestResponse:
    fields = {one["name"]: one.get("value", "") for one in login.find_all("input")}
    return visitor.client.post("/login", data={**fields, "username": "newcomer", "password": "ein gutes Passwort 42"})


def test_a_text_typed_when_the_session_had_ended_is_there_after_signing_in(stage: Stage, member: Visitor) -> None:
    token = member.token()
    _end_session(member)
    address = stage.world.address("/t/{thread}/reply")
    answer = member.client.post(address, data={"csrf_token": token, "body": "What I had typed for an hour"})
    signed_in = _sign_in(member, read(answer).find("form", id="login"))
    assert signed_in.status_code == 303
    page = read(member.get(signed_in.headers["Location"].split("#")[0]))
    assert page.select_one("#reply textarea").get_text().strip() == "What I had typed for an hour"


def test_any_other_form_waits_until_its_member_has_signed_in_again(stage: Stage, member: Visitor) -> None:
    token = member.token()
    _end_session(member)
    sent = {"csrf_token": token, "rule": stage.world.address("{rule}"), "text": "He has insulted me all day"}
    answer = member.client.post(stage.world.address("/report?post={post}"), data=sent)
    for status in (403, 400):  # signed out; signed in again, with another token
        assert answer.status_code == status
        page = read(answer)
        form = page.find("form", id="again")
        assert form.find("textarea", attrs={"name": "text"}).get_text().strip() == sent["text"]
        assert bool(page.select_one('main a[href="/login"][target=_blank]')) is (status == 403)
        if status == 403:
            assert _sign_in(member, read(member.get("/login")).find("form", id="login")).status_code == 303
        fields = {one["name"]: one.get("value") or one.get_text() for one in form.find_all(["input", "textarea"])}
        answer = member.client.post(form["action"], data=fields)
    assert answer.status_code == 303
    assert sent["text"] in words(member.get(answer.headers["Location"]))


def test_a_script_is_not_told_that_a_draft_was_kept_when_the_session_had_ended(stage: Stage, member: Visitor) -> None:
    token = member.token()
    _end_session(member)
    headers = {"X-CSRFToken": token, **JSON}
    answer = member.client.post("/drafts/keep?place=new", data={"body": "A thought"}, headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "sign-in")


def test_a_reply_that_is_sent_twice_is_stored_once(stage: Stage, member: Visitor) -> None:
    address = stage.world.address("/t/{thread}/reply")
    before = _count(POSTS)
    answers = [member.post(address, body="Only once", submission="the-same") for _ in range(3)]
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert _count(POSTS) == before + 1
    changed = member.post(address, body="Something else", submission="the-same")
    assert changed.status_code == 409
    assert read(changed).select_one("#reply textarea").get_text().strip() == "Something else"
    assert _count(POSTS) == before + 1


def test_two_who_edit_at_once_see_both_texts(stage: Stage) -> None:
    author = Visitor(stage.app, stage.world.members["author"])
    moderator = Visitor(stage.app, stage.world.members["moderator"])
    address = stage.world.address("/p/{own}/edit")
    assert moderator.post(address, body="The moderator's text", base_revision="1").status_code == 303
    answer = author.post(address, body="The author's text", base_revision="1")
    assert answer.status_code == 409
    page = read(answer)
    assert page.select_one("textarea[name=body]").get_text().strip() == "The author's text"
    assert "The moderator's text" in words(answer)
    again = author.post(address, body="Both texts", base_revision=page.select_one("[name=base_revision]")["value"])
    assert again.status_code == 303


@pytest.mark.parametrize("name", ["unconfirmed", "waiting", "silenced", "owing"])
def test_who_may_not_publish_yet_keeps_the_text(stage: Stage, name: str) -> None:
    visitor, before = Visitor(stage.app, stage.world.members[name]), _count(POSTS)
    answer = visitor.post(stage.world.address("/t/{thread}/reply"), body="For later")
    assert answer.status_code == 303
    assert _count(POSTS) == before
    kept = db.session.scalars(sa.select(DRAFTS.c.body).where(DRAFTS.c.member_id == visitor.actor.id)).all()
    assert kept == ["For later"]


def test_an_accepted_rulebook_sends_what_had_waited(stage: Stage) -> None:
    visitor = Visitor(stage.app, stage.world.members["owing"])
    answer = visitor.post(stage.world.address("/t/{thread}/reply"), body="After accepting")
    page = read(visitor.get(answer.headers["Location"]))
    form = page.find("form", id="accept") or page.find("main").find("form")
    fields = {one["name"]: one.get("value", "") for one in form.find_all("input") if one.get("type") != "checkbox"}
    accepted = visitor.client.post(form["action"], data={**fields, "accept": "y"})
    assert accepted.status_code == 303
    assert "After accepting" in words(Visitor(stage.app).get(accepted.headers["Location"].split("#")[0]))
