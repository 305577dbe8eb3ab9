"""jrnl's text, and plain Markdown: one day or many in a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from secondvoice.arriving.dates import NoDate, read_when
from secondvoice.arriving.entry import NO_DATE, Entry, together
from secondvoice.records.incoming import Skipped
from secondvoice.tongues import later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from secondvoice.arriving.choices import Choices

BEFORE_ANY: Final = later("It stands before the first date.")

_DATE: Final = r"\d{4}-\d{2}-\d{2}"
_TIME: Final = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp][Mm])?"
_IN_BRACKETS: Final = re.compile(rf"\[({_DATE}[ T]{_TIME})\](?:[ \t](.*))?$")
# jrnl until version 1.9.
_BARE: Final = re.compile(rf"({_DATE}[ T]{_TIME})[ \t](.*)$")
_HEADING: Final = re.compile(rf"#{{1,6}}[ \t]+({_DATE})(?:[ T,]+({_TIME}))?[ \t]*(.*)$")
_IN_NAME: Final = re.compile(rf"({_DATE})(?!\d)")
_FRONT: Final = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
LISTS_IN_LISTS: Final = 4
"""As far as brackets are taken off; what is within more of them stays as it stands."""
_WHEN_KEYS: Final = ("date", "datetime", "created", "created_at", "day")


def is_jrnl(text: str) -> bool:
    """Whether the first line with anything in it begins an entry of jrnl."""
    first = text.lstrip().partition("\n")[0].rstrip()
    return bool(_IN_BRACKETS.match(first) or _BARE.match(first))


def read_jrnl(text: str, choices: Choices) -> Iterator[Entry | Skipped]:
    """The entries of jrnl's text: a line with a date and a title, then the body."""
    first = text.lstrip().partition("\n")[0].rstrip()
    begins = _IN_BRACKETS if _IN_BRACKETS.match(first) else _BARE
    place, when, lines = 0, "", list[str]()
    for number, line in enumerate(text.split("\n"), 1):
        found = begins.match(line.rstrip())
        if found is None:
            lines.append(line)
            continue
        if place:
            yield _entry(place, when, "\n".join(lines), choices)
        place, when, lines = number, found[1], [found[2] or ""]
    if place:
        yield _entry(place, when, "\n".join(lines), choices)


def is_ours(text: str) -> bool:
    """Whether it is what ``secondvoice export --format markdown`` wrote."""
    return bool(re.match(r"---\ntitle: Second Voice\n.*?\nprogram: secondvoice ", text, re.DOTALL))


def read_markdown(
    text: str, choices: Choices, *, name: str = "", place: int | None = None
) -> Iterator[Entry | Skipped]:
    """The entries of a Markdown text.

    The date stands in the front matter, in headings that begin with one (an entry each), or in
    the name of the file.

    Args:
        text: as from ``as_text``.
        choices: for times without a zone.
        name: of the file, without its folder.
        place: which file of a folder it is; None for a file by itself, where lines are told.
    """
    front = _FRONT.match(text)
    matter = _matter(front[1]) if front else {}
    body = text[front.end() :] if front else text
    above = text[: front.end()].count("\n") if front else 0
    dated = next((matter.pop(key) for key in _WHEN_KEYS if matter.get(key)), "")
    dated = " ".join(filter(None, (dated, matter.pop("time", "") if dated else "")))
    if not dated and any(_HEADING.match(line.rstrip()) for line in body.split("\n")):
        yield from _by_headings(body, matter, choices, above, place)
        return
    in_name = _IN_NAME.search(name)
    when = dated or (in_name[1] if in_name else "")
    title = matter.pop("title", "")
    yield _entry(place or 1, when, together(title, body, **matter), choices)


def _by_headings(
    body: str, matter: dict[str, str], choices: Choices, above: int, place: int | None
) -> Iterator[Entry | Skipped]:
    at, when, lines = 0, "", list[str]()
    for number, line in enumerate(body.split("\n"), 1 + above):
        found = _HEADING.match(line.rstrip())
        if found is None:
            lines.append(line)
            continue
        if at:
            yield _entry(place or at, when, "\n".join(lines), choices)
        elif "\n".join(lines).strip() or matter:
            yield Skipped(place or 1, "", BEFORE_ANY)
        at, lines = number, [found[3]]
        when = " ".join(filter(None, (found[1], found[2])))
    yield _entry(place or at, when, "\n".join(lines), choices)


def _entry(place: int, when: str, words: str, choices: Choices) -> Entry | Skipped:
    if not when:
        return Skipped(place, "", NO_DATE)
    try:
        at = read_when(when, choices.zone, choices.dates)
    except NoDate as why:
        return Skipped(place, "", str(why))
    return Entry(place, at, {"happened": words.strip("\n").rstrip()})


def _matter(text: str) -> dict[str, str]:
    """Front matter as ``key: value`` lines; a list below a key becomes one line."""
    # As pieces, put together once: a value may go over a million lines.
    found: dict[str, list[str]] = {}
    last = ""
    for line in text.split("\n"):
        item = re.match(r"[ \t]*-[ \t]+(.*)$", line)
        pair = re.match(r"([^\s:#-][^:]*):(?:[ \t]+(.*))?$", line)
        if item and last:
            if value := _unquoted(item[1]):
                found[last] += [", ", value] if found[last] else [value]
        elif pair:
            last = pair[1].strip().lower()
            value = _unquoted((pair[2] or "").strip())
            found[last] = [value] if value else []
        elif last and line.strip():
            found[last] += [" ", line.strip()] if found[last] else [line.strip()]
    return {key: "".join(pieces) for key, pieces in found.items()}


def _unquoted(value: str, within: int = 0) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
        return value[1:-1]
    if value.startswith("[") and value.endswith("]") and within < LISTS_IN_LISTS:
        return ", ".join(_unquoted(one, within + 1) for one in value[1:-1].split(","))
    return value
