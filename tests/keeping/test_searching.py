"""The search for leaks finds what is there."""

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING

import pytest
from tests.keeping.house import house_at
from tests.keeping.searching import Search, unpacked

if TYPE_CHECKING:
    from pathlib import Path

WORD = "zqplantedïword"
KEY = bytes(range(200, 232))

SEARCH = Search({"word": WORD, "key": KEY})


@pytest.mark.parametrize("before", range(4))
@pytest.mark.parametrize(
    "form",
    [
        lambda text: text.encode(),
        lambda text: text.upper().encode(),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: text.encode().hex().encode(),
        lambda text: text.encode().hex().upper().encode(),
        lambda text: base64.b64encode(text.encode()),
        lambda text: base64.urlsafe_b64encode(f"??>>{text}~~".encode()),
        lambda text: base64.b64encode(text.encode("utf-16-le")),
        lambda text: text.encode("unicode_escape"),
        lambda text: text.encode("ascii", "xmlcharrefreplace").replace(b"&#239;", b"\xc3\xaf"),
        lambda text: text.replace("ï", "%C3%AF").encode(),
    ],
)
def test_a_planted_word_is_found_in_every_form(form: object, before: int) -> None:
    if form(WORD).startswith(b"zqplanted\\"):  # type: ignore[operator]
        haystack = b"x" * before + WORD.replace("ï", "\\u00ef").encode()
    else:
        haystack = form("y" * before + WORD + "z")  # type: ignore[operator]
    assert SEARCH.bytes(haystack, "here")
