"""The code of an invitation: made at random, typed by hand if need be, kept only as a hash."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter in it looks like a digit."""
LENGTH: Final = 20
"""Characters, of 5 bits each: 100 random bits, which nobody tries through."""
_GROUP = 5
_ALIKE = str.maketrans("OIL", "011")


def make_invitation_code() -> str:
    """A new code, as ``ABCDE-FGHJK-MNPQR-STVWX``."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))


def invitation_hash(code: str) -> str:
    """What is kept of a code, however it was typed: 64 hexadecimal digits.

    Args:
        code: with or without hyphens and spaces, in small or capital letters.
    """
    plain = "".join(sign for sign in code.upper().translate(_ALIKE) if sign in LETTERS)
    return hashlib.sha256(plain.encode()).hexdigest()
