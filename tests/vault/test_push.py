"""What a relay and a browser get: held against the standards' own example and other libraries."""

from __future__ import annotations

import base64
import json
import secrets

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from py_vapid import Vapid02

from secondvoice.vault import UnusableSecret
from secondvoice.vault.push import (
    PADDED_LENGTH,
    _encrypted,
    check_browser_keys,
    seal_push,
    vapid_header,
    vapid_public_key,
)

VECTOR = (
    "047bc436f8980f238cd974e601a2bf1037c2b3b174bc437f67f3bfe4e4a1501371"
    "f690ad2caea40f6603836955f041c146cc34c24f6682a8b3ab339ebbf7470f38"
)
SECRET = b"a server's own secret, as long as it likes"


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def browser() -> tuple[ec.EllipticCurvePrivateKey, bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return key, point, secrets.token_bytes(16)


def test_the_example_of_rfc_8291_comes_out_byte_for_byte() -> None:
    """Appendix A."""
    sender = ec.derive_private_key(
        int.from_bytes(raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
    )
    sealed = _encrypted(
        b"When I grow up, I want to be a watermelon\x02",
        raw(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        ),
        raw("BTBZMqHH6r4Tts7J_aSIgg"),
        sender,
        raw("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert sealed == raw(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIg"
        "Dll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@given(st.binary(max_size=PADDED_LENGTH))
def test_another_library_opens_what_was_sealed(message: bytes) -> None:
    key, point, auth = browser()
    sealed = seal_push(message, point, auth)
    assert http_ece.decrypt(sealed, private_key=key, auth_secret=auth) == message
    # Every message has one length, whatever it says.
    assert len(sealed) == 16 + 4 + 1 + 65 + PADDED_LENGTH + 1 + 16


def test_no_two_messages_share_a_key_or_a_salt() -> None:
    _, point, auth = browser()
    one, other = (seal_push(b"A moment for you", point, auth) for _ in range(2))
    assert one[:16] != other[:16]
    assert one[21:86] != other[21:86]


def test_a_message_that_is_longer_than_the_others_is_not_sent() -> None:
    _, point, auth = browser()
    with pytest.raises(ValueError, match="too long"):
        seal_push(bytes(PADDED_LENGTH + 1), point, auth)


@pytest.mark.parametrize("receiver", [b"", bytes(65), b"\x04" + bytes(64), b"\x02" + bytes(32)])
def test_a_key_that_no_browser_gives_is_refused(receiver: bytes) -> None:
    with pytest.raises(UnusableSecret):
        check_browser_keys(receiver, bytes(16))


def test_an_auth_of_another_length_is_refused() -> None:
    _, point, _ = browser()
    with pytest.raises(UnusableSecret):
        check_browser_keys(point, bytes(15))


def test_another_library_verifies_who_sends() -> None:
    header = vapid_header(
        SECRET, "https://relay.example", expires=1_800_000_000, contact="mailto:host@example.org"
    )
    # It wants no white space between the two, which RFC 9110, 11.4 allows.
    assert Vapid02.verify(header.replace(", k=", ",k="))
    token = header.removeprefix("vapid t=").split(",")[0]
    kind, claims, signature = token.split(".")
    assert json.loads(raw(kind)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(raw(claims)) == {
        "aud": "https://relay.example",
        "exp": 1_800_000_000,
        "sub": "mailto:host@example.org",
    }
    assert len(raw(signature)) == 64
    assert raw(header.split("k=")[1]) == vapid_public_key(SECRET)


def test_the_key_is_the_same_for_the_same_secret_and_for_no_other() -> None:
    # A test vector for ever: browsers bind their subscriptions to this key.
    assert vapid_public_key(b"secret").hex() == VECTOR
    assert vapid_public_key(b"secret") != vapid_public_key(b"secret ")
