"""Telephone lines, as a page can offer them: shown one way, dialled another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody to ring or to write to.

    ``call`` and ``text`` are shown; ``tel`` and ``sms`` are what a telephone dials. ``word`` is
    what to text. ``chat`` is a page to write on, ``url`` a directory instead. ``hours`` and
    ``language`` are words, or empty. ``checked`` is the day on which the number was read at the
    service's own page (ISO), or empty. ``countries`` are codes.
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
    chat: str = ""
    hours: str = ""
    language: str = ""
    countries: tuple[str, ...] = ()

    @property
    def when(self) -> str:
        """When somebody is there and in which language, as one remark."""
        return "; ".join(part for part in (self.hours, self.language) if part)


@dataclass(frozen=True, slots=True)
class Country:
    """What there is in one country. ``emergency`` is the number to ring in danger, if known."""

    code: str
    name: str
    emergency: Line | None
    lines: tuple[Line, ...]


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
        chat=str(entry.get("chat", "")),
        hours=str(entry.get("hours", "")),
        language=str(entry.get("language", "")),
        countries=tuple(str(entry.get("country", "")).split()),
    )


def dialled(entries: Iterable[dict[str, Any]]) -> list[Line]:
    """The lines of these entries, those that somebody checked first, else in their order."""
    return sorted(map(dial, entries), key=lambda line: not line.checked)


def first_of(code: str, lines: Iterable[Line]) -> list[Line]:
    """These lines with those of one country first, else in their order."""
    return sorted(lines, key=lambda line: code not in line.countries)


def by_country(words: dict[str, Any]) -> list[Country]:
    """All lines of ``support.toml`` by country, in the order of its list of countries.

    A line for abuse comes after the others of its country. One for several countries is in each.
    """
    lines = [*dialled(words["numbers"]["lines"]), *dialled(words["abuse"]["lines"])]
    emergency = dialled(words["danger"]["numbers"])
    return [
        Country(
            code=code,
            name=name,
            emergency=next((line for line in emergency if code in line.countries), None),
            lines=tuple(line for line in lines if code in line.countries),
        )
        for code, name in words["numbers"]["countries"].items()
    ]


def _digits(shown: str) -> str:
    """What is dialled: figures, and a leading plus."""
    plus = "+" if shown.strip().startswith("+") else ""
    return plus + re.sub(r"\D", "", shown)
