"""An OpenID provider of our own, on loopback, that says whatever a test wants, lies included."""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from flask.testing import FlaskClient
from joserfc import jws
from joserfc.jwk import ECKey
from werkzeug.test import TestResponse

from forum.core import clock
from forum.core.actor import SYSTEM, Actor
from forum.core.database import transaction
from forum.oidc import actions, protocol, queries
from forum.oidc.actions import ProviderDraft
from forum.oidc.claims import person
from forum.oidc.protocol import Found
from forum.oidc.tokens import LOGOUT_EVENT

CLIENT = "tafelrunde"
PETRA: Mapping[str, Any] = {
    "sub": "p-1",
    "preferred_username": "petra",
    "name": "Petra Lindgren",
    "email": "petra@example.org",
    "email_verified": True,
}


def new_key(name: str) -> ECKey:
    return ECKey.generate_key("P-256", parameters={"kid": name, "use": "sig", "alg": "ES256"})


@dataclass
class StubProvider:
    """What it says: `person` in the ID token, `told` at the user info endpoint; `lies` replace claims of the ID token (None
    takes one away), `head` its head; `metadata` replaces what it says of itself. `hold` keeps every answer back, `came` counts
    the questions, also those that wait."""

    issuer: str = ""
    person: dict[str, Any] = field(default_factory=lambda: dict(PETRA))
    told: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    head: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    signs_with: ECKey = field(default_factory=lambda: new_key("first"))
    published: list[ECKey] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)
    came: int = 0
    sent: list[tuple[Mapping[str, str], Mapping[str, str]]] = field(default_factory=list)
    raw: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    # ------------------------------------------------ the browser's side

    def back_from(self, location: str, **more: str) -> str:
        """Where the provider sends a browser that came to this address and signed in: the path here, with a code."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self._codes[code] = asked
        way_back = urlsplit(asked["redirect_uri"]).path
        return f"{way_back}?{urlencode({'code': code, 'state': asked['state'], **more})}"

    # ------------------------------------------------ what it signs

    def sign(self, claims: Mapping[str, Any], **head: Any) -> str:
        """A token of this provider."""
        header = {"alg": "ES256", "kid": self.signs_with.kid, **head}
        protected = {name: value for name, value in header.items() if value is not None}
        return jws.serialize_compact(protected, json.dumps(claims).encode(), self.signs_with)

    def id_token(self, nonce: str) -> str:
        now = int(clock.now().timestamp())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 3600, "auth_time": now, "nonce": nonce,
            **self.person, **self.lies,
        }  # fmt: skip
        return self.sign({name: value for name, value in claims.items() if value is not None}, **self.head)

    def logout_token(self, **lies: Any) -> str:
        now = int(clock.now().timestamp())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": secrets.token_hex(8),
            "sub": self.person["sub"], "events": {LOGOUT_EVENT: {}}, **lies,
        }  # fmt: skip
        return self.sign({name: value for name, value in claims.items() if value is not None}, typ="logout+jwt")

    # ------------------------------------------------ the server's side

    def answer(self, path: str, form: Mapping[str, str], headers: Mapping[str, str]) -> tuple[int, Any]:
        self.asked.append(path)
        if path in self.raw:
            return self.raw[path]
        if path == "/.well-known/openid-configuration":
            endpoints = {"authorization": "auth", "token": "token", "userinfo": "me"}
            said = {f"{name}_endpoint": f"{self.issuer}/{at}" for name, at in endpoints.items()}
            return 200, {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **said, **self.metadata}
        if path == "/keys":
            keys = self.published or [self.signs_with]
            return 200, {"keys": [key.as_dict(private=False) for key in keys]}
        if path == "/me":
            return 200, {"sub": self.person["sub"], **self.told}
        return self._token(form, headers) if path == "/token" else (404, {})

    def _token(self, form: Mapping[str, str], headers: Mapping[str, str]) -> tuple[int, Any]:
        self.sent.append((form, headers))
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "opened", "token_type": "Bearer", "id_token": self.id_token(asked["nonce"])}


@contextmanager
def serving() -> Iterator[StubProvider]:
    """A stub that answers until the end of the block."""
    stub = StubProvider()
    stub.hold.set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            stub.came += 1
            stub.hold.wait(30)
            length = int(self.headers.get("Content-Length") or 0)
            form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            status, content = stub.answer(urlsplit(self.path).path, form, dict(self.headers))
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{stub.issuer}/elsewhere")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_words: object) -> None:
            """Tests say enough."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stub.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    protocol.forget()
    try:
        yield stub
    finally:
        stub.hold.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def set_up(stub: StubProvider, key: str = "company", **draft: Any) -> int:
    """The stub is one of the community's providers; returns its id here."""
    wanted = {"name": "Velomark account", "issuer": stub.issuer, "client_id": CLIENT, **draft}
    with transaction(SYSTEM) as system:
        return actions.add_provider(system, ProviderDraft(key=key, **wanted))


def link(member: Actor, provider_id: int, subject: str = "p-1") -> int:
    """The member signs in by this provider, too; returns the identity's id."""
    found = Found(subject, None, {"name": member.display_name})
    with transaction(member) as actor:
        provider = queries.provider(SYSTEM, provider_id)
        return actions.link(actor, provider, person(provider, found)).id


def go(client: FlaskClient, stub: StubProvider, address: str = "/login/with/company", **more: str) -> TestResponse:
    """The browser goes there, signs in, and comes back: the answer to its coming back."""
    there = client.get(address)
    assert there.status_code == 303, there.text
    return client.get(stub.back_from(there.headers["Location"], **more))
