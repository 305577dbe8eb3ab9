"""The recovery code: 160 random bits that a person can write down and type in again.

Written in Crockford's base 32 (https://www.crockford.com/base32.html), which leaves out the
letters that are taken for others: eight groups of four, and a ninth group that shows whether
the other eight were typed as they were written. A wrong code passes that check about once in
a million, and then still opens nothing.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

from secondvoice.vault.errors import MistypedCode

__all__ = ["MistypedCode", "format_recovery_code", "make_recovery_code", "parse_recovery_code"]

CODE_LENGTH = 20
"""Bytes of randomness in a code."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_LETTERS = 32
_CHECK_LETTERS = 4
_CHECK_LABEL = b"secondvoice/recovery-check/1"


def make_recovery_code() -> str:
    """Return a new code: nine groups of four letters and digits, joined by dashes."""
    return format_recovery_code(secrets.token_bytes(CODE_LENGTH))


def format_recovery_code(code: bytes) -> str:
    """Write the 20 bytes of a code the way a person sees it.

    Raises:
        ValueError: ``code`` is not 20 bytes.
    """
    if len(code) != CODE_LENGTH:
        raise ValueError(f"A recovery code has {CODE_LENGTH} bytes.")
    letters = _letters(int.from_bytes(code, "big"), _LETTERS) + _check(code)
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def parse_recovery_code(text: str) -> bytes:
    """Read a code as a person types it and return its 20 bytes.

    Capital or small letters, spaces, dashes, O for 0 and I or L for 1 make no difference.

    Raises:
        MistypedCode: a letter is missing, too many or not one of the code's, or the last group
            does not fit the rest.
    """
    letters = [
        letter
        for letter in unicodedata.normalize("NFKC", text).upper()
        if not letter.isspace() and unicodedata.category(letter) not in {"Pd", "Cf"}
    ]
    strange = sum(letter not in _VALUES for letter in letters)
    if strange:
        if strange == 1:
            raise MistypedCode(
                "A recovery code has only digits and the letters A to Z without U. "
                "One sign is something else."
            )
        raise MistypedCode(
            "A recovery code has only digits and the letters A to Z without U. "
            "{strange} signs are something else.",
            strange=strange,
        )
    wanted = _LETTERS + _CHECK_LETTERS
    if len(letters) != wanted:
        raise MistypedCode(
            "A recovery code has {wanted} letters and digits; this has {found}.",
            wanted=wanted,
            found=len(letters),
        )
    number = 0
    for letter in letters[:_LETTERS]:
        number = number * 32 + _VALUES[letter]
    code = number.to_bytes(CODE_LENGTH, "big")
    if [_VALUES[letter] for letter in letters[_LETTERS:]] != [_VALUES[c] for c in _check(code)]:
        raise MistypedCode(
            "One of the letters is not as it was written down. Compare it group by group."
        )
    return code


def _check(code: bytes) -> str:
    digest = hashlib.sha256(_CHECK_LABEL + code).digest()
    return _letters(int.from_bytes(digest[:3], "big") >> 4, _CHECK_LETTERS)


def _letters(number: int, count: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))
