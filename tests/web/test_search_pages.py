"""The search page, the field in the header, and similar threads as pages show them."""

from urllib.parse import quote, urlencode

import pytest
from flask import Flask

from forum.core.database import db, transaction
from forum.core.worker import drain
from forum.search.models import GENERATIONS
from tests.factories import threads as make
from tests.factories.visitor import Visitor, read, words
from tests.search.test_finding import STRANGE


def settle(app: Flask) -> None:
    drain(app.extensions["settings"])


def search(visitor: Visitor, raw: str, **more: str) -> str:
    return "/search?" + urlencode({"q": raw, **more}, errors="surrogatepass")


def test_the_field_stands_in_the_header_of_every_page_and_needs_no_token(app: Flask) -> None:
    page = read(Visitor(app).get("/"))
    form = page.select_one("header form[role=search]")
    assert form is not None
    assert (form.get("method"), form["action"]) == (None, "/search")
    assert [field["name"] for field in form.select("input")] == ["q"]
    assert page.select_one('header a[href="/search"]') is not None


def test_what_fits_is_listed_with_its_matches_marked(app: Flask) -> None:
    thread = make.thread(make.member("anna"), make.category(), "Boilers leak", "The *gasket* is worn.", tags="boiler")
    settle(app)
    page = read(Visitor(app).get("/search?q=boiler+gasket"))
    results = page.select_one(".search-results")
    assert not page.select(".search-results :is(nav, header, footer, main)")  # only what was found
    assert results is not None
    link = results.select_one(".row-title a")
    assert link is not None
    assert link["href"] == thread.address
    assert {mark.get_text() for mark in results.select("mark")} == {"Boilers", "gasket"}
    assert results.select_one('a[href="/tags/boiler"]') is not None
    field = page.select_one("#q")
    assert field is not None
    assert field["value"] == "boiler gasket"
    assert page.select_one('meta[name="robots"]') is not None


def test_a_tag_alone_does_not_pass_for_a_result(app: Flask) -> None:
    leak = make.thread(make.member("anna"), make.category(), "Boilers leak", "The gasket is worn.", tags="boiler")
    settle(app)
    page = read(Visitor(app).get("/search?q=boiler+xylophone"))
    assert page.select_one('.search-results a[href="/tags/boiler"]') is not None
    assert not page.select(".hit")
    assert "Nothing fits exactly" in words(Visitor(app).get("/search?q=boiler+xylophone"))
    assert [link["href"] for link in page.select(".similar-list a")] == [leak.address]
    assert "No post fits" in words(Visitor(app).get("/search?q=anna"))


def test_what_others_wrote_stays_text(app: Flask) -> None:
    make.thread(make.member(), make.category(), "<b>Boiler</b> & <i>co</i>", "`<script>boiler()</script>`")
    settle(app)
    for raw in ("boiler", "<script>boiler</script>", '"><img src=x onerror=boiler>'):
        results = read(Visitor(app).get(search(Visitor(app), raw))).select_one(".search-results")
        assert results is not None
        assert not results.select("script, img, b, i")
    title = read(Visitor(app).get("/search?q=boiler")).select_one(".row-title")
    assert title is not None
    assert title.get_text() == "<b>Boiler</b> & <i>co</i>"


@pytest.mark.parametrize("language", ["en", "de"])
def test_whatever_is_typed_gets_a_page(app: Flask, language: str) -> None:
    make.thread(make.member(), make.category(), "A field of words", "word x")
    settle(app)
    visitor = Visitor(app, language=language)
    for raw in STRANGE:
        answer = visitor.get("/search?q=" + quote(raw, errors="surrogatepass"))
        assert answer.status_code == 200, raw
        page = read(answer)
        assert page.select_one(".search-results") is not None, raw
        if raw.strip():
            assert page.select(".search-results .hit, .search-results .banner, .search-results .empty"), raw


def test_a_search_that_says_too_little_is_told_so(app: Flask) -> None:
    settle(app)
    visitor = Visitor(app)
    assert "no word in it" in words(visitor.get("/search?q=😀"))
    assert "stands in almost every text" in words(visitor.get("/search?q=the+of"))
    assert "is no filter" in words(visitor.get("/search?q=field:value"))
    assert "is no date" in words(visitor.get("/search?q=boiler+before:soon"))
    assert "a lot of text" in words(visitor.get("/search?q=" + "boiler+" * 1_500))


def test_kinds_are_chosen_one_at_a_time_and_say_so_in_the_field(app: Flask) -> None:
    anna, topic = make.member(), make.category()
    make.thread(anna, topic, "A boiler question", kind="question")
    make.thread(anna, topic, "A boiler discussion")
    settle(app)
    visitor = Visitor(app)
    page = read(visitor.get("/search?q=boiler"))
    links = {link.get_text(): link["href"] for link in page.select("nav[aria-label='Look among'] a")}
    assert len(page.select(".hit")) == 2
    chosen = read(visitor.get(str(links["Questions"])))
    assert [hit.get_text() for hit in chosen.select(".row-title")] == ["A boiler question"]
    current = chosen.select_one("nav[aria-label='Look among'] [aria-current]")
    assert current is not None
    assert current.get_text() == "Questions"
    links = {link.get_text(): link["href"] for link in chosen.select("nav[aria-label='Look among'] a")}
    assert links["Everything"] == "/search?q=boiler"
    assert links["Discussions"] == "/search?q=boiler+is%3Adiscussion"


def test_the_order_is_kept_through_pages_and_kinds(app: Flask) -> None:
    anna, topic = make.member(), make.category()
    thread = make.thread(anna, topic, "A boiler")
    for number in range(30):
        make.reply(anna, thread.thread_id, f"A boiler {number}")
    settle(app)
    visitor = Visitor(app)
    page = read(visitor.get("/search?q=boiler&order=newest"))
    older = page.select_one('a[rel="next"]')
    assert older is not None
    assert "order=newest" in str(older["href"])
    assert len(page.select(".hit")) == 20
    assert len(read(visitor.get(str(older["href"]))).select(".hit")) == 11
    assert all("order=newest" in str(link["href"]) for link in page.select("nav[aria-label='Look among'] a"))
    assert visitor.get("/search?q=boiler&before=nonsense").status_code == 404
    assert visitor.get("/search?q=boiler&order=oldest").status_code == 404


def test_nothing_found_invites(app: Flask) -> None:
    settle(app)
    visitor = Visitor(app)
    assert "Nothing found for this" in words(visitor.get("/search?q=quark"))
    assert "Look everywhere" in words(visitor.get("/search?q=quark+is:solved"))


def test_without_an_index_the_search_says_so_and_the_rest_works(app: Flask) -> None:
    settle(app)
    with transaction():
        db.session.execute(GENERATIONS.delete())
    visitor = Visitor(app)
    answer = visitor.get("/search?q=boiler")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "being set up" in words(answer)
    assert visitor.get("/").status_code == 200
    settle(app)
    assert visitor.get("/search?q=boiler").status_code == 200


def test_all_guests_get_the_same_page(app: Flask) -> None:
    make.thread(make.member(), make.category(), "A boiler")
    settle(app)
    one, two = (Visitor(app).get("/search?q=boiler") for _ in range(2))
    assert one.get_data() == two.get_data()
    assert "Set-Cookie" not in one.headers
    assert "csrf_token" not in one.get_data(as_text=True)


def test_a_guest_who_searches_without_end_is_asked_to_wait(app: Flask) -> None:
    settle(app)
    app.config["RATE_LIMITS"] = True
    visitor = Visitor(app)
    answers = [visitor.get("/search?q=boiler").status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]
    assert visitor.get("/search").status_code == 200


def test_similar_threads_come_by_a_request_of_their_own(app: Flask) -> None:
    anna, topic = make.member(), make.category()
    one, two = (make.thread(anna, topic, f"The valve of the pump leaks {n}") for n in range(2))
    settle(app)
    visitor = Visitor(app)
    box = read(visitor.get(one.address)).select_one("[data-similar]")
    assert box is not None
    assert box["data-similar"] == f"/t/{one.thread_id}/similar?part"
    first = visitor.get(f"/t/{one.thread_id}/similar")
    assert "come back in a minute" in words(first)
    first.close()
    settle(app)
    assert [link["href"] for link in read(visitor.get(str(box["data-similar"]))).select(".similar-list a")] == [
        two.address
    ]
    assert "leaks 1" in words(visitor.get(f"/t/{one.thread_id}/similar"))


def test_a_thread_called_similar_is_still_reached(app: Flask) -> None:
    thread = make.thread(make.member(), make.category(), "Similar", "The text of it.")
    visitor = Visitor(app)
    moved = visitor.get(f"/t/{thread.thread_id}")
    assert "The text of it." in words(visitor.get(moved.headers["Location"]))


def test_somebody_who_starts_a_thread_sees_what_is_there(app: Flask) -> None:
    anna, topic = make.member(), make.category()
    there = make.thread(anna, topic, "The valve of the pump leaks")
    settle(app)
    visitor = Visitor(app, anna)
    part = read(visitor.get("/new/similar?title=" + quote("Pump with a leaking valve")))
    assert [link["href"] for link in part.select("a")] == [there.address]
    assert not read(visitor.get("/new/similar?title=Pump")).select("a")
    answer = visitor.post("/new", title="Pump with a leaking valve", body="It drips.", look="1")
    page = read(answer)
    assert answer.status_code == 200
    assert [link["href"] for link in page.select(".similar-list a")] == [there.address]
    body = page.select_one("textarea[name=body]")
    assert body is not None
    assert "It drips." in body.get_text()
