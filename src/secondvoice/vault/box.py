"""Sealing to a person's public key: what a locked device writes, only the unlocked diary opens.

ECDH on P-256, HKDF-SHA256, AES-256-GCM, in the manner of HPKE's base mode (RFC 9180), of which
every browser's WebCrypto has the parts. P-256 and not X25519, which older phones lack. Each box
has a key pair of its own, so its key is used once. The format is in docs/storage.md.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from secondvoice.vault.binding import KEY_LENGTH, NONCE_LENGTH, TAG_LENGTH
from secondvoice.vault.errors import Damaged, UnknownFormat

FORMAT = 1
BLOCK = 64
"""Contents are padded to a multiple of this many bytes, as those of a record are."""

_POINT_LENGTH = 65
_SECRET_LENGTH = 32
_INFO = b"secondvoice/box/1"
_CURVE = ec.SECP256R1()


def make_box_keys() -> tuple[bytes, bytes]:
    """Make a key pair for boxes.

    Returns:
        The private key (32 bytes, big-endian) and the public key (65 bytes, uncompressed point).
    """
    private = ec.generate_private_key(_CURVE)
    secret = private.private_numbers().private_value.to_bytes(_SECRET_LENGTH, "big")
    return secret, _point(private.public_key())


def seal_to(public: bytes, plaintext: bytes, *, bound_to: bytes) -> bytes:
    """Seal ``plaintext`` so that only the private half of ``public`` opens it.

    Args:
        public: the receiver's public key, 65 bytes.
        plaintext: what is sealed.
        bound_to: what stands beside the box in the clear; the same is needed to open it.

    Raises:
        Damaged: ``public`` is no point of the curve.
    """
    once = ec.generate_private_key(_CURVE)
    point = _point(once.public_key())
    key = _key(once, _read_point(public), point, public)
    marked = plaintext + b"\x80"
    padded = marked + bytes(-len(marked) % BLOCK)
    return bytes((FORMAT,)) + point + AESGCM(key).encrypt(bytes(NONCE_LENGTH), padded, bound_to)


def open_box(private: bytes, box: bytes, *, bound_to: bytes) -> bytes:
    """Return what was sealed to the public half of ``private``.

    Raises:
        Damaged: the box, the key or ``bound_to`` is not what it was.
        UnknownFormat: a newer version sealed it.
    """
    if box and box[0] > FORMAT:
        raise UnknownFormat
    if len(box) < 1 + _POINT_LENGTH + BLOCK + TAG_LENGTH or box[0] != FORMAT:
        raise Damaged
    point, content = box[1 : 1 + _POINT_LENGTH], box[1 + _POINT_LENGTH :]
    own = ec.derive_private_key(int.from_bytes(private, "big"), _CURVE)
    key = _key(own, _read_point(point), point, _point(own.public_key()))
    try:
        padded = AESGCM(key).decrypt(bytes(NONCE_LENGTH), content, bound_to)
    except InvalidTag:
        raise Damaged from None
    return padded[: padded.rindex(b"\x80")]


def _key(
    own: ec.EllipticCurvePrivateKey, other: ec.EllipticCurvePublicKey, point: bytes, public: bytes
) -> bytes:
    shared = own.exchange(ec.ECDH(), other)
    derivation = HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=point + public, info=_INFO)
    return derivation.derive(shared)


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _read_point(point: bytes) -> ec.EllipticCurvePublicKey:
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
    except ValueError:
        raise Damaged from None
