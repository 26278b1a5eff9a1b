"""What authenticators answer, and whether it holds. The one place that knows the library; it takes half a second and
23 MB to load, so whoever needs this imports it when somebody has a passkey in hand."""

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import TypeVar

import webauthn
from webauthn.helpers import (
    base64url_to_bytes,
    parse_attestation_object,
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.cose import COSEAlgorithmIdentifier

from forum.core.errors import Invalid
from forum.members import passkeys
from forum.members.passkeys import KnownPasskey, NewPasskey, RelyingParty, UsedPasskey

_LONGEST_ANSWER = 20_000
Found = TypeVar("Found")


def _read(parse: Callable[[], Found], code: str = "passkey-unfit") -> Found:
    """What the library makes of an answer. Raises Invalid for all that it can't be."""
    try:
        return parse()
    except Invalid:
        raise
    except Exception as error:
        raise Invalid(code) from error


def _checked(answer: str) -> str:
    if not answer:
        raise Invalid("passkey-missing")
    if len(answer) > _LONGEST_ANSWER:
        raise Invalid("passkey-unfit")
    return answer


def _challenge_of(client_data: bytes, rp_id_hash: bytes, here: RelyingParty) -> bytes:
    """The challenge that is answered. Raises Invalid for an answer that was given to another place."""
    said = parse_client_data_json(client_data)
    ours = hashlib.sha256(here.id.encode()).digest()
    if said.origin != here.origin or said.cross_origin or not hmac.compare_digest(rp_id_hash, ours):
        raise Invalid("passkey-elsewhere", address=here.origin)
    return said.challenge


def read_new(answer: str, session: str, user_handle: str) -> NewPasskey:
    """The passkey that was made for this handle. Raises Invalid."""
    here = passkeys.here()
    given = _read(lambda: parse_registration_credential_json(_checked(answer)))
    made = _read(lambda: parse_attestation_object(given.response.attestation_object))
    data = given.response.client_data_json
    challenge = _read(lambda: _challenge_of(data, made.auth_data.rp_id_hash, here))
    passkeys.made_at("add", session, challenge)
    verified = _read(
        lambda: webauthn.verify_registration_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=here.id,
            expected_origin=here.origin,
            require_user_verification=True,
            supported_pub_key_algs=[COSEAlgorithmIdentifier(number) for number in passkeys.ALGORITHMS],
        )
    )
    return NewPasskey(
        passkeys.encoded(verified.credential_id),
        passkeys.encoded(verified.credential_public_key),
        user_handle,
        verified.sign_count,
        sorted(one.value for one in given.response.transports or () if one.value in passkeys.TRANSPORTS),
        verified.credential_backed_up,
    )


def credential_id_of(answer: str) -> str:
    """What the authenticator calls the passkey that answers. Raises Invalid."""
    return passkeys.encoded(_read(lambda: parse_authentication_credential_json(_checked(answer))).raw_id)


def read_used(answer: str, session: str, known: KnownPasskey) -> UsedPasskey:
    """That this passkey has answered this session's challenge. Raises Invalid.

    How often it has signed is left to `actions.use_passkey`, which sees the newest count.
    """
    here = passkeys.here()
    given = _read(lambda: parse_authentication_credential_json(_checked(answer)))
    data, rp_id_hash = given.response.client_data_json, given.response.authenticator_data[:32]
    challenge = _read(lambda: _challenge_of(data, rp_id_hash, here))
    challenge_at = passkeys.made_at("use", session, challenge)
    verified = _read(
        lambda: webauthn.verify_authentication_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=here.id,
            expected_origin=here.origin,
            credential_public_key=base64url_to_bytes(known.public_key),
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    )
    handle = _read(lambda: str(json.loads(answer)["response"]["userHandle"]).rstrip("="))
    if not hmac.compare_digest(handle.encode(), known.user_handle.encode()):
        raise Invalid("passkey-unfit")
    return UsedPasskey(known.id, verified.new_sign_count, verified.credential_backed_up, challenge_at)
