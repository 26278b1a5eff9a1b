"""A device that makes and uses passkeys, as WebAuthn has it; what is wrong with it can be said."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from forum.core.actor import Actor
from forum.core.database import transaction
from forum.members import actions
from forum.members.passkeys import NewPasskey
from forum.members.queries import get_member

ORIGIN, HOST = "http://localhost:8000", "localhost"
"""Where the application under test is found."""
UP, UV, BE, BS, AT = 0x01, 0x04, 0x08, 0x10, 0x40


def written(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def read(value: str) -> bytes:
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))


@dataclass
class Device:
    """One passkey on one device, which recognises its owner. `count` is how often it has signed; None: it doesn't count,
    as one that goes along to other devices."""

    count: int | None = 0
    origin: str = ORIGIN
    host: str = HOST
    knows_owner: bool = True
    user_handle: str = ""
    credential_id: str = field(default_factory=lambda: written(secrets.token_bytes(32)))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def _client_data(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _data(self, more: int = 0) -> bytes:
        flags = UP | more | (UV if self.knows_owner else 0) | (BE | BS if self.count is None else 0)
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + (self.count or 0).to_bytes(4, "big")

    def _answer(self, response: dict[str, Any]) -> str:
        return json.dumps(
            {"id": self.credential_id, "rawId": self.credential_id, "type": "public-key", "response": response}
        )

    def make(self, options: dict[str, Any]) -> str:
        """What it answers when it shall make a passkey."""
        self.user_handle = options["user"]["id"]
        point = self.key.public_key().public_numbers()
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
        identifier = read(self.credential_id)
        data = self._data(AT) + bytes(16) + len(identifier).to_bytes(2, "big") + identifier + cose
        return self._answer(
            {
                "clientDataJSON": written(self._client_data("webauthn.create", options["challenge"])),
                "attestationObject": written(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
                "transports": ["internal", "something-new"],
            }
        )

    def use(self, options: dict[str, Any], *, tampers: bool = False) -> str:
        """What it answers when it shall prove itself; with `tampers` the signature is of something else."""
        if self.count is not None:
            self.count += 1
        data, said = self._data(), self._client_data("webauthn.get", options["challenge"])
        signed = data + hashlib.sha256(said).digest() + (b"?" if tampers else b"")
        return self._answer(
            {
                "clientDataJSON": written(said),
                "authenticatorData": written(data),
                "signature": written(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
                "userHandle": self.user_handle,
            }
        )


def a_passkey(member: Actor, name: str = "A phone") -> int:
    """The member has a passkey that nobody can use; its id."""
    new = NewPasskey(written(secrets.token_bytes(32)), "", written(secrets.token_bytes(32)), 0, ["internal"], False)
    with transaction(member) as actor:
        return actions.add_passkey(actor, get_member(actor, actor.member_id, lock=True), new, name, "")
