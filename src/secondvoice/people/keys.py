"""Making and opening a person's data key: passphrase, recovery code, this computer's account."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from secondvoice.site.datafolder import DEVICE_KEY
from secondvoice.vault.keys import (
    KdfParams,
    WrappedKey,
    WrongKey,
    make_data_key,
    unwrap,
    wrap_with_device_key,
    wrap_with_passphrase,
    wrap_with_recovery_code,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from uuid import UUID

DEVICE_KEY_LENGTH = 32
_NEXT = f"{DEVICE_KEY}.next"
BACKUPS = "backups"

SHORTEST_PASSPHRASE = 8
"""Characters. There are no rules of composition: length is what helps (NIST SP 800-63B)."""


def first_keys_with_passphrase(
    person: UUID, passphrase: str, code: str, params: KdfParams
) -> tuple[bytes, list[WrappedKey]]:
    """Make a person's data key, and wrap it by ``passphrase`` and by the recovery ``code``.

    Returns:
        The data key (32 bytes) and the two wraps to keep.
    """
    data_key = make_data_key()
    return data_key, [
        wrap_with_passphrase(data_key, passphrase, person=person, params=params),
        wrap_with_recovery_code(data_key, code, person=person),
    ]


def first_keys_with_device(person: UUID, data: Path) -> tuple[bytes, list[WrappedKey]]:
    """Make a person's data key, wrapped by a key file in the data folder only."""
    data_key = make_data_key()
    return data_key, [wrap_with_device_key(data_key, make_device_key(data), person=person)]


def open_with(
    wraps: Sequence[WrappedKey], method: str, secret: str | bytes, *, person: UUID
) -> bytes:
    """The data key, opened by the wrap of ``method`` with ``secret``.

    Raises:
        WrongKey: the secret does not open it, or there is no wrap of that method.
        MistypedCode: a recovery code whose check group does not fit.
    """
    refused = WrongKey("There is no key of that kind here.")
    for wrap in wraps:
        if wrap.method == method:
            # More than one only where a change of the data key was killed in its last moment.
            try:
                return unwrap(wrap, secret, person=person)
            except WrongKey as error:
                refused = error
    raise refused


def is_weaker(wrap: WrappedKey, params: KdfParams) -> bool:
    """Whether a passphrase wrap was made with less work than ``params`` ask for now."""
    memory = int(wrap.params.get("memory_kib", 0))
    passes = int(wrap.params.get("passes", 0))
    return memory * passes < params.memory_kib * params.passes


def device_key(data: Path) -> bytes:
    """The 32-byte key of "protected by this computer's account".

    Raises:
        WrongKey: the file is gone or is not such a key.
    """
    try:
        key = (data / DEVICE_KEY).read_bytes()
    except OSError:
        key = b""
    if len(key) != DEVICE_KEY_LENGTH:
        raise WrongKey("This computer's account no longer has the key.")
    return key


def make_device_key(data: Path) -> bytes:
    """Make that key, in a file beside the database that only its owner can read (mode 0600).

    One that is there already and whole is used: the first run may have been interrupted.

    Raises:
        OSError: the folder cannot be written.
    """
    try:
        return device_key(data)
    except WrongKey:
        return _new_key_file(data / DEVICE_KEY)


def make_next_device_key(data: Path) -> bytes:
    """Make another such key beside the one that is there; :func:`take_next_device_key` takes it.

    Raises:
        OSError: the folder cannot be written.
    """
    return _new_key_file(data / _NEXT)


def take_next_device_key(data: Path) -> None:
    """Let the key that was made last be the one of this computer's account, in one step.

    The one before is kept among the backups: those from before open by it and by nothing else.

    Raises:
        OSError: the folder cannot be written.
    """
    kept = data / BACKUPS
    kept.mkdir(mode=0o700, exist_ok=True)
    before = kept / f"device-before-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.key"
    _write_key(before, device_key(data))
    (data / _NEXT).replace(data / DEVICE_KEY)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _new_key_file(path: Path) -> bytes:
    path.unlink(missing_ok=True)
    key = secrets.token_bytes(DEVICE_KEY_LENGTH)
    _write_key(path, key)
    return key


def _write_key(path: Path, key: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())


def forget_device_key(data: Path) -> None:
    """Take the key file away, once a passphrase protects instead or everything is erased."""
    for name in (DEVICE_KEY, _NEXT):
        (data / name).unlink(missing_ok=True)
