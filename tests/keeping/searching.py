"""Looking for words and keys in bytes, in every form in which they are likely to be left lying."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SHORTEST = 8
"""Bytes: what is shorter would be found by chance in a few megabytes of sealed bytes."""


def forms_of(secret: str | bytes) -> dict[bytes, str]:
    """The byte strings that would betray ``secret``, each with the name of its form."""
    found: dict[bytes, str] = {}
    for raw, name in _raw_forms(secret):
        found[raw] = name
        found[raw.hex().encode()] = f"hexadecimal {name}"
        found[raw.hex().upper().encode()] = f"hexadecimal {name}"
        for part in _inside_base64(raw):
            found[part] = f"base64 {name}"
            found[part.translate(bytes.maketrans(b"+/", b"-_"))] = f"base64 {name}"
    return {form: name for form, name in found.items() if len(form) >= SHORTEST}


def _raw_forms(secret: str | bytes) -> Iterator[tuple[bytes, str]]:
    if isinstance(secret, bytes):
        yield secret, "bytes"
        yield secret[::-1], "bytes backwards"
        return
    for text in {secret, secret.casefold(), secret.upper()}:
        yield text.encode(), "UTF-8"
        yield text.encode("utf-16-le"), "UTF-16"
        yield text.encode("utf-16-be"), "UTF-16"
        yield quote(text, safe="").encode(), "percent-encoded"
        yield quote_plus(text).encode(), "form-encoded"
        yield json.dumps(text)[1:-1].encode(), "JSON"
        yield escape(text).encode(), "HTML"
        yield text.encode("latin-1", "ignore"), "Latin-1"


def _inside_base64(raw: bytes) -> Iterator[bytes]:
    """What of ``raw`` is always there in the base64 of anything it stands in, at each alignment."""
    for before in range(3):
        after = -(before + len(raw)) % 3
        whole = base64.b64encode(b"\0" * before + raw + b"\0" * after)
        # The characters at the edges also carry bits of the neighbours.
        first = (before * 8 + 5) // 6
        last = (before + len(raw)) * 8 // 6
        yield whole[first:last]


@dataclass(frozen=True)
class Found:
    """A secret where it should not be. Its repr is what a failed test shows."""

    what: str
    form: str
    where: str


class Search:
    """A search for many secrets at once.

    Args:
        secrets: by a name each, that a failed test shows.
    """

    def __init__(self, secrets: dict[str, str | bytes]) -> None:
        self._forms = {
            form: (what, name)
            for what, secret in secrets.items()
            for form, name in forms_of(secret).items()
        }

    def bytes(self, haystack: bytes, where: str) -> set[Found]:
        return {
            Found(what, name, where)
            for form, (what, name) in self._forms.items()
            if form in haystack
        }

    def files(self, roots: Iterable[Path]) -> set[Found]:
        """In the contents and in the names of all files below ``roots``."""
        found: set[Found] = set()
        for root in roots:
            for path in (root, *root.rglob("*")):
                found |= self.bytes(path.name.encode(), f"the name of {path}")
                if path.is_file():
                    found |= self.bytes(path.read_bytes(), str(path))
        return found

    def session(self, stored: str, where: str) -> set[Found]:
        """In a session row, which Django signs, packs in base64 and may compress."""
        return self.bytes(unpacked(stored), where)


def unpacked(stored: str) -> bytes:
    """The JSON in a session row as Django's ``signing`` writes it."""
    value = stored.partition(":")[0]
    compressed = value.startswith(".")
    raw = base64.urlsafe_b64decode(value.removeprefix(".") + "==")
    return zlib.decompress(raw) if compressed else raw
