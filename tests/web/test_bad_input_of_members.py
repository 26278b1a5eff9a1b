"""What bad input around accounts gets, row by row: each is refused with a clear message in the reader's language, stands
in the security log, and changes nothing. Links of mails have their own table (`test_bad_links`)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forum.core import clock, logging
from forum.core.actor import Actor
from forum.core.database import db, transaction
from forum.core.settings import installed
from forum.core.worker import drain
from forum.members import actions, queries
from forum.members.models import API_TOKENS, MEMBERS
from tests.factories import provider as providers
from tests.factories.accounts import PASSWORD, a_member, sign_in_by_form, submit, the_member
from tests.factories.passkeys import Device
from tests.factories.provider import StubProvider, go, new_key, serving
from tests.factories.refusals import refused, security_log
from tests.factories.two_factor import App, switched_on
from tests.factories.visitor import Visitor, read
from tests.media.samples import MULTIPART, SVG, a_bomb, a_picture, a_script_as_gif, multipart

NOON = datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC)
Time = time_machine.Traveller
Send = Callable[[], TestResponse]


@pytest.fixture
def stub() -> Iterator[StubProvider]:
    with serving() as made:
        yield made


@dataclass
class Scene:
    """Where a row plays: people who read one language, and a provider."""

    app: Flask
    language: str
    moment: Time
    stub: StubProvider

    def guest(self) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = self.language
        return client

    def member(self, name: str = "petra", **more: Any) -> Actor:
        return a_member(name, language=self.language, **more)

    def visitor(self, name: str = "petra", **more: Any) -> Visitor:
        """A member who is signed in."""
        visitor = Visitor(self.app, self.member(name, **more), self.language)
        visitor.token()
        return visitor

    def passkey(self) -> tuple[Device, FlaskClient]:
        """A member's passkey, and another browser at the sign-in page."""
        self.member()
        client, guest, device = self.guest(), self.guest(), Device(count=None)
        sign_in_by_form(client, "petra")
        made = device.make(client.get("/settings/passkeys/options").get_json())
        assert submit(client, "/settings/passkeys", "new-passkey", name="Phone", passkey=made).status_code == 303
        guest.get("/login")
        return device, guest

    def second_step(self) -> tuple[App, list[str], FlaskClient]:
        """A member's app, whose present code is used up, their recovery codes, and a browser that is asked for one."""
        app, codes = switched_on(self.member())
        client = self.guest()
        sign_in_by_form(client, "petra")
        return app, list(codes), client

    def provider(self) -> FlaskClient:
        """The stub is set up; a guest's browser."""
        providers.set_up(self.stub)
        return self.guest()


@pytest.fixture(params=["de", "en"])
def scene(app: Flask, stub: StubProvider, request: pytest.FixtureRequest) -> Iterator[Scene]:
    with time_machine.travel(NOON, tick=False) as moment:
        yield Scene(app, request.param, moment, stub)


# ---------------------------------------------------------------- sessions


def led_on(client: FlaskClient, address: str) -> TestResponse:
    """The page to which an address for members leads."""
    return client.get(client.get(address).headers["Location"])


def planted_token(scene: Scene) -> Send:
    """Somebody has planted their own session before the member signed in, and knows what its forms carry."""
    scene.member()
    client = scene.guest()
    known = read(client.get("/login")).select_one("#login [name=csrf_token]")["value"]  # type: ignore[index]
    sign_in_by_form(client, "petra")
    return lambda: client.post("/settings/mail", data={"csrf_token": known})


def ended_session(scene: Scene) -> Send:
    """The cookie was copied, its member has signed out."""
    visitor, thief = scene.visitor(), scene.guest()
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    visitor.post("/logout")
    thief.set_cookie("session", cookie.value)
    return lambda: led_on(thief, "/settings/account")


def forged_session(scene: Scene) -> Send:
    visitor, thief = scene.visitor(), scene.guest()
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    thief.set_cookie("session", f"{cookie.value[:-2]}xx")
    return lambda: led_on(thief, "/admin")


def forged_token(scene: Scene) -> Send:
    program = scene.guest()
    return lambda: program.get("/api/v1/ideas", headers={"Authorization": "Bearer tafelrunde_forged"})


def revoked_token(scene: Scene) -> Send:
    visitor = scene.visitor(roles=("product",))
    assert visitor.actor is not None
    with transaction(visitor.actor) as member:
        token = actions.make_token(member, "Report", ["ideas:read"], None)
        actions.revoke_token(member, queries.tokens_of(member)[0].id)
    return lambda: scene.guest().get("/api/v1/ideas", headers={"Authorization": f"Bearer {token}"})


def token_for_nothing(scene: Scene) -> Send:
    visitor = scene.visitor(roles=("product",))
    assert visitor.actor is not None
    with transaction(visitor.actor) as member:
        token = actions.make_token(member, "Report", ["ideas:read"], None)
        db.session.execute(sa.update(API_TOKENS).values(scopes=[]))
    return lambda: scene.guest().get("/api/v1/ideas", headers={"Authorization": f"Bearer {token}"})


# ---------------------------------------------------------------- the second step


def used_code(scene: Scene) -> Send:
    app, _codes, client = scene.second_step()
    return lambda: submit(client, "/login/code", "code-form", code=app.code())


def used_code_in_settings(scene: Scene) -> Send:
    visitor = scene.visitor()
    assert visitor.actor is not None
    app, _codes = switched_on(visitor.actor)
    return lambda: visitor.post("/settings/two-factor/off", code=app.code())


def used_recovery_code(scene: Scene) -> Send:
    _app, codes, first = scene.second_step()
    assert submit(first, "/login/code", "code-form", code=codes[0]).status_code == 303
    client = scene.guest()
    sign_in_by_form(client, "petra")
    return lambda: submit(client, "/login/code", "code-form", code=codes[0])


def clock_of_the_app(scene: Scene, seconds: int) -> Send:
    app, _codes, client = scene.second_step()
    app.seconds_off = seconds
    return lambda: submit(client, "/login/code", "code-form", code=app.code())


def clock_of_a_new_app(scene: Scene) -> Send:
    visitor = scene.visitor()
    shown = read(visitor.get("/settings/two-factor")).select_one("#secret")
    assert shown is not None
    app = App(shown.text.replace(" ", ""), 300)
    return lambda: visitor.post("/settings/two-factor", code=app.code())


# ---------------------------------------------------------------- passkeys


def _by_passkey(guest: FlaskClient, answer: str) -> TestResponse:
    fields = {one["name"]: one.get("value", "") for one in read(guest.get("/login")).select("#login input[name]")}
    return guest.post("/login/passkey", data=fields | {"passkey": answer})


def passkey_for_another_origin(scene: Scene) -> Send:
    device, guest = scene.passkey()
    device.origin = "https://evil.example"
    answer = device.use(guest.get("/login/passkey").get_json())
    return partial(_by_passkey, guest, answer)


def passkey_replayed(scene: Scene) -> Send:
    device, guest = scene.passkey()
    answer = device.use(guest.get("/login/passkey").get_json())
    before = guest.get_cookie("session")
    assert before is not None
    assert _by_passkey(guest, answer).status_code == 303
    thief = scene.guest()
    thief.set_cookie("session", before.value)
    return partial(_by_passkey, thief, answer)


# ---------------------------------------------------------------- OpenID


def lie(scene: Scene, **lies: Any) -> Send:
    client = scene.provider()
    scene.stub.lies = lies
    return partial(go, client, scene.stub)


def expired_key(scene: Scene) -> Send:
    """It signs by a key that it has withdrawn."""
    client = scene.provider()
    scene.stub.published = [new_key("second")]
    return partial(go, client, scene.stub)


def clock_of_the_provider(scene: Scene, minutes: int) -> Send:
    moment = int((clock.now() + timedelta(minutes=minutes)).timestamp())
    return lie(scene, iat=moment, exp=moment + 3600)


def state_replayed(scene: Scene) -> Send:
    client = scene.provider()
    back = scene.stub.back_from(client.get("/login/with/company").headers["Location"])
    before = client.get_cookie("session")
    assert before is not None
    assert client.get(back).status_code == 303
    client.set_cookie("session", before.value)
    return lambda: client.get(back)


def state_of_another_browser(scene: Scene) -> Send:
    back = scene.stub.back_from(scene.provider().get("/login/with/company").headers["Location"])
    return lambda: scene.guest().get(back)


def confirmed_address_of_an_account(scene: Scene) -> Send:
    client = scene.provider()
    scene.member("owner")
    scene.stub.person |= {"email": "owner@example.org"}
    assert go(client, scene.stub).headers["Location"] == "/login/first"
    token = read(client.get("/login")).select_one("[name=csrf_token]")["value"]  # type: ignore[index]
    return lambda: client.post("/login/first", data={"csrf_token": token, "username": "petra"})


# ---------------------------------------------------------------- names, pictures, roles


def joins_as(scene: Scene, name: str) -> Send:
    client = scene.guest()
    given = {"username": name, "email": "petra@example.org", "password": PASSWORD}
    return lambda: submit(client, "/register", "register", **given)


def is_called(scene: Scene, page: str, form: str, **name: str) -> Send:
    visitor = scene.visitor()
    return lambda: submit(visitor.client, page, form, **name)


def uploads(scene: Scene, content: bytes, page: str = "/media") -> Send:
    visitor = scene.visitor()
    body = multipart("picture.png", content, {"csrf_token": visitor.token()})
    return lambda: visitor.client.post(page, data=body, content_type=MULTIPART)


def svg_as_logo(scene: Scene) -> Send:
    visitor = scene.visitor(roles=("admin",))
    return lambda: visitor.post("/admin/logo", light=(BytesIO(SVG), "logo.svg"))


def makes_themselves_admin(scene: Scene, *roles: str) -> Send:
    visitor = scene.visitor(roles=roles)
    assert visitor.actor is not None
    return lambda: visitor.post(f"/admin/members/{visitor.actor.id}/roles", roles=[*roles, "admin"])  # type: ignore[union-attr]


def gives_the_role_up(scene: Scene, *others: str) -> Send:
    """An administrator, the only one unless others are named."""
    visitor = scene.visitor(roles=("admin",))
    for name in others:
        scene.member(name, roles=("admin",))
    assert visitor.actor is not None
    return lambda: visitor.post(f"/admin/members/{visitor.actor.id}/roles", roles=[])  # type: ignore[union-attr]


def renames_an_admin(scene: Scene) -> Send:
    visitor, admin = scene.visitor(roles=("manager",)), scene.member("boss", roles=("admin",))
    return lambda: visitor.post(f"/admin/members/{admin.id}/username", username="chief")


def gives_themselves_another_address(scene: Scene) -> Send:
    """Past the settings, which ask for the password and tell the former address."""
    visitor = scene.visitor(roles=("admin",))
    assert visitor.actor is not None
    return lambda: visitor.post(f"/admin/members/{visitor.actor.id}/email", email="new@example.org")  # type: ignore[union-attr]


UNTRUSTED = ("ist nicht zu trauen", "can't be trusted")
CLOCKS = ("weichen um mehrere Minuten voneinander ab", "differ by several minutes")
INVISIBLE = ("Das enthält unsichtbare Zeichen", "This contains invisible characters")
NO_ROLE = ("Dafür braucht es eine Rolle im Team", "This takes a role in the team")
ROWS: dict[str, tuple[Callable[[Scene], Send], int, tuple[str, str], tuple[str, str]]] = {
    "session fixation": (
        planted_token,
        400,
        ("Dieses Formular war abgelaufen", "This form had expired"),
        ("forged-form", "token"),
    ),
    "a session that has ended": (ended_session, 200, ("Anmelden", "Sign in"), ("session-refused", "ended")),
    "a forged session": (forged_session, 200, ("Anmelden", "Sign in"), ("session-refused", "forged")),
    "a forged token": (
        forged_token,
        401,
        ("Dieses Token gilt nicht", "This token isn't valid"),
        ("token-refused", "unknown"),
    ),
    "a revoked token": (
        revoked_token,
        401,
        ("Dieses Token gilt nicht", "This token isn't valid"),
        ("token-refused", "unknown"),
    ),
    "a token that is for nothing": (
        token_for_nothing,
        403,
        ("Dieses Token darf dafür nicht verwendet werden", "This token may not be used for this"),
        ("token-refused", "scope"),
    ),
    "a code twice": (
        used_code,
        400,
        ("Dieser Code ist schon verbraucht", "This code was used already"),
        ("code-refused", "used"),
    ),
    "a code twice, in the settings": (
        used_code_in_settings,
        400,
        ("Dieser Code ist schon verbraucht", "This code was used already"),
        ("code-refused", "used"),
    ),
    "a recovery code twice": (
        used_recovery_code,
        400,
        ("Dieser Code passt nicht", "This code doesn't fit"),
        ("code-refused", "wrong"),
    ),
    "an app five minutes slow": (
        partial(clock_of_the_app, seconds=-300),
        400,
        ("geht etwa 5 min nach", "is about 5 min slow"),
        ("code-refused", "clock"),
    ),
    "an app five minutes fast": (  # whoever guesses is not told that the code is yet to come
        partial(clock_of_the_app, seconds=300),
        400,
        ("Dieser Code passt nicht", "This code doesn't fit"),
        ("code-refused", "wrong"),
    ),
    "a new app five minutes fast": (
        clock_of_a_new_app,
        400,
        ("geht etwa 5 min vor", "is about 5 min fast"),
        ("code-refused", "clock"),
    ),
    "a passkey for another origin": (
        passkey_for_another_origin,
        400,
        ("unter einer anderen Adresse verlangt", "was asked for at another address"),
        ("passkey-refused", "elsewhere"),
    ),
    "a passkey's answer twice": (
        passkey_replayed,
        400,
        ("oder wurde zweimal gesendet", "or was sent twice"),
        ("passkey-refused", "expired"),
    ),
    "a wrong nonce": (partial(lie, nonce="another"), 400, UNTRUSTED, ("provider-refused", "nonce")),
    "a wrong audience": (partial(lie, aud="another-client"), 400, UNTRUSTED, ("provider-refused", "audience")),
    "a wrong issuer": (partial(lie, iss="https://evil.example"), 400, UNTRUSTED, ("provider-refused", "issuer")),
    "an expired key": (expired_key, 400, UNTRUSTED, ("provider-refused", "signature")),
    "an expired ID token": (partial(lie, exp=1), 400, UNTRUSTED, ("provider-refused", "expired")),
    "a provider five minutes slow": (
        partial(clock_of_the_provider, minutes=-5),
        400,
        CLOCKS,
        ("provider-refused", "clock"),
    ),
    "a provider five minutes fast": (
        partial(clock_of_the_provider, minutes=5),
        400,
        CLOCKS,
        ("provider-refused", "clock"),
    ),
    "a state twice": (
        state_replayed,
        409,
        ("Das wurde schon benutzt", "This was used already"),
        ("provider-refused", "sign-in-used"),
    ),
    "a state of another browser": (
        state_of_another_browser,
        400,
        ("in einem anderen Browser begonnen", "was begun in another browser"),
        ("provider-refused", "state"),
    ),
    "a confirmed address of an account": (
        confirmed_address_of_an_account,
        409,
        ("Mit dieser Adresse gibt es schon ein Konto", "There is an account with this address already"),
        ("address-claimed", "provider"),
    ),
    "a picture of 20,000 × 20,000 pixels": (
        partial(uploads, content=a_bomb()),
        400,
        ("Dieses Bild hat zu viele Pixel", "This picture has too many pixels"),
        ("upload-refused", "pixels"),
    ),
    "a picture that is a script, too": (
        partial(uploads, content=a_script_as_gif(), page="/settings/avatar"),
        400,
        ("mehr als ein Bild", "more in this file than a picture"),
        ("upload-refused", "hides"),
    ),
    "an SVG": (
        partial(uploads, content=SVG, page="/settings/banner"),
        400,
        ("PNG, JPEG, GIF und WebP gehen", "PNG, JPEG, GIF and WebP can"),
        ("upload-refused", "kind"),
    ),
    "an SVG as logo": (
        svg_as_logo,
        400,
        ("In einer SVG-Datei können Skripte stecken", "An SVG file can hold scripts"),
        ("upload-refused", "svg"),
    ),
    "half a picture": (
        partial(uploads, content=a_picture(size=(200, 200))[:300]),
        400,
        ("Dieses Bild ist beschädigt", "This picture is damaged"),
        ("upload-refused", "broken"),
    ),
    "a name that turns the direction": (
        partial(joins_as, name="pe\u202etra"),
        400,
        INVISIBLE,
        ("name-refused", "invisible"),
    ),
    "a name with something unseen": (
        partial(joins_as, name="pe\u200btra"),
        400,
        INVISIBLE,
        ("name-refused", "invisible"),
    ),
    "another name with something unseen": (
        partial(is_called, page="/settings/account/username", form="change-username", username="pau\u200dla"),
        400,
        INVISIBLE,
        ("name-refused", "invisible"),
    ),
    "a display name that turns the direction": (
        partial(is_called, page="/settings/profile", form="profile", display_name="Team \u202eartep"),
        400,
        INVISIBLE,
        ("name-refused", "invisible"),
    ),
    "a member makes themselves admin": (makes_themselves_admin, 403, NO_ROLE, ("right-refused", "staff-only")),
    "a manager makes themselves admin": (
        lambda scene: makes_themselves_admin(scene, "manager"),
        403,
        NO_ROLE,
        ("right-refused", "staff-only"),
    ),
    "the last admin gives the role up": (
        gives_the_role_up,
        409,
        ("Das ist das letzte Konto der Administration", "This is the last administrator"),
        ("right-refused", "last-admin"),
    ),
    "one of two admins gives the role up": (
        lambda scene: gives_the_role_up(scene, "second"),
        409,
        ("Niemand ändert die eigenen Rollen", "Nobody changes their own roles"),
        ("right-refused", "own-roles"),
    ),
    "an admin gives themselves another address": (
        gives_themselves_another_address,
        409,
        ("Deine eigene Adresse änderst du in deinen Einstellungen", "You change your own address in your settings"),
        ("right-refused", "own-email"),
    ),
    "a manager renames an admin": (
        renames_an_admin,
        403,
        ("können nur Admins so ändern", "Only administrators can do this"),
        ("right-refused", "higher-role"),
    ),
}


@pytest.mark.parametrize(("prepare", "status", "says", "line"), ROWS.values(), ids=ROWS)
def test_it_is_refused_told_noted_and_changes_nothing(
    scene: Scene, prepare: Callable[[Scene], Send], status: int, says: tuple[str, str], line: tuple[str, str]
) -> None:
    refused(prepare(scene), status, says[scene.language == "en"], line)


def test_of_two_admins_who_dismiss_each_other_at_once_the_second_is_refused(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever acts is an administrator as well: only at that moment is somebody else the last one."""
    visitor, other = scene.visitor(roles=("admin",)), scene.member("boss", roles=("admin",))
    monkeypatch.setattr("forum.members.actions.groups.other_admins", lambda _member_id: 0)
    says = "Das ist das letzte Konto der Administration" if scene.language == "de" else "This is the last administrator"
    refused(
        lambda: visitor.post(f"/admin/members/{other.id}/roles", roles="moderator"),
        409,
        says,
        ("right-refused", "last-admin"),
    )


# ---------------------------------------------------------------- what is refused without a word to who asks


def test_a_session_planted_before_signing_in_opens_nothing_afterwards(scene: Scene) -> None:
    scene.member()
    client, attacker = scene.guest(), scene.guest()
    client.get("/login")
    planted = client.get_cookie("session")
    assert planted is not None
    attacker.set_cookie("session", planted.value)
    sign_in_by_form(client, "petra")
    renewed = client.get_cookie("session")
    assert renewed is not None
    assert renewed.value != planted.value
    assert client.get("/settings").status_code == 200
    refused(
        lambda: led_on(attacker, "/settings"),
        200,
        "Anmelden" if scene.language == "de" else "Sign in",
    )


@pytest.mark.parametrize("way", ["registration", "change", "provider"])
def test_an_unconfirmed_address_of_an_account_claims_nothing_and_is_noted(scene: Scene, way: str) -> None:
    """The answer is that of any other address: nobody learns who is a member. The owner is told by mail."""
    owner = scene.member("owner")
    drain(installed())
    if way == "registration":
        given = {"username": "petra", "email": "owner@example.org", "password": PASSWORD}
        assert submit(scene.guest(), "/register", "register", **given).status_code == 303
    elif way == "change":
        visitor = scene.visitor()
        page, form = "/settings/account/email", "change-email"
        assert submit(visitor.client, page, form, email="owner@example.org", password=PASSWORD).status_code == 303
    else:
        client = scene.provider()
        scene.stub.person |= {"email": "owner@example.org", "email_verified": False}
        go(client, scene.stub)
        assert submit(client, "/login/first", "first").status_code == 303
    with security_log() as lines:
        drain(installed())
    petra = queries.find_account("petra")
    assert petra is not None
    what = "change" if way == "change" else "registration"
    assert [(one["kind"], one["what"], one["member_id"], one["by"]) for one in lines] == [
        ("address-claimed", what, owner.id, str(petra.id))
    ]
    assert the_member(owner).email_key == "owner@example.org"
    owners = sa.select(MEMBERS.c.username).where(MEMBERS.c.email_key == "owner@example.org")
    assert list(db.session.scalars(owners)) == ["owner"]


def test_fields_that_a_form_doesn_t_have_promote_nobody(scene: Scene) -> None:
    visitor = scene.visitor()
    assert visitor.actor is not None
    submit(visitor.client, "/settings/profile", "profile", roles="admin", role="admin", is_staff="1", confirmed_at="1")
    assert queries.actor_of(visitor.actor.member_id).roles == frozenset()


# ---------------------------------------------------------------- how much is written


def test_nobody_fills_the_disk_with_what_they_are_refused(scene: Scene) -> None:
    visitor = scene.visitor()
    with security_log() as lines:
        for _time in range(logging.MOST_LINES + 5):
            assert visitor.get("/admin").status_code == 403
    assert len(lines) == logging.MOST_LINES
    with security_log() as lines:
        sign_in_by_form(scene.guest(), "petra", "another")
    assert [line["kind"] for line in lines] == ["sign-in-refused"], "of another kind there is room"
    scene.moment.shift(60)
    with security_log() as lines:
        visitor.get("/admin")
    assert [(line["kind"], line.get("count")) for line in lines] == [("left-out", "5"), ("right-refused", None)]


def test_many_networks_at_once_fill_it_no_further() -> None:
    logging.forget()
    with time_machine.travel(NOON, tick=False), security_log() as lines:
        for number in range(logging.MOST_OF_A_KIND + 50):
            logging.security("forged-form", None, f"198.51.{number // 250}.{number % 250}")
        logging.security("token-refused", None, "203.0.113.1")
    logging.forget()
    assert [line["kind"] for line in lines] == ["forged-form"] * logging.MOST_OF_A_KIND + ["token-refused"]
