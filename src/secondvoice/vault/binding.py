"""Associated data: what a sealed thing is bound to, as bytes that can be read in only one way."""

from __future__ import annotations

NONCE_LENGTH = 12
TAG_LENGTH = 16
KEY_LENGTH = 32


def associated_data(*parts: bytes) -> bytes:
    """Join ``parts``, each led by its length as four bytes, big-endian.

    The lengths keep two different lists of parts from ever giving the same bytes. By custom the
    first part is a label that says what is bound.
    """
    return b"".join([len(part).to_bytes(4, "big") + part for part in parts])
