"""Sealing one record, bound to everything that stands beside it in the clear.

Each record gets its own random key, used once; that key is wrapped by the data key. So sharing
one record later means wrapping one small key, and no nonce can ever meet its key again. The
format, byte by byte, is in docs/storage.md.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESGCMSIV

from secondvoice.vault.binding import KEY_LENGTH, NONCE_LENGTH, TAG_LENGTH, associated_data
from secondvoice.vault.errors import Damaged, UnknownFormat

if TYPE_CHECKING:
    from uuid import UUID

FORMAT = 1
BLOCK = 64
"""Contents are padded to a multiple of this many bytes, so that a length tells little."""

_WRAPPED_KEY_LENGTH = KEY_LENGTH + TAG_LENGTH
_CONTENT_START = 1 + NONCE_LENGTH + _WRAPPED_KEY_LENGTH
# The record's key is new and encrypts this one content, so its nonce need not differ.
_CONTENT_NONCE = bytes(NONCE_LENGTH)

_KEY_LABEL = associated_data(b"secondvoice/record-key")
_CONTENT_LABEL = associated_data(b"secondvoice/record-content")


@dataclass(frozen=True, slots=True)
class Header:
    """What is stored in the clear beside the sealed bytes, and is bound to them.

    Attributes:
        person: whose record it is.
        id: this one revision.
        kind: which kind of record, e.g. ``moment``.
        version: the version of that kind, from 0.
        thing: what this is a revision of.
        happened_at_us: when it happened, in microseconds since 1970-01-01 UTC; may be negative.
    """

    person: UUID
    id: UUID
    kind: str
    version: int
    thing: UUID
    happened_at_us: int


def seal(data_key: bytes, plaintext: bytes, header: Header) -> bytes:
    """Seal ``plaintext`` under ``data_key`` and bind it to ``header``."""
    content_key = secrets.token_bytes(KEY_LENGTH)
    nonce = secrets.token_bytes(NONCE_LENGTH)
    key_bound, content_bound = _bindings(header)
    wrapped = AESGCMSIV(data_key).encrypt(nonce, content_key, key_bound)
    content = AESGCM(content_key).encrypt(_CONTENT_NONCE, _pad(plaintext), content_bound)
    return bytes((FORMAT,)) + nonce + wrapped + content


def open_sealed(data_key: bytes, sealed: bytes, header: Header) -> bytes:
    """Return what was sealed.

    Raises:
        Damaged: the bytes, the key or any part of the header is not what it was.
        UnknownFormat: a newer version sealed it.
    """
    if sealed and sealed[0] > FORMAT:
        raise UnknownFormat
    if len(sealed) < _CONTENT_START + BLOCK + TAG_LENGTH or sealed[0] != FORMAT:
        raise Damaged
    nonce, wrapped = sealed[1 : 1 + NONCE_LENGTH], sealed[1 + NONCE_LENGTH : _CONTENT_START]
    key_bound, content_bound = _bindings(header)
    try:
        content_key = AESGCMSIV(data_key).decrypt(nonce, wrapped, key_bound)
        padded = AESGCM(content_key).decrypt(_CONTENT_NONCE, sealed[_CONTENT_START:], content_bound)
    except InvalidTag:
        raise Damaged from None
    return padded[: padded.rindex(b"\x80")]


def _pad(plaintext: bytes) -> bytes:
    """ISO/IEC 7816-4: one byte 0x80, then zeros up to the next multiple of ``BLOCK``."""
    marked = plaintext + b"\x80"
    return marked + bytes(-len(marked) % BLOCK)


def _bindings(header: Header) -> tuple[bytes, bytes]:
    """What the record's key and what its content are bound to."""
    bound = associated_data(
        bytes((FORMAT,)),
        header.person.bytes,
        header.id.bytes,
        header.kind.encode(),
        header.version.to_bytes(4, "big"),
        header.thing.bytes,
        header.happened_at_us.to_bytes(8, "big", signed=True),
    )
    return _KEY_LABEL + bound, _CONTENT_LABEL + bound
