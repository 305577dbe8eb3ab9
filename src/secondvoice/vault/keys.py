"""The data key of a person, and the ways of wrapping it.

Everything a person writes is sealed under one random data key. The data key itself is kept only
wrapped: by a key derived from the passphrase (Argon2id, RFC 9106), by one derived from the
recovery code, or by one kept in this computer's account (HKDF, RFC 5869). Unlocking is
unwrapping; there is no password hash to compare with. See docs/decisions/0003-keys.md and, byte
by byte, docs/storage.md.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from secondvoice.vault.binding import KEY_LENGTH, NONCE_LENGTH, TAG_LENGTH, associated_data
from secondvoice.vault.errors import UnknownFormat, UnusableSecret, WrongKey
from secondvoice.vault.recovery import parse_recovery_code

if TYPE_CHECKING:
    from uuid import UUID

__all__ = [
    "KdfParams",
    "Method",
    "WrappedKey",
    "WrongKey",
    "key_check",
    "make_data_key",
    "unwrap",
    "wrap_with_device_key",
    "wrap_with_passphrase",
    "wrap_with_recovery_code",
]

Method = Literal["passphrase", "recovery", "device"]

WRAP_VERSION = 1
SALT_LENGTH = 16
CHECK_LENGTH = 16

# Wrapped together with the data key, and looked for when unwrapping. AES-GCM-SIV alone does not
# commit to its key: bytes can be built that open under many passphrases at once, and whoever can
# write to the database could try many guesses with one unlock. 32 known bytes close that.
_COMMITMENT = bytes(32)
_WRAPPED_LENGTH = NONCE_LENGTH + len(_COMMITMENT) + KEY_LENGTH + TAG_LENGTH

# What a stored row may ask this computer to do. Far above what we choose, far below harm.
_MEMORY_KIB_RANGE = (1024, 4 * 1024 * 1024)
_PASSES_RANGE = (1, 64)
_LANES_RANGE = (1, 64)


@dataclass(frozen=True, slots=True)
class KdfParams:
    """The cost of turning a passphrase into a key with Argon2id.

    Attributes:
        memory_kib: memory in KiB, 1,024 to 4,194,304.
        passes: passes over that memory, 1 to 64.
        lanes: parallel lanes, 1 to 64.

    Raises:
        ValueError: a figure is out of its range.
    """

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        for name, value, (low, high) in (
            ("memory_kib", self.memory_kib, _MEMORY_KIB_RANGE),
            ("passes", self.passes, _PASSES_RANGE),
            ("lanes", self.lanes, _LANES_RANGE),
        ):
            if type(value) is not int or not low <= value <= high:
                raise ValueError(f"{name} must be a whole number from {low} to {high}.")


@dataclass(frozen=True, slots=True, repr=False)
class WrappedKey:
    """A data key wrapped in one way: what may be stored.

    Attributes:
        method: what opens it.
        version: the version of the wrapping format, 1 today.
        salt: 16 random bytes.
        params: the cost figures of the passphrase (:class:`KdfParams`), else empty.
        wrapped: nonce, sealed data key and tag.
    """

    method: Method
    version: int
    salt: bytes
    params: dict[str, int]
    wrapped: bytes

    def __repr__(self) -> str:
        return f"WrappedKey(method={self.method!r}, version={self.version})"


def make_data_key() -> bytes:
    """Return a new data key: 32 random bytes."""
    return secrets.token_bytes(KEY_LENGTH)


def key_check(data_key: bytes) -> bytes:
    """16 bytes that tell one data key from another, and nothing about it.

    HKDF-SHA256 over 256 random bits: to find the key from it is to guess the key.
    """
    info = b"secondvoice/key-check/1"
    return HKDF(algorithm=SHA256(), length=CHECK_LENGTH, salt=None, info=info).derive(data_key)


def wrap_with_passphrase(
    data_key: bytes, passphrase: str, *, person: UUID, params: KdfParams
) -> WrappedKey:
    """Wrap ``data_key`` for ``person`` under ``passphrase`` at the cost of ``params``.

    Raises:
        UnusableSecret: the passphrase is empty or cannot be written as text.
    """
    secret = _passphrase_bytes(passphrase)
    salt = secrets.token_bytes(SALT_LENGTH)
    key = derive_passphrase_key(secret, salt, params)
    return _wrap(data_key, key, "passphrase", salt, person=person, params=params)


def wrap_with_recovery_code(data_key: bytes, code: str, *, person: UUID) -> WrappedKey:
    """Wrap ``data_key`` for ``person`` under a recovery code.

    Raises:
        MistypedCode: ``code`` is not a recovery code.
    """
    secret = parse_recovery_code(code)
    salt = secrets.token_bytes(SALT_LENGTH)
    key = derive_strong_key(secret, salt, "recovery")
    return _wrap(data_key, key, "recovery", salt, person=person)


def wrap_with_device_key(data_key: bytes, device_key: bytes, *, person: UUID) -> WrappedKey:
    """Wrap ``data_key`` for ``person`` under 32 random bytes kept by this computer's account.

    Raises:
        UnusableSecret: ``device_key`` is not 32 bytes.
    """
    secret = _device_bytes(device_key)
    salt = secrets.token_bytes(SALT_LENGTH)
    key = derive_strong_key(secret, salt, "device")
    return _wrap(data_key, key, "device", salt, person=person)


def unwrap(wrapped: WrappedKey, secret: str | bytes, *, person: UUID) -> bytes:
    """Return the data key inside ``wrapped``.

    Args:
        wrapped: what was stored.
        secret: the passphrase or recovery code (text), or the device key (bytes).
        person: whose key it is; another person's wrapping does not open.

    Raises:
        WrongKey: it does not open.
        MistypedCode: the recovery code cannot be right as it was typed.
        UnknownFormat: a newer version wrapped it.
    """
    if wrapped.version != WRAP_VERSION or wrapped.method not in get_args(Method):
        raise UnknownFormat
    if len(wrapped.wrapped) != _WRAPPED_LENGTH or len(wrapped.salt) != SALT_LENGTH:
        raise WrongKey("The stored key was changed or cut off, so it cannot be opened.")
    key = _key_for(wrapped, secret)
    nonce, sealed = wrapped.wrapped[:NONCE_LENGTH], wrapped.wrapped[NONCE_LENGTH:]
    bound = _binding(person, wrapped.method, wrapped.version, wrapped.params)
    try:
        opened = AESGCMSIV(key).decrypt(nonce, sealed, bound)
    except InvalidTag:
        opened = b""
    if len(opened) != len(_COMMITMENT) + KEY_LENGTH or not opened.startswith(_COMMITMENT):
        raise WrongKey
    return opened[len(_COMMITMENT) :]


def derive_passphrase_key(secret: bytes, salt: bytes, params: KdfParams) -> bytes:
    """Argon2id (RFC 9106): slow on purpose, because a person's passphrase can be guessed at."""
    return Argon2id(
        salt=salt,
        length=KEY_LENGTH,
        iterations=params.passes,
        lanes=params.lanes,
        memory_cost=params.memory_kib,
    ).derive(secret)


def derive_strong_key(secret: bytes, salt: bytes, purpose: str) -> bytes:
    """HKDF-SHA256 (RFC 5869): quick, for secrets of 160 or more random bits."""
    info = f"secondvoice/{purpose}/1".encode()
    return HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=salt, info=info).derive(secret)


def _wrap(
    data_key: bytes,
    key: bytes,
    method: Method,
    salt: bytes,
    *,
    person: UUID,
    params: KdfParams | None = None,
) -> WrappedKey:
    if len(data_key) != KEY_LENGTH:
        raise UnusableSecret(f"A data key has {KEY_LENGTH} bytes.")
    stored = asdict(params) if params else {}
    nonce = secrets.token_bytes(NONCE_LENGTH)
    bound = _binding(person, method, WRAP_VERSION, stored)
    sealed = AESGCMSIV(key).encrypt(nonce, _COMMITMENT + data_key, bound)
    return WrappedKey(method, WRAP_VERSION, salt, stored, nonce + sealed)


def _key_for(wrapped: WrappedKey, secret: str | bytes) -> bytes:
    try:
        if wrapped.method == "passphrase" and isinstance(secret, str):
            params = _stored_params(wrapped.params)
            return derive_passphrase_key(_passphrase_bytes(secret), wrapped.salt, params)
        if wrapped.method == "recovery" and isinstance(secret, str):
            return derive_strong_key(parse_recovery_code(secret), wrapped.salt, "recovery")
        if wrapped.method == "device" and isinstance(secret, bytes):
            return derive_strong_key(_device_bytes(secret), wrapped.salt, "device")
    except UnusableSecret:
        # Nothing was ever wrapped with such a secret, so it is simply a wrong one.
        raise WrongKey from None
    raise WrongKey


def _stored_params(params: dict[str, Any]) -> KdfParams:
    try:
        return KdfParams(**params)
    except (TypeError, ValueError):
        raise WrongKey("The stored key was changed, so it cannot be opened.") from None


def _passphrase_bytes(passphrase: str) -> bytes:
    """Normalise as typed on any keyboard: NFKC, no space at either end, UTF-8.

    NFKC, because the same passphrase comes composed or decomposed, in full or half width, and
    with no-break spaces, depending on the device. A phone's suggestion adds a space at the end.
    """
    text = unicodedata.normalize("NFKC", passphrase).strip()
    if not text:
        raise UnusableSecret("The passphrase is empty. Choose some words.")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UnusableSecret("The passphrase holds something that is not text. Type it again.")
    return text.encode()


def _device_bytes(device_key: bytes) -> bytes:
    if len(device_key) != KEY_LENGTH:
        raise UnusableSecret(f"This computer's key has not {KEY_LENGTH} bytes.")
    return device_key


def _binding(person: UUID, method: str, version: int, params: dict[str, int]) -> bytes:
    return associated_data(
        b"secondvoice/wrapped-key",
        person.bytes,
        method.encode(),
        version.to_bytes(4, "big"),
        json.dumps(params, sort_keys=True, separators=(",", ":")).encode(),
    )
