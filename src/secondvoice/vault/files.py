"""Sealing a file with a passphrase, a chunk at a time, so that it may be of any length.

The file has a random key of its own, wrapped by the passphrase as a person's data key is. The
chunks are sealed by the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, *Online
authenticated-encryption and its nonce-reuse misuse-resistance*, 2015), as age does: the number of
the chunk and whether it is the last are in its nonce, so that none can be moved, left out or cut
off unseen. The format, byte by byte, is in docs/storage.md.
"""

from __future__ import annotations

import base64
import binascii
import json
import uuid
from typing import IO, TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from secondvoice.vault.binding import NONCE_LENGTH, TAG_LENGTH
from secondvoice.vault.errors import Damaged, TooCostly, UnknownFormat
from secondvoice.vault.keys import (
    WRAP_VERSION,
    KdfParams,
    WrappedKey,
    make_data_key,
    unwrap,
    wrap_with_passphrase,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARK = b"secondvoice-sealed 1 "
"""What a sealed file begins with. The 1 is the version of this format."""
CHUNK = 64 * 1024
_ANY_VERSION = b"secondvoice-sealed "
_HEADER_MOST = 4096


def is_sealed_file(beginning: bytes) -> bool:
    """Whether a file that begins so was sealed by :func:`seal_file`, in any version."""
    return beginning.startswith(_ANY_VERSION)


def seal_file(parts: Iterable[bytes], passphrase: str, params: KdfParams) -> Iterator[bytes]:
    """Seal what ``parts`` give, one after the other.

    Args:
        parts: the contents, in pieces of any length.
        passphrase: what will open the file.
        params: the cost of trying a passphrase.

    Yields:
        The sealed file, in pieces.

    Raises:
        UnusableSecret: the passphrase is empty or no text.
    """
    key, file_id = make_data_key(), uuid.uuid4()
    wrap = wrap_with_passphrase(key, passphrase, person=file_id, params=params)
    header = _header(file_id, wrap)
    yield header
    cipher = AESGCM(key)
    waiting = bytearray()
    number = 0
    for part in parts:
        waiting += part
        # The last chunk is known only when nothing comes after it, so one is held back.
        while len(waiting) > CHUNK:
            yield cipher.encrypt(_nonce(number, last=False), bytes(waiting[:CHUNK]), header)
            del waiting[:CHUNK]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), header)


def open_file(
    sealed: IO[bytes], passphrase: str, *, most: KdfParams | None = None
) -> Iterator[bytes]:
    """Open a sealed file from its beginning.

    Each piece that comes out is as it was sealed and in its place. Whether the file ends where it
    should is known only at the end, so nothing may be kept of it before.

    Args:
        sealed: the file.
        passphrase: what opens it.
        most: the most that a try may cost, where somebody else's machine pays for it; None: as
            much as the file says.

    Raises:
        WrongKey: the passphrase does not open it.
        TooCostly: a try would cost more than ``most``; none was made.
        Damaged: it was changed or cut off.
        UnknownFormat: a newer version sealed it.
    """
    header = sealed.readline(_HEADER_MOST)
    file_id, wrap = _read_header(header)
    if most is not None and _costs_more(wrap, most):
        raise TooCostly
    cipher = AESGCM(unwrap(wrap, passphrase, person=file_id))
    number = 0
    chunk = sealed.read(CHUNK + TAG_LENGTH)
    while True:
        after = sealed.read(CHUNK + TAG_LENGTH)
        try:
            yield cipher.decrypt(_nonce(number, last=not after), chunk, header)
        except (InvalidTag, ValueError):
            raise Damaged("The file was changed or cut off, so it cannot be opened.") from None
        if not after:
            return
        chunk, number = after, number + 1


def _costs_more(wrap: WrappedKey, most: KdfParams) -> bool:
    try:
        told = KdfParams(**wrap.params)
    except (TypeError, ValueError):
        # No cost at all: unwrapping says so.
        return False
    return told.memory_kib > most.memory_kib or told.passes > most.passes or told.lanes > most.lanes


def _header(file_id: uuid.UUID, wrap: WrappedKey) -> bytes:
    told = {
        "file": str(file_id),
        "params": wrap.params,
        "salt": base64.b64encode(wrap.salt).decode(),
        "wrapped": base64.b64encode(wrap.wrapped).decode(),
    }
    return MARK + json.dumps(told, separators=(",", ":")).encode() + b"\n"


def _read_header(header: bytes) -> tuple[uuid.UUID, WrappedKey]:
    if not header.startswith(MARK):
        raise UnknownFormat if is_sealed_file(header) else Damaged("This is no sealed file.")
    try:
        told: dict[str, Any] = json.loads(header.removeprefix(MARK))
        return uuid.UUID(told["file"]), WrappedKey(
            method="passphrase",
            version=WRAP_VERSION,
            salt=base64.b64decode(told["salt"], validate=True),
            params=told["params"],
            wrapped=base64.b64decode(told["wrapped"], validate=True),
        )
    except (ValueError, TypeError, LookupError, AttributeError, binascii.Error):
        raise Damaged("The beginning of the file was changed, so it cannot be opened.") from None


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(NONCE_LENGTH - 1, "big") + bytes((last,))
