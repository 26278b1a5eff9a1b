"""The first run through its pages: who may set a community up, each screen, skipping, coming back, and the end."""

from collections.abc import Iterator
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from forum.community import queries as community
from forum.community.actions import set_up
from forum.core import audit
from forum.core.actor import SYSTEM, Actor
from forum.core.database import db, transaction
from forum.core.errors import Denied, NotFound
from forum.http import request_log
from forum.members.queries import actor_of, find_account
from forum.rules import queries as rulebooks
from forum.setup import actions, queries
from forum.setup.models import SETUP
from forum.threads.models import CATEGORIES
from forum.web.setup import look as setup_look
from tests.factories.accounts import a_member, browser, sign_in_by_form, submit
from tests.factories.setup import KIM, NAMED, a_link, least, not_set_up
from tests.factories.two_factor import switched_on
from tests.media.samples import a_picture
from tests.system.statements import counted


@pytest.fixture
def new(app: Flask) -> Iterator[Flask]:
    """An installation that nobody has set up."""
    with not_set_up():
        yield app


def comer(app: Flask, language: str = "en") -> FlaskClient:
    """A browser that has opened a new link."""
    client = browser(app)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    assert press(client, a_link()).status_code == 303
    return client


def press(client: FlaskClient, link: str) -> Any:
    """Opens a link and presses its button."""
    return submit(client, link, "open-link")


def go(client: FlaskClient, *screens: str) -> Any:
    """Passes these screens, with little in each."""
    answer = None
    for screen in screens:
        answer = submit(client, f"/setup/{screen}", screen, **least(screen))
        assert answer.status_code == 303, (screen, said(answer))
    return answer


def token_on(client: FlaskClient, address: str) -> str:
    """The token of a page's forms."""
    page = BeautifulSoup(client.get(address).text, "html5lib")
    return str(page.find("input", attrs={"name": "csrf_token"})["value"])  # type: ignore[index]


def said(answer: Any) -> str:
    main = BeautifulSoup(answer.text, "html5lib").find(id="main")
    return " ".join(main.text.split()) if main else answer.text


def at(client: FlaskClient) -> str:
    """Where `/setup` leads."""
    return str(client.get("/setup").headers.get("Location"))


def acts() -> list[str]:
    return list(db.session.scalars(sa.select(audit.AuditEntry.act).order_by(audit.AuditEntry.id)))


# ---------------------------------------------------------------- the whole story


@pytest.mark.parametrize(("language", "name", "welcome"), [("de", "Runde", "offen"), ("en", "Circle", "open")])
def test_a_community_is_set_up_in_five_screens_and_opened(new: Flask, language: str, name: str, welcome: str) -> None:
    client = comer(new, language)
    assert at(client) == "/setup/community"
    assert submit(client, "/setup/community", "community", **NAMED).headers["Location"] == "/setup/look"
    assert submit(client, "/setup/look", "look", brand_colour="#D4002A").headers["Location"] == "/setup/account"
    assert submit(client, "/setup/account", "account", **KIM).headers["Location"] == "/setup/legal"
    written = submit(client, "/setup/legal", "legal", **{"imprint-body_de": "Wir.", "imprint-body_en": "We."})
    assert written.headers["Location"] == "/setup/start"
    begun = submit(client, "/setup/start", "start", categories=["help", "ideas"], **{"name-help-de": "Rat"})
    assert begun.headers["Location"] == "/setup/open"
    assert name in client.get("/setup/open").text
    assert client.get("/setup/open").text.count("circle-check") == 7
    guest = browser(new)
    guest.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    assert guest.get("/").status_code == 503
    assert submit(client, "/setup/open", "open").headers["Location"] == "/"
    assert welcome in client.get("/").text
    here = community.current()
    assert (here.names, here.brand_colour, here.legal_texts) == (
        {"de": "Runde", "en": "Circle"},
        "#d4002a",
        ["imprint"],
    )
    front = guest.get("/")
    assert (front.status_code, name in front.text) == (200, True)
    slugs = list(db.session.scalars(sa.select(CATEGORIES.c.slug).order_by(CATEGORIES.c.position)))
    assert slugs == ["questions-and-help", "ideas"]
    assert guest.get("/ideas").status_code == 200
    book = rulebooks.current()
    assert book is not None
    assert len(book.rules) == 7
    assert find_account("kim").accepted_version == 1  # type: ignore[union-attr]
    account = ["member.create", "member.roles"]
    assert acts() == [
        *("setup.begin", "community.change", "community.change", *account, "legal-text.change"),
        "category.create",
        "category.create",
        "idea.area-create",
        "rulebook.publish",
        "setup.finish",
    ]


def test_the_team_signs_in_in_two_steps_once_it_is_open_and_nobody_is_locked_out(new: Flask) -> None:
    client = comer(new)
    go(client, "community", "look", "account", "legal", "start")
    assert community.current().two_factor_roles is None
    submit(client, "/setup/open", "open")
    assert community.current().two_factor_roles == ["moderator", "product", "manager", "admin"]
    assert "asks for two-step sign-in" in said(client.get("/"))
    assert client.get("/admin").headers["Location"] == "/settings/two-factor?next=/admin"
    switched_on(find_actor("kim"))
    assert client.get("/admin").status_code == 200


def find_actor(name: str) -> Actor:
    account = find_account(name)
    assert account is not None
    return actor_of(account.id)


def test_what_is_optional_can_be_skipped_and_the_last_page_says_where_it_is(new: Flask) -> None:
    client = comer(new)
    go(client, "community", "look", "account", "legal", "start")
    page = BeautifulSoup(client.get("/setup/open").text, "html5lib")
    missing = {row.b.text: row.a["href"] for row in page.select(".setup-items li") if "Add" in row.text}  # type: ignore[union-attr,index]
    assert missing == {
        "Look": "/admin/look",
        "Logo": "/admin/logo",
        "Imprint": "/admin/legal/imprint",
        "Privacy": "/admin/legal/privacy",
        "Terms of use": "/admin/legal/terms",
        "Contact": "/admin/legal/contact",
        "Accessibility": "/admin/legal/accessibility",
        "Categories": "/admin/categories",
        "Rulebook": "/admin/rules",
    }
    for link in page.select(".setup-items a"):
        assert client.get(str(link["href"])).status_code == 200
    submit(client, "/setup/open", "open")
    assert rulebooks.current() is None
    assert browser(new).get("/").status_code == 200


def test_a_double_press_of_the_last_button_opens_it_once(new: Flask) -> None:
    client = comer(new)
    go(client, "community", "look", "account", "legal", "start")
    token = token_on(client, "/setup/open")
    for _ in range(2):
        answer = client.post("/setup/open", data={"csrf_token": token})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert acts().count("setup.finish") == 1
    assert client.get("/setup/open").status_code == 404


# ---------------------------------------------------------------- everybody else


def test_guests_get_one_quiet_page_that_is_the_same_for_all(new: Flask) -> None:
    pages = [browser(new).get(address) for address in ("/", "/", "/register", "/admin", "/t/1", "/setup", "/nothing")]
    assert {(page.status_code, page.headers["Retry-After"], page.data) for page in pages} == {
        (503, "600", pages[0].data)
    }
    assert {page.headers["Cache-Control"] for page in pages} == {"no-store"}
    assert [page for page in pages if "Set-Cookie" in page.headers or "csrf" in page.text] == []
    problem = browser(new).get("/api/v1/ideas")
    assert (problem.status_code, problem.mimetype) == (503, "application/problem+json")
    assert [browser(new).get(address).status_code for address in ("/healthz", "/readyz", "/login")] == [200] * 3


def test_nobody_can_register_before_it_is_open(new: Flask) -> None:
    client = comer(new)
    token = token_on(client, "/setup/community")
    answer = client.post("/register", data={**KIM, "csrf_token": token})
    assert (answer.status_code, find_account("kim")) == (503, None)


def test_an_installation_with_members_has_no_first_run(new: Flask) -> None:
    client = comer(new)
    a_member("anna")
    assert browser(new).get("/").status_code == 200
    assert client.get("/setup").status_code == 404
    with transaction():
        assert actions.new_link() is None
    assert db.session.execute(sa.select(SETUP)).all() == []


# ---------------------------------------------------------------- the link


def test_a_link_opens_once_and_leads_to_an_address_without_its_secret(new: Flask) -> None:
    link, first = a_link(), browser(new)
    for previewer in (browser(new), browser(new)):
        assert [previewer.head(link).status_code, previewer.get(link).status_code] == [200, 200]
        assert previewer.get("/setup/community").status_code == 503
        assert previewer.post(link).status_code == 400
    assert first.get(link).headers["Cache-Control"] == "no-store"
    opened = press(first, link)
    assert (opened.status_code, opened.headers["Location"]) == (303, "/setup")
    assert (opened.headers["Referrer-Policy"], opened.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert first.get(link).headers["Location"] == "/setup"
    assert browser(new).get(link).status_code == 410
    assert first.get("/setup/community").status_code == 200
    with new.test_request_context(link):
        assert request_log.place() == "/setup/link/…"


@pytest.mark.parametrize("wrong", ["x", "%00", "ä" * 300])
def test_a_link_that_was_never_printed_opens_nothing(new: Flask, wrong: str) -> None:
    a_link()
    client = browser(new)
    assert client.get(f"/setup/link/{wrong}").status_code == 410
    assert client.get("/setup/community").status_code == 503


def test_a_new_link_ends_the_one_before(new: Flask) -> None:
    older, newer = a_link(), a_link()
    assert browser(new).get(older).status_code == 410
    assert press(browser(new), newer).status_code == 303


def test_of_two_at_once_the_newest_goes_on_where_the_other_stopped(new: Flask) -> None:
    first = comer(new)
    go(first, "community")
    token = token_on(first, "/setup/look")
    a_link()
    assert at(first) == "/setup/look"
    second = comer(new)
    assert at(second) == "/setup/look"
    assert "Circle" in second.get("/setup/community").text
    late = first.post("/setup/look", data={"brand_colour": "#d4002a", "corners": "soft", "csrf_token": token})
    assert (late.status_code, community.current().brand_colour) == (503, "#006176")


def test_a_browser_that_is_replaced_while_it_sends_changes_nothing(new: Flask) -> None:
    with transaction():
        link = actions.new_link() or ""
    with transaction():
        key = actions.open_link(link) or ""
    comer(new)
    with pytest.raises(Denied, match="setup-elsewhere"), transaction(SYSTEM) as system:
        actions.pass_screen(system, key, 1)


def test_whoever_knows_the_link_has_nothing_once_there_is_an_account(new: Flask) -> None:
    client, link = comer(new), a_link()
    go(client, "community", "look", "account")
    other = browser(new)
    assert other.get(link).headers["Location"] == "/setup"
    assert other.get("/setup").headers["Location"] == "/login?next=/setup"
    assert other.get("/setup/legal").headers["Location"] == "/login?next=/setup/legal"
    assert browser(new).get("/").status_code == 503
    assert "Sign in" in said(browser(new).get("/"))
    with transaction():
        assert actions.new_link() is None
    row = db.session.execute(sa.select(SETUP.c.link_hash, SETUP.c.browser_hash)).one()
    assert tuple(row) == (None, None)
    with pytest.raises(Denied, match="sign-in"), transaction(SYSTEM) as system:
        actions.pass_screen(system, "", 3)


def test_the_administrator_goes_on_in_any_browser_by_signing_in(new: Flask) -> None:
    go(comer(new), "community", "look", "account", "legal")
    other = browser(new)
    assert sign_in_by_form(other, "kim", next="/setup").headers["Location"] == "/setup"
    assert at(other) == "/setup/start"
    assert "Go on with setting it up" in other.get("/admin").text
    go(other, "start")
    assert submit(other, "/setup/open", "open").status_code == 303
    assert "Go on with setting it up" not in other.get("/admin").text


# ---------------------------------------------------------------- from screen to screen


def test_a_screen_is_there_when_those_before_it_are_passed_and_going_back_works(new: Flask) -> None:
    client = comer(new)
    for ahead in ("look", "account", "legal", "start", "open"):
        assert client.get(f"/setup/{ahead}").headers["Location"] == "/setup"
    go(client, "community", "look", "account", "legal")
    again = submit(client, "/setup/community", "community", name_en="Round table")
    assert (again.status_code, at(client)) == (303, "/setup/start")
    assert community.current().names == {"de": "Runde", "en": "Round table"}
    account = client.get("/setup/account")
    assert "signed in as kim" in said(account)
    steps = BeautifulSoup(account.text, "html5lib").select(".setup-steps li")
    assert [bool(step.find("a")) for step in steps] == [True, True, False, True, False]
    assert steps[2].select_one("[aria-current=step]").text == "3. Account"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("screen", "values", "field", "reason"),
    [
        ("community", NAMED | {"name_en": ""}, "name_en", "Please fill this in."),
        ("community", NAMED | {"name_en": "x" * 61}, "name_en", "at most 60"),
        ("community", NAMED | {"languages": None}, "languages", "Please fill this in."),
        ("community", NAMED | {"time_zone": "Moon/Crater"}, "time_zone", "Please choose"),
        ("look", {"brand_colour": "red"}, "brand_colour", "isn't a colour"),
        ("account", KIM | {"username": "k"}, "username", "at least 2"),
        ("account", KIM | {"username": ""}, "username", "Please fill this in."),
        ("account", KIM | {"email": "kim@"}, "email", "e-mail address"),
        ("account", KIM | {"password": "short"}, "password", "at least 10"),
        ("account", KIM | {"display_name": "a\u202eb"}, "display_name", "invisible"),
    ],
)
def test_what_is_refused_comes_back_with_the_reason_beside_it(
    new: Flask, screen: str, values: dict[str, Any], field: str, reason: str
) -> None:
    client = comer(new)
    go(client, *queries.SCREENS[: queries.SCREENS.index(screen)])
    before = at(client)
    answer = submit(client, f"/setup/{screen}", screen, **values)
    page = BeautifulSoup(answer.text, "html5lib")
    assert answer.status_code == 400
    assert reason in page.find(id=f"{field}-error").text  # type: ignore[union-attr]
    for name, value in values.items():
        if isinstance(value, str) and name not in {"password", "time_zone"}:
            assert page.find(id=name)["value"] == value  # type: ignore[index]
    assert at(client) == before


def test_the_language_can_be_chosen_before_anything_else(new: Flask) -> None:
    client = comer(new, "fr, en;q=0.5")
    assert "What is your community called?" in said(client.get("/setup/community"))
    answer = client.post(
        "/language", data={"language": "de", "next": "/setup", "csrf_token": token_on(client, "/setup/community")}
    )
    assert answer.headers["Location"] == "/setup"
    page = client.get("/setup/community")
    assert "Wie heißt deine Community?" in said(page)
    assert (
        BeautifulSoup(page.text, "html5lib")
        .find("input", attrs={"name": "default_language", "value": "de"})
        .has_attr("checked")
    )  # type: ignore[union-attr]


def test_the_colour_can_be_looked_at_before_it_is_kept(new: Flask) -> None:
    client = comer(new)
    go(client, "community")
    shown = submit(client, "/setup/look", "look", brand_colour="#d4002a", show="1")
    assert "preview.css?colour=%23d4002a" in shown.text
    assert at(client) == "/setup/look"
    assert ".preview" in client.get("/setup/preview.css?colour=%23d4002a&corners=round").text
    assert browser(new).get("/setup/preview.css?colour=%23d4002a&corners=round").status_code == 503


def test_a_logo_is_uploaded_with_the_look_and_a_bad_one_is_refused_beside_its_field(new: Flask) -> None:
    client = comer(new)
    go(client, "community")
    bad = submit(client, "/setup/look", "look", light=(BytesIO(b"no picture"), "logo.png"))
    assert BeautifulSoup(bad.text, "html5lib").find(id="light-error")
    assert (at(client), community.current().logo) == ("/setup/look", None)
    submit(client, "/setup/look", "look", light=(BytesIO(a_picture(size=(200, 60))), "logo.png"))
    logo = community.current().logo
    assert logo is not None
    assert f'src="/media/{logo.light}"' in client.get("/setup/look").text
    assert browser(new).get(f"/media/{logo.light}").status_code == 200
    submit(client, "/setup/look", "look", brand_colour="#d4002a")
    assert community.current().logo == logo


def test_a_look_that_somebody_changed_meanwhile_keeps_what_was_typed(
    new: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = comer(new)
    go(client, "community")
    stale = community.current()
    with transaction():
        set_up(brand_colour="#00aa00")
    with monkeypatch.context() as patch:
        patch.setattr(setup_look, "viewer", SimpleNamespace(community=lambda: stale))
        answer = submit(client, "/setup/look", "look", brand_colour="#d4002a")
    page = BeautifulSoup(answer.text, "html5lib")
    assert answer.status_code == 409
    assert page.find(id="brand_colour")["value"] == "#d4002a"  # type: ignore[index]
    assert "meanwhile" in said(answer)
    assert submit(client, "/setup/look", "look", brand_colour="#d4002a").status_code == 303


def test_legal_texts_are_asked_for_in_the_communitys_languages(new: Flask) -> None:
    client = comer(new)
    submit(client, "/setup/community", "community", **{**NAMED, "languages": ["de"], "default_language": "de"})
    go(client, "look", "account")
    fields = BeautifulSoup(client.get("/setup/legal").text, "html5lib").find_all("textarea")
    assert [(field["name"], field["lang"]) for field in fields] == [
        ("imprint-body_de", "de"),
        ("privacy-body_de", "de"),
    ]


def test_a_form_sent_twice_makes_one_account(new: Flask) -> None:
    client = comer(new)
    go(client, "community", "look")
    token = token_on(client, "/setup/account")
    assert client.post("/setup/account", data={**KIM, "csrf_token": token}).headers["Location"] == "/setup/legal"
    token = token_on(client, "/setup/legal")
    again = client.post("/setup/account", data={**KIM, "username": "kim2", "csrf_token": token})
    assert (again.headers["Location"], find_account("kim2")) == ("/setup", None)


def test_drafts_that_nobody_touched_are_not_published_and_blanks_are_told(new: Flask) -> None:
    client = comer(new)
    go(client, "community", "look", "account")
    submit(client, "/setup/legal", "legal")
    assert community.current().legal_texts == []
    submit(client, "/setup/legal", "legal", **{"privacy-body_en": "Write to [address]."})
    assert community.current().legal_texts == ["privacy"]
    assert "square brackets" in said(client.get("/setup/start"))
    assert "Write to [address]." in client.get("/setup/legal").text
    emptied = submit(client, "/setup/legal", "legal", **{"privacy-body_de": "", "privacy-body_en": ""})
    assert (emptied.status_code, community.current().legal_texts) == (400, ["privacy"])
    assert 'id="privacy-body_en-error"' in emptied.text
    refused = submit(client, "/setup/legal", "legal", **{"imprint-body_de": "x" * 100_001, "privacy-body_en": "Kept."})
    assert (refused.status_code, "Kept." in refused.text) == (400, True)
    go(client, "start")
    assert "something in square brackets is missing" in client.get("/setup/open").text


def test_categories_and_rules_are_refused_with_the_reason_beside_them(new: Flask) -> None:
    client = comer(new)
    go(client, "community", "look", "account", "legal")
    for values in (
        {"categories": ["help", "ideas"], "name-ideas-de": "", "name-ideas-en": " "},
        {"categories": ["help", "ideas"], "name-ideas-de": "Rat", "name-ideas-en": "", "name-help-de": "Rat", "name-help-en": ""},
        {"categories": ["help"], "rule-1-text_de": ""} | {"rule-1-text_en": ""},
    ):  # fmt: skip
        refused = submit(client, "/setup/start", "start", **values)
        assert (refused.status_code, "aria-invalid" in refused.text or "Please check this rule" in refused.text) == (
            400,
            True,
        )
        assert db.session.scalar(sa.select(sa.func.count()).select_from(CATEGORIES)) == 0
        assert at(client) == "/setup/start"


def test_a_rule_without_words_is_left_out_and_a_repeat_makes_nothing_twice(new: Flask) -> None:
    client = comer(new)
    go(client, "community", "look", "account", "legal")
    empty = {f"rule-0-{part}_{language}": "" for part in ("title", "text") for language in ("de", "en")}
    sent = {"categories": ["help"], "rule-1-title_en": "On topic", "publish": "y", **empty}
    submit(client, "/setup/start", "start", **sent)
    assert "These are there already: Questions and help" in said(client.get("/setup/start"))
    token = token_on(client, "/setup/start")
    again = {
        "count": "1",
        "rule-0-number": "1",
        "rule-0-title_en": "New",
        "rule-0-text_en": "New.",
        "csrf_token": token,
    }
    assert client.post("/setup/start", data={**sent, **again}).status_code == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CATEGORIES)) == 1
    book = rulebooks.current()
    assert book is not None
    assert book.rules[0].title["en"] == "On topic"
    assert (len(book.rules), len(rulebooks.history())) == (6, 1)


def test_a_community_of_one_language_is_asked_for_that_language_alone(new: Flask) -> None:
    client = comer(new)
    submit(
        client,
        "/setup/community",
        "community",
        **NAMED | {"languages": ["en"], "default_language": "en", "name_de": ""},
    )
    go(client, "look", "account")
    assert 'id="imprint-body_de"' not in client.get("/setup/legal").text
    go(client, "legal")
    assert "name-help-de" not in client.get("/setup/start").text
    submit(client, "/setup/start", "start", categories=["help"])
    book = rulebooks.current()
    assert book is not None
    assert set(book.rules[0].title) == {"en"}


def test_what_breaks_in_the_middle_of_a_screen_leaves_nothing(new: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = comer(new)
    go(client, "community", "look", "account", "legal")
    with monkeypatch.context() as patch:
        patch.setattr("forum.rules.actions.accept", lambda *_: 1 / 0)
        assert submit(client, "/setup/start", "start", categories=["help"]).status_code == 500
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CATEGORIES)) == 0
    assert (rulebooks.current(), at(client)) == (None, "/setup/start")


def test_only_the_team_starts_announcements_and_ideas_have_an_area(new: Flask) -> None:
    client = comer(new)
    go(client, "community", "look", "account", "legal")
    submit(client, "/setup/start", "start")
    submit(client, "/setup/open", "open")
    a_member("anna")
    anna = browser(new)
    sign_in_by_form(anna, "anna")
    offered = BeautifulSoup(anna.get("/new").text, "html5lib").select("[name=category] option")
    names = {option.text.strip() for option in offered}
    assert "Questions and help" in names
    assert "Announcements" not in names
    assert "General" in anna.get("/ideas/new").text


# ---------------------------------------------------------------- the end


def test_when_it_is_open_nothing_is_left_of_it(new: Flask) -> None:
    client, link = comer(new), a_link()
    go(client, "community", "look", "account", "legal", "start")
    token = token_on(client, "/setup/open")
    assert client.post("/setup/open", data={"csrf_token": token}).status_code == 303
    assert client.post("/setup/open", data={"csrf_token": token}).status_code == 303
    for address in ("/setup", link, "/setup/open", *(f"/setup/{screen}" for screen in queries.SCREENS)):
        assert [who.get(address).status_code for who in (client, browser(new))] == [404, 404], address
    assert db.session.execute(sa.select(SETUP)).all() == []


def test_it_is_not_opened_before_every_screen_is_passed(new: Flask) -> None:
    client = comer(new)
    go(client, "community", "look", "account")
    with pytest.raises(NotFound), transaction(actor_of(find_account("kim").id)) as kim:  # type: ignore[union-attr]
        actions.finish(kim)
    assert browser(new).get("/").status_code == 503


def test_a_process_that_has_seen_the_end_asks_no_more(app: Flask) -> None:
    queries.forget()
    client = browser(app)
    client.get("/")
    with counted() as statements:
        client.get("/")
    assert [said for said in statements if "setup" in said] == []
