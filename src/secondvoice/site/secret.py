"""The server's own secret: made once, kept in a file that only its owner can read.

Several servers that share one database share one secret: theirs is given by the environment.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from secondvoice.newfiles import new_file
from secondvoice.site.config import SettingError


def secret_key(data: Path) -> str:
    """Return the secret of the environment, else that kept in ``data``.

    The latter (and the folder) is made at the first call.

    The secret signs cookies; it opens nothing that a person wrote.

    Raises:
        SettingError: what is given is no secret, the folder cannot be written or the file cannot
            be read.
    """
    given = given_secret()
    if given:
        return given
    path = data / "secret"
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            return _read(path)
        secret = secrets.token_urlsafe(48)
        try:
            # Whole or not there, whenever a start is broken off; and of two programs that start
            # together exactly one makes the secret.
            with new_file(path) as making:
                making.write_text(secret)
        except FileExistsError:
            return _read(path)
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


def given_secret() -> str:
    """The secret of ``SECONDVOICE_SECRET`` or of the file ``SECONDVOICE_SECRET_FILE``; else "".

    Raises:
        SettingError: both are set, the file cannot be read, or what is there is no secret.
    """
    name, told = "SECONDVOICE_SECRET", os.environ.get("SECONDVOICE_SECRET", "")
    file = os.environ.get("SECONDVOICE_SECRET_FILE", "")
    if file and told:
        raise SettingError(
            "SECONDVOICE_SECRET and SECONDVOICE_SECRET_FILE are both set; unset one of them."
        )
    if file:
        name = "SECONDVOICE_SECRET_FILE"
        try:
            told = Path(file).read_text(errors="replace").strip()
        except OSError as error:
            raise SettingError(f"{name} cannot be read ({error.strerror}).") from None
    if (file or told) and not re.fullmatch(r"[!-~]{32,}", told, re.ASCII):
        # Never the value itself: what is printed at a start lies in a log.
        raise SettingError(
            f"{name} holds no whole secret; give it 32 or more letters, digits and signs without "
            "a space, the same for every replica. 'openssl rand -base64 48' makes one."
        )
    return told
