"""The longest names and titles, empty lists and lists of 500 on the narrowest screens: nothing sticks out, and nothing
that is longer than its place hides what stands beside it."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.browser import people
from tests.browser.server import Site, forum, served, until

pytestmark = pytest.mark.full

MANY = 500
NAME = "Maximiliane Freifrau von Donaudampfschifffahrtsgesellschaft-K"[:60]
USERNAME = "donaudampfschifffahrtselektrizitaetenhau"
WORD = "Rechtsschutzversicherungsgesellschaftenbremsbelagverschleißanzeigenkontrollleuchte"
TITLE = f"{WORD} blinkt: Was bedeutet das, und {WORD.lower()}sprüfung beim Händler?"[:200].ljust(200, "?")
CATEGORY = "Kraftfahrzeughaftpflichtversicherungsfragen"


def records() -> Iterator[dict[str, Any]]:
    """A community in which everything is as long as it may be."""
    at = "2026-01-05T08:00:00Z"
    yield {"kind": "community", "format": 1, "source": "narrow", "name": "Bundesverkehrswegeplan", "languages": ["de"]}
    long = {"username": USERNAME, "display_name": NAME, "email": "lang@example.org", "about": WORD, "role": "product"}
    yield {"kind": "member", "id": "m0", "joined_at": at, "language": "de", **long}
    for number in range(1, MANY):
        yield {"kind": "member", "id": f"m{number}", "joined_at": at, "username": f"{USERNAME[:36]}{number}"}
    yield {"kind": "category", "id": "c1", "slug": "lang", "name": {"de": CATEGORY}, "position": 1, "hue": 190}
    yield {"kind": "category", "id": "c2", "slug": "leer", "name": {"de": "Leer"}, "position": 2, "hue": 38}
    for number in range(MANY):
        said = {"author": f"m{number}", "created_at": at, "language": "de"}
        kind = "idea" if number % 2 else "question"
        thread = {"kind": "thread", "id": f"t{number}", "category": "c1", "title": TITLE, "type": kind, **said}
        if kind == "idea":
            thread["idea"] = {"status": "new", "area": {"de": CATEGORY}}
        yield {**thread, "tags": [WORD[:30].lower()]}
        yield {"kind": "post", "id": f"p{number}", "thread": f"t{number}", "body": f"{WORD} `{WORD * 3}`", **said}
    for number in range(MANY):
        said = {"author": f"m{number}", "created_at": at, "language": "de"}
        yield {"kind": "post", "id": f"r{number}", "thread": "t0", "body": f"{WORD}\n\n> {WORD}\n\n{'9' * 300}", **said}


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("narrow")
    archive = folder / "archive.jsonl"
    archive.write_text("".join(json.dumps(record) + "\n" for record in records()), encoding="utf-8")
    forum(folder, "migrate")
    forum(folder, "import", str(archive))
    chief = ("--username", "chief", "--email", "chief@example.org", "--language", "de", "--password-stdin")
    forum(folder, "create-admin", *chief, typed=f"{people.PASSWORD}\n")
    forum(folder, "members", "require-two-factor", "--nobody")
    with served(folder, "serve", greeting="Tafelrunde is at") as running:
        until(lambda: _answers(f"{running.url}/search?q=x"), "search is ready", 90)
        yield running


def _answers(address: str) -> bool:
    try:
        with urlopen(address) as answer:
            return bool(answer.status == 200)
    except HTTPError:
        return False


FOR_ALL = (
    "/", "/?view=unanswered", "/c/lang", "/c/leer", "/t/1", "/t/1?page=26", "/ideas", "/ideas/2", "/ideas/roadmap",
    f"/u/{USERNAME}", f"/search?q={WORD}", f"/tags/{WORD[:30].lower()}", "/rules", "/login", "/register",
)  # fmt: skip
FOR_THE_TEAM = (
    "/", "/new", "/drafts", "/notifications", "/ideas/new", "/ideas/votes", "/ideas/inbox", "/ideas/2/steer",
    "/ideas/2/merge", "/ideas/exports", "/p/1/history", "/p/1/edit", "/report?post=2", "/settings/profile",
    "/t/1?quote=2",
)  # fmt: skip
FOR_THE_CHIEF = ("/moderation", "/admin/members", "/admin/categories", "/admin/areas", "/admin/audit", "/t/1/steer")

# What is wider than the page and isn't within something that scrolls by itself.
STICKS_OUT = """() => [...document.querySelectorAll('body *')].filter((one) => {
  const box = one.getBoundingClientRect();
  if (!box.width || !box.height || box.right <= innerWidth + 1 || one.closest('.vh, svg, [popover]:not(:popover-open)')) return false;
  for (let up = one.parentElement; up; up = up.parentElement)
    if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX)) return false;
  return true;
}).slice(0, 3).map((one) => one.outerHTML.slice(0, 160))"""


def looked_at(page: Any, addresses: tuple[str, ...]) -> list[str]:
    found = []
    for address in addresses:
        answer = page.goto(address)
        if answer.status != 200:
            found.append(f"{answer.status} {address}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{address} scrolls sideways")
        found += [f"{address}: {html}" for html in page.evaluate(STICKS_OUT)]
    return found


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_sticks_out(somebody: Callable[..., Any], narrow: Site, width: int) -> None:
    page = somebody("de", 360, base_url=narrow.url)
    page.set_viewport_size({"width": width, "height": 740})
    found = looked_at(page, FOR_ALL)
    people.set_password_by_mail(page, narrow, USERNAME, "lang@example.org")
    found += looked_at(page, FOR_THE_TEAM)
    page.context.clear_cookies()
    people.sign_in(page, "chief")
    found += looked_at(page, FOR_THE_CHIEF)
    assert found == []
