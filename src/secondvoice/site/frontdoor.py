"""The token in the printed address: it lets a browser in once, and nobody else on the machine.

As Jupyter's server does: the address carries 32 random bytes; the browser that brings them gets a
cookie, and the token is spent. Kept are only the tokens' hashes, as the names of empty files, so
that a second process can make one for the server that runs, and so that using one is a deletion,
which happens once however many ask.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "tokens"


def make_token(data: Path) -> str:
    """Make a token for the server that runs on the folder ``data``.

    Returns:
        43 characters that are safe in an address: 256 random bits. Valid until used or until
        that server stops.

    Raises:
        OSError: the folder cannot be written.
    """
    token = secrets.token_urlsafe(32)
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / _name(token)).touch(mode=0o600, exist_ok=False)
    return token


def use_token(data: Path, token: str) -> bool:
    """Spend ``token``; True for exactly one caller, and only if it was made for this run."""
    try:
        (data / FOLDER / _name(token)).unlink()
    except OSError:
        return False
    return True


def forget_tokens(data: Path) -> None:
    """Make every token not used yet worthless."""
    shutil.rmtree(data / FOLDER, ignore_errors=True)


def address(port: int, token: str) -> str:
    """The address that lets a browser in once."""
    return f"http://127.0.0.1:{port}/enter/?key={token}"


def _name(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
