"""Sealing a message for one browser, and showing its relay who sends: Web Push.

The message is encrypted for the browser (RFC 8291, in the coding aes128gcm of RFC 8188), so that
the relay between sees neither its words nor how long they are. The sender shows itself by a signed
token (VAPID, RFC 8292), with a key that is derived from the server's own secret: replicas that
share the secret share the key, and nothing more has to be kept.
"""

from __future__ import annotations

import base64
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from secondvoice.vault.errors import UnusableSecret

POINT_LENGTH = 65
AUTH_LENGTH = 16
PADDED_LENGTH = 512
"""Every message is padded to as many bytes, so that a length tells nothing."""

_SALT_LENGTH = 16
_RECORD_SIZE = 4096
_LAST_RECORD = b"\x02"
_CURVE = ec.SECP256R1()
# The order of P-256 (NIST SP 800-186, 3.2.1.3).
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_VAPID_LABEL = b"secondvoice/vapid/1"


def check_browser_keys(receiver: bytes, auth: bytes) -> None:
    """Refuse what no browser gives.

    Raises:
        UnusableSecret: ``receiver`` is no uncompressed point of P-256 (65 bytes), or ``auth`` is
            not 16 bytes.
    """
    _point(receiver)
    if len(auth) != AUTH_LENGTH:
        raise UnusableSecret("The browser's key for reminders came in a form that is not known.")


def seal_push(message: bytes, receiver: bytes, auth: bytes) -> bytes:
    """``message`` as only the browser with these keys can read it.

    Args:
        message: at most ``PADDED_LENGTH`` bytes.
        receiver: the browser's public key ``p256dh``, 65 bytes.
        auth: the browser's ``auth``, 16 bytes.

    Raises:
        UnusableSecret: the keys are of another form.
        ValueError: the message is too long.
    """
    check_browser_keys(receiver, auth)
    if len(message) > PADDED_LENGTH:
        raise ValueError("This message is too long to be padded with the others.")
    padded = message + _LAST_RECORD + bytes(PADDED_LENGTH - len(message))
    sender = ec.generate_private_key(_CURVE)
    return _encrypted(padded, receiver, auth, sender, secrets.token_bytes(_SALT_LENGTH))


def vapid_public_key(secret: bytes) -> bytes:
    """The public key, 65 bytes, that browsers bind a subscription to."""
    return _public(_vapid_key(secret))


def vapid_header(secret: bytes, relay: str, *, expires: int, contact: str) -> str:
    """The value of ``Authorization`` for one request to a relay (RFC 8292, 3).

    Args:
        secret: the server's own.
        relay: the origin of the endpoint, ``https://host`` with a port that is not 443.
        expires: until when it holds, in seconds since 1970; at most a day ahead.
        contact: a ``mailto:`` or ``https:`` address at which the relay's people reach the host.
    """
    key = _vapid_key(secret)
    claims: dict[str, object] = {"aud": relay, "exp": expires, "sub": contact}
    signed = f"{_text(_json({'typ': 'JWT', 'alg': 'ES256'}))}.{_text(_json(claims))}"
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return f"vapid t={signed}.{_text(signature)}, k={_text(_public(key))}"


def _encrypted(
    padded: bytes, receiver: bytes, auth: bytes, sender: ec.EllipticCurvePrivateKey, salt: bytes
) -> bytes:
    """RFC 8291, 3.4, then one record of RFC 8188, 2. ``padded`` has its delimiter already."""
    public = _public(sender)
    shared = sender.exchange(ec.ECDH(), _point(receiver))
    key = _derive(shared, auth, b"WebPush: info\0" + receiver + public, 32)
    content_key = _derive(key, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(key, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + _RECORD_SIZE.to_bytes(4, "big") + bytes((len(public),)) + public
    return header + AESGCM(content_key).encrypt(nonce, padded, None)


def _vapid_key(secret: bytes) -> ec.EllipticCurvePrivateKey:
    # 48 bytes for a 32-byte order: what is taken off by the remainder cannot be noticed
    # (FIPS 186-5, A.2.1).
    drawn = int.from_bytes(_derive(secret, b"", _VAPID_LABEL, 48), "big")
    return ec.derive_private_key(drawn % (_ORDER - 1) + 1, _CURVE)


def _point(raw: bytes) -> ec.EllipticCurvePublicKey:
    try:
        if len(raw) == POINT_LENGTH:
            return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, raw)
    except ValueError:
        pass
    raise UnusableSecret("The browser's key for reminders came in a form that is not known.")


def _public(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def _json(value: dict[str, object]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
