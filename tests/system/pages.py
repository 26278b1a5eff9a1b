"""Every page, and every state of it that is easily come by, as HTML: for checks that look at pages and not at addresses."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from forum.community.actions import set_up
from forum.core import clock
from forum.core.database import db, transaction
from forum.core.worker import drain
from forum.http.render import HouseTemplate
from forum.members.models import SIGN_INS
from forum.notifications.examples import EXAMPLES
from forum.setup.queries import SCREENS
from forum.web import intents
from tests.factories import provider
from tests.factories import threads as make
from tests.factories.accounts import submit
from tests.factories.members import PASSWORD
from tests.factories.setup import a_link, least, not_set_up
from tests.factories.two_factor import App
from tests.factories.visitor import Visitor, read
from tests.system.conftest import Stage
from tests.system.routes import LIFTED, ROWS, VIEWERS, Row

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
LOOK = ("guest", "author", "admin")
"""Who looks at each page: everybody sees what one of these three sees, but for what is only for those it concerns."""
NO_PAGES = re.compile(r"/similar\?|\?part=card")
"""Pieces that a script puts into a page, where they are looked at."""
STATES = (
    "/?view=new",
    "/c/{category}?view=unanswered",
    "/t/{thread}/{slug}?page=2",
    "/t/{closed}/{closed_slug}",
    "/ideas/{shipped_idea}/steer",
    "/search?q=range",
    "/search?q=nothing-like-that",
    "/members?q=nobody-like-that",
    "/admin/members?state=banned&q=a",
    "/admin/members?q=nobody-like-that",
    "/admin/audit?who=nobody-like-that",
    "/moderation?view=decided",
    "/moderation/cases/{case}?act=ban",
    "/moderation/cases/{decided}",
    *(f"/admin/mails/{name}/html" for name in EXAMPLES),
)
"""Where pages look otherwise than at the addresses of the route table."""
EVERYTHING = """\
A line with *stress*, **more of it**, ~~less~~, `code`, a [link](https://example.org), @helper and a note.[^1]

## A part

> Somebody said so.

1. First
2. Then
   - [ ] to do
   - [x] done

| left | right |
|:-----|------:|
| a    |     1 |

```python
print("x")
```

### A part of it

![A red pixel](/media/{picture})

---

[^1]: Down here.
"""


class Pages:
    """What was shown, each with who asked for what, and the first page that was drawn from each template."""

    def __init__(self) -> None:
        self.shown: dict[bytes, str] = {}
        self.first: dict[str, bytes] = {}
        self._drawn: set[str] = set()

    def keep(self, who: str, what: str, answer: TestResponse) -> None:
        """Keeps the page of an answer, if it has one; the same page is kept once."""
        if answer.mimetype == "text/html" and "Location" not in answer.headers and not NO_PAGES.search(what):
            self.shown.setdefault(answer.data, f"{what} ({who}, {answer.status_code})")
            for name in self._drawn:
                self.first.setdefault(name, answer.data)
        self._drawn.clear()

    def get(self, who: str, visitor: Visitor, address: str) -> TestResponse:
        answer = visitor.get(address)
        self.keep(who, f"GET {address}", answer)
        return answer

    def post(self, who: str, visitor: Visitor, address: str, **form: Any) -> None:
        self.keep(who, f"POST {address}", visitor.post(address, **form))

    @contextmanager
    def noting_templates(self) -> Iterator[None]:
        """Notes what is drawn inside."""
        draw = HouseTemplate.render

        def noted(template: HouseTemplate, *args: Any, **kwargs: Any) -> str:
            self._drawn.add(str(template.name))
            return draw(template, *args, **kwargs)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(HouseTemplate, "render", noted)
            yield


def templates() -> set[str]:
    """The templates of pages; what begins with an underscore is a piece or a frame of them."""
    sources = {
        path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8") for path in TEMPLATES.rglob("[!_]*.html")
    }
    return {name for name, source in sources.items() if "{% extends " in source}


def all_of(stage: Stage) -> Pages:
    """Each page of the route table as those see it who may, each form refused, what goes wrong, the first run, and a
    community in which there is nothing yet."""
    pages = Pages()
    with pages.noting_templates():
        _fill(stage)
        _table(stage, pages)
        _troubles(stage, pages)
        stage.again()
        _forms(stage, pages)
        _second_step(stage, pages)
        stage.again()
        _providers(stage, pages)
        stage.again()
        _demo(stage, pages)
        stage.empty()
        _first_run(stage, pages)
    return pages


def _visitor(stage: Stage, name: str) -> Visitor:
    if name == "guest":
        return Visitor(stage.app, language="de")
    return Visitor(stage.app, stage.world.members[name])


def _fill(stage: Stage) -> None:
    """What the small community lacks: a text with all that a text can be, a second page, a decision that was undone, an
    index for the search."""
    members, places = stage.world.members, stage.world.places
    make.reply(members["helper"], places["thread"], EVERYTHING.format(**places))
    for number in range(20):
        make.reply(members["author"], places["thread"], f"Reply {number}.")
    undo = stage.world.address("/moderation/decisions/{decision}/reverse")
    assert _visitor(stage, "moderator").post(undo, **LIFTED).status_code == 303
    drain(stage.app.extensions["settings"])


def _viewers(row: Row) -> list[str]:
    seeing = [name for name in VIEWERS if row.expected[name] == 200]
    return [name for name in LOOK if name in seeing] or seeing[:1]


def _table(stage: Stage, pages: Pages) -> None:
    visitors = {name: _visitor(stage, name) for name in VIEWERS}
    for row in ROWS:
        if row.method == "GET":
            for name in _viewers(row):
                pages.get(name, visitors[name], stage.world.address(row.address))
    for address in STATES:
        assert pages.get("admin", visitors["admin"], stage.world.address(address)).status_code == 200, address
    for address in ("/new", "/ideas/new"):
        pages.post("admin", visitors["admin"], address, look="1", title="A longer range")


def _troubles(stage: Stage, pages: Pages) -> None:
    """Somebody to whom the site is closed, addresses where nothing is, a form without its token, one that asks for the
    password once more, an error of ours."""
    for name in ("guest", "unconfirmed", "banned", "owing"):
        pages.get(name, _visitor(stage, name), "/")
        pages.get(name, _visitor(stage, name), "/nothing")
    pages.get("guest", _visitor(stage, "guest"), "/confirm/forged")
    for mode in ("closed", "invitation"):
        with transaction():
            set_up(registration={"mode": mode})
        for address in ("/", "/register", "/login", stage.world.address("/t/{thread}/{slug}")):
            pages.get("guest", _visitor(stage, "guest"), address)
    pages.get("guest", _visitor(stage, "guest"), "/invite/forged")
    with transaction():
        set_up(registration={"mode": "approval", "question": {"en": "Why?"}, "domains": []})
    pages.get("guest", _visitor(stage, "guest"), "/register")
    pages.get("waiting", _visitor(stage, "waiting"), "/confirm")
    pages.get("waiting", _visitor(stage, "waiting"), "/")
    with transaction():
        set_up(registration={})
    reply = stage.world.address("/t/{thread}/reply")
    pages.keep("author", reply, _visitor(stage, "author").post_without_token(reply, body="A long thought."))
    product = _visitor(stage, "product")
    with transaction():
        db.session.execute(SIGN_INS.update().values(proved_at=clock.now() - timedelta(hours=1)))
    for typed in ({}, {"proof_password": "not this one"}):
        pages.post("product", product, "/settings/tokens", name="Nightly", **typed)
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(stage.app.view_functions, "rules.show")
        pages.get("author", _visitor(stage, "author"), "/rules/1")


def _forms(stage: Stage, pages: Pages) -> None:
    """Each form, filled in and with nothing in it: what stays on a page is a refusal, a preview or a way to sign in."""
    for row in ROWS:
        if row.method == "POST":
            address = stage.world.address(row.address)
            filled = {name: stage.world.address(value) for name, value in (row.form or {}).items()}
            for form in (filled, {}) if row.expected["admin"] != 303 else ({},):
                pages.post("admin", _visitor(stage, "admin"), address, **form)
                stage.again()


def _demo(stage: Stage, pages: Pages) -> None:
    """The mails of a demo."""
    with transaction():
        set_up(is_demo=True)
    guest = _visitor(stage, "guest")
    pages.post("guest", guest, "/reset", username="helper")
    drain(stage.app.extensions["settings"])
    mail = read(pages.get("guest", guest, "/demo/mail")).select_one("main a[href^='/demo/mail/']")
    pages.get("guest", guest, str(mail["href"]))


def _second_step(stage: Stage, pages: Pages) -> None:
    """The second step of signing in, as long as nobody has given a code, and what its owner sees."""
    member = stage.world.members["helper"]
    helper, guest = _visitor(stage, "helper"), _visitor(stage, "guest")
    pages.get("helper", helper, "/settings/two-factor")
    pages.post("helper", helper, "/settings/two-factor", code="1234")
    pages.keep("helper", "POST /settings/two-factor", _switch_on(helper))
    pages.get("helper", helper, "/settings/two-factor")
    pages.post("helper", helper, "/settings/two-factor/off", code="1234")
    guest.post("/login", username=member.username, password=PASSWORD)
    pages.get("guest", guest, "/login/code")
    pages.post("guest", guest, "/login/code", code="1234")
    with transaction():
        set_up(two_factor_roles=["product"])  # she has a passkey and no app
    product = _visitor(stage, "guest")
    product.post("/login", username=stage.world.members["product"].username, password=PASSWORD)
    pages.get("product", product, "/login/code")
    with transaction():
        set_up(two_factor_roles=[])


def _providers(stage: Stage, pages: Pages) -> None:
    """Signing in by a provider: the first time, with an account of that address, linked, proved, with something in mind;
    and where there is no other way in."""
    with provider.serving() as stub:
        strict = provider.set_up(stub, "strict", second_step="mfa")
        provider.set_up(stub, "closed", creates="never")
        for key, email in (("strict", "newcomer9@example.org"), ("strict", "helper@example.org"), ("closed", "")):
            guest, stub.person["email"] = _visitor(stage, "guest"), email
            provider.go(guest.client, stub, f"/login/with/{key}")
            pages.get("guest", guest, "/login/first")
            pages.post("guest", guest, "/login/first", username="")
        pages.get("guest", guest, "/login/with/strict/back?state=forged")
        author = _visitor(stage, "author")
        pages.get("author", author, "/login/with/strict/back?state=forged")
        provider.go(author.client, stub, "/login/with/strict?for=link")
        pages.get("author", author, "/settings/providers/link")
        provider.link(stage.world.members["author"], strict)
        pages.keep("author", "proof", provider.go(author.client, stub, "/login/with/strict?for=proof"))
        wish = intents.act("follow", stage.world.places["thread"])
        pages.get("author", author, f"/login/go-on?next=/rules&intent={wish}")
        with transaction():
            db.session.execute(SIGN_INS.update().values(proved_at=clock.now() - timedelta(hours=1)))
        pages.post("author", author, "/settings/providers/1/unlink")
        with transaction():
            set_up(is_sso_only=True)
        for name, address in (
            ("guest", "/login"),
            ("guest", "/register"),
            ("guest", "/"),
            ("admin", "/admin/providers"),
        ):
            pages.get(name, _visitor(stage, name), address)
        long = intents.carry("new", {"title": "A thought", "body": "A long thought. " * 100})
        pages.get("guest", _visitor(stage, "guest"), f"/login?intent={long}")


def _switch_on(visitor: Visitor) -> TestResponse:
    """Somebody sets their second step up; the page that shows the recovery codes."""
    secret = read(visitor.get("/settings/two-factor")).select_one("#secret")
    return visitor.post("/settings/two-factor", code=App(str(secret.text).replace(" ", "")).code())  # type: ignore[union-attr]


def _first_run(stage: Stage, pages: Pages) -> None:
    """The screens that lead to an open community, and the pages of that one, which are empty."""
    kim = Visitor(stage.app)
    with not_set_up():
        pages.get("guest", _visitor(stage, "guest"), "/")
        pages.get("guest", _visitor(stage, "guest"), "/setup/link/forged")
        link = a_link()
        pages.get("kim", kim, link)
        submit(kim.client, link, "open-link")
        for screen in SCREENS:
            pages.get("kim", kim, f"/setup/{screen}")
            pages.post("kim", kim, f"/setup/{screen}")
            submit(kim.client, f"/setup/{screen}", screen, **least(screen))
        pages.get("kim", kim, "/setup/open")
        kim.post("/setup/open")
    for address in ("/", "/settings/two-factor"):
        pages.get("kim", kim, address)  # her role asks for a second step
    _switch_on(kim)
    for row in ROWS:
        if row.method == "GET" and "{" not in row.address:
            pages.get("kim", kim, row.address)
    pages.get("kim", kim, "/search?q=range")  # there is no index yet
