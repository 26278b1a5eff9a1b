"""What other sites show of a link to this one: words in the page's head, and a card drawn from the brand."""

from io import BytesIO
from threading import Barrier, Event, Thread
from typing import Any, cast

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from forum.core import clock
from forum.core.actor import SYSTEM
from forum.core.database import transaction
from forum.core.settings import installed
from forum.http import cards as http_cards
from forum.http.cards import DRAWN_PER_MINUTE
from forum.http.store import Store
from forum.media import cards
from forum.threads import actions
from tests.factories import threads as make
from tests.factories.accounts import a_group, a_member, browser, sign_in_by_form, submit
from tests.media.samples import a_picture


def meta(client: FlaskClient, address: str) -> dict[str, str]:
    page = BeautifulSoup(client.get(address).text, "html5lib")
    found = page.select('meta[property^="og:"], meta[name^="twitter:"]')
    return {str(one.get("property") or one.get("name")): str(one["content"]) for one in found}


def path(address: str) -> str:
    assert address.startswith(installed().base_url + "/")
    return address.removeprefix(installed().base_url)


def drawn(client: FlaskClient, address: str) -> Image.Image:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert len(answer.data) < 200_000
    return Image.open(BytesIO(answer.data))


def colours(image: Image.Image, box: tuple[int, int, int, int]) -> set[Any]:
    return {colour for _count, colour in image.crop(box).getcolors(1_000_000)}


TITLE = (84, 200, 1120, 560)


def test_a_threads_page_says_what_it_is_and_shows_a_card(app: Flask) -> None:
    category = make.category()
    posted = make.thread(a_member("anna"), category, title="Größe & Maße: 20 < 28?", body="Wie groß ist **groß**?")
    guest = browser(app)
    said = meta(guest, posted.thread_address)
    assert said["og:title"] == "Größe & Maße: 20 < 28?"
    assert said["og:description"] == "Wie groß ist groß?"
    assert path(said["og:url"]) == posted.thread_address
    assert said["twitter:card"] == "summary_large_image"
    card = drawn(guest, path(said["og:image"]))
    assert card.size == (int(said["og:image:width"]), int(said["og:image:height"])) == (1200, 630)
    assert len(colours(card, TITLE)) > 10


@pytest.mark.parametrize("address", ["/", "/c/news", "/ideas"])
def test_other_pages_show_the_communitys_card(app: Flask, address: str) -> None:
    make.category("News")
    said = meta(browser(app), address)
    assert said["og:title"]
    assert path(said["og:image"]).startswith("/card/en.png?")
    assert drawn(browser(app), path(said["og:image"])).size == (1200, 630)


def test_cards_follow_the_brand(app: Flask) -> None:
    a_member("boss", roles=("admin",))
    client, guest = browser(app), browser(app)
    sign_in_by_form(client, "boss")
    before = meta(guest, "/")["og:image"]
    submit(client, "/admin/look", "look", brand_colour="#d4002a")
    submit(
        client, "/admin/logo", "logo", dark=None, light=(BytesIO(a_picture(size=(300, 100), colour="#123456")), "a.png")
    )
    after = meta(guest, "/")["og:image"]
    assert after != before
    card = drawn(guest, path(after))
    bar = card.getpixel((600, 625))
    assert isinstance(bar, tuple)
    assert bar[0] > max(bar[1:])
    logo = card.getpixel((150, 110))
    assert isinstance(logo, tuple)
    assert max(abs(one - wanted) for one, wanted in zip(logo, (0x12, 0x34, 0x56), strict=True)) < 6


def test_nothing_of_a_private_category_leaks(app: Flask) -> None:
    group = a_group("partners")
    anna = a_member("anna", groups=(group,))
    category = make.category("Partners", frozenset({(verb, group) for verb in ("see", "start", "reply")}))
    posted = make.thread(anna, category, title="Secret plan")
    member, guest = browser(app), browser(app)
    sign_in_by_form(member, "anna")
    assert member.get(posted.thread_address).status_code == 200
    assert meta(member, posted.thread_address) == {}
    for client in (member, guest):
        assert client.get(f"/t/{posted.thread_id}/card.png").status_code == 404


def test_a_thread_that_is_gone_has_no_card(app: Flask) -> None:
    posted = make.thread(a_member("anna"), make.category())
    address = f"/t/{posted.thread_id}/card.png"
    assert browser(app).get(address).status_code == 200
    with transaction(SYSTEM) as system:
        actions.remove_post(system, posted.post_id)
    assert browser(app).get(address).status_code == 410


@pytest.mark.parametrize("title", ["Привет, мир!", "日本語のタイトル", "🎉🎉🎉"])
def test_a_title_that_the_font_lacks_leaves_the_communitys_card(app: Flask, title: str) -> None:
    posted = make.thread(a_member("anna"), make.category(), title=title)
    assert path(meta(browser(app), posted.thread_address)["og:image"]).startswith("/card/")


@pytest.mark.parametrize(
    ("written", "drawn"),
    [("Größe, „Maße“ – 5 €", "Größe, „Maße“ – 5 €"), ("Ja 🎉 doch!", "Ja doch!"), ("Škoda\u202e\u200d  x", "Skoda x")],
)
def test_what_the_font_lacks_is_left_out_of_a_title(written: str, drawn: str) -> None:
    assert cards.drawable(written) == drawn


@pytest.mark.parametrize("title", ["kurz", "Wort " * 60, "Donaudampfschifffahrtselektrizitäten" * 8, "x", ""])
def test_however_long_a_title_is_it_stays_on_its_card(title: str) -> None:
    made = Image.open(BytesIO(cards.card(cards.Card("#0d6478", b"", "Velomark " * 20, title, "Worte. " * 60))))
    ground = made.getpixel((2, 2))
    for edge in ((0, 0, 80, 600), (1121, 0, 1200, 600), (0, 596, 1200, 608)):
        assert colours(made, edge) == {ground}


def test_a_long_word_is_broken_with_few_measurements() -> None:
    measured = []

    class Font:
        def getlength(self, words: str) -> float:
            measured.append(words)
            return len(words) * 10.0

    pieces = list(cards._words("W" * 200, cast(Any, Font()), 255))
    assert [len(piece) for piece in pieces] == [25] * 8
    assert len(measured) < 100


def test_one_network_may_have_few_cards_drawn_in_a_minute_and_kept_ones_as_often_as_it_likes(app: Flask) -> None:
    app.config["RATE_LIMITS"] = True
    category, anna = make.category(), a_member("anna")
    addresses = [
        f"/t/{make.thread(anna, category, title=f'Title {n}').thread_id}/card.png" for n in range(DRAWN_PER_MINUTE)
    ]
    guest = browser(app)
    with time_machine.travel(clock.now(), tick=False):
        assert [guest.get(one).status_code for one in addresses] == [200] * len(addresses)
        assert guest.get("/card/en.png").status_code == 429
        assert guest.get(addresses[0]).status_code == 200


def test_several_who_ask_for_one_at_once_have_it_made_once() -> None:
    made: list[int] = []
    kept: Store[http_cards.Drawn] = Store()
    started = Barrier(4)

    def draw() -> http_cards.Drawn:
        made.append(1)
        sleepless = Event()
        sleepless.wait(0.05)
        return http_cards.Drawn(b"x")

    def ask() -> None:
        started.wait()
        assert kept.get_or_make("a card", draw).body == b"x"

    threads = [Thread(target=ask) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert made == [1]


def test_a_home_screen_gets_a_sign(app: Flask) -> None:
    assert drawn(browser(app), "/apple-touch-icon.png").size == (180, 180)


def test_only_languages_that_are_offered_have_a_card(app: Flask) -> None:
    assert [browser(app).get(f"/card/{one}.png").status_code for one in ("de", "en", "fr", "xx")] == [
        200,
        200,
        404,
        404,
    ]
