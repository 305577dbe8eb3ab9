"""While it is unlocked, the data key is in two halves: neither the server's nor the cookie's opens.

The session row holds the data key sealed under a key that only the person's own cookie has.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from secondvoice.vault.binding import KEY_LENGTH, NONCE_LENGTH, TAG_LENGTH, associated_data
from secondvoice.vault.errors import WrongKey

_FORMAT = b"\x01"
_LABEL = b"secondvoice/session"
_SEALED_LENGTH = len(_FORMAT) + NONCE_LENGTH + KEY_LENGTH + TAG_LENGTH


def split(data_key: bytes, bound_to: bytes) -> tuple[bytes, bytes]:
    """Return ``(cookie_key, sealed)`` for one session.

    Args:
        data_key: the unwrapped data key, 32 bytes.
        bound_to: what the halves belong to (the person, the session); join needs the same.

    Returns:
        cookie_key: 32 random bytes that may be only in the person's cookie.
        sealed: 61 bytes for the session row.
    """
    cookie_key = secrets.token_bytes(KEY_LENGTH)
    nonce = secrets.token_bytes(NONCE_LENGTH)
    sealed = AESGCMSIV(cookie_key).encrypt(nonce, data_key, associated_data(_LABEL, bound_to))
    return cookie_key, _FORMAT + nonce + sealed


def join(cookie_key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """Return the data key from both halves.

    Raises:
        WrongKey: the halves do not belong together or to ``bound_to``, or are not whole.
    """
    fits = len(cookie_key) == KEY_LENGTH and len(sealed) == _SEALED_LENGTH
    if not fits or not sealed.startswith(_FORMAT):
        raise WrongKey("This session can no longer be opened. Unlock again.")
    start = len(_FORMAT)
    nonce, rest = sealed[start : start + NONCE_LENGTH], sealed[start + NONCE_LENGTH :]
    try:
        return AESGCMSIV(cookie_key).decrypt(nonce, rest, associated_data(_LABEL, bound_to))
    except InvalidTag:
        raise WrongKey("This session can no longer be opened. Unlock again.") from None
