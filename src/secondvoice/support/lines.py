"""Telephone lines, as a page can offer them: shown one way, dialled another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody to ring or to write to.

    ``call`` and ``text`` are shown; ``tel`` and ``sms`` are what a telephone dials. ``word`` is
    what to text. ``url`` is a directory instead. ``checked`` is the day on which the number was
    read at the service's own page (ISO), or empty.
    """

    where: str
    name: str = ""
    call: str = ""
    tel: str = ""
    text: str = ""
    sms: str = ""
    word: str = ""
    url: str = ""
    checked: str = ""


def dial(entry: dict[str, Any]) -> Line:
    """Make a line of an entry of ``support.toml``.

    Raises:
        ValueError: the entry can be neither rung, nor written to, nor opened.
    """
    call = str(entry.get("call") or entry.get("number") or "")
    text = str(entry.get("text", ""))
    word = str(entry.get("text_word", ""))
    url = str(entry.get("url", ""))
    if not (call or text or url):
        raise ValueError(f"The line {entry.get('id')!r} has no number and no address.")
    return Line(
        where=str(entry["where"]),
        name=str(entry.get("name", "")),
        call=call,
        tel=_digits(call),
        text=text,
        sms=_digits(text),
        word=word,
        url=url,
        checked=str(entry["checked"]) if entry.get("verified") else "",
    )


def _digits(shown: str) -> str:
    """What is dialled: figures, and a leading plus."""
    plus = "+" if shown.strip().startswith("+") else ""
    return plus + re.sub(r"\D", "", shown)
