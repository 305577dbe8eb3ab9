"""The server's own secret: made once, kept in a file that only its owner can read."""

from __future__ import annotations

import os
import re
import secrets
from typing import TYPE_CHECKING

from secondvoice.site.config import SettingError

if TYPE_CHECKING:
    from pathlib import Path


def secret_key(data: Path) -> str:
    """Return the secret kept in ``data``, making it (and the folder) at the first call.

    The secret signs cookies; it opens nothing that a person wrote.

    Raises:
        SettingError: the folder cannot be written or the file cannot be read.
    """
    path = data / "secret"
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            # O_EXCL: of two programs that start together exactly one makes the secret.
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _read(path)
        with os.fdopen(handle, "w") as file:
            secret = secrets.token_urlsafe(48)
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise SettingError(
            f"The data folder {data} cannot be used ({error.strerror}). "
            "Choose another with --data, or make it writable."
        ) from error
    else:
        return secret


def _read(path: Path) -> str:
    secret = path.read_text(errors="replace").strip()
    if not re.fullmatch(r"[\w-]{32,}", secret, re.ASCII):
        raise SettingError(
            f"The file {path} holds no whole secret. It only signs cookies: "
            "delete it and start again; nothing that was written is lost."
        )
    return secret
