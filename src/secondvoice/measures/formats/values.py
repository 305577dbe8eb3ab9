"""One value of a file each: what it has to be, or a sentence that says where it does not fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


class FormatError(ValueError):
    """A file that cannot be read, or something that may not be written: a sentence for a person.

    It names the file and the place in it, never an answer that somebody gave.
    """


def text(raw: Any, where: str) -> str:
    """Text that can be written as UTF-8 on one screen; control characters are no part of it."""
    if not isinstance(raw, str):
        raise FormatError(f"{where} has to be text. Write it in quotation marks.")
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", raw):
        raise FormatError(f"{where} holds characters that are no text. Take them out.")
    return raw


def texts(raw: Any, where: str) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(raw, list):
        raise FormatError(f"{where} has to be a list.")
    return tuple(text(part, where) for part in raw)


def number(raw: Any, where: str) -> float:
    """A finite number."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or abs(raw) > 1e15:
        raise FormatError(f"{where} has to be a number.")
    return float(raw)


def whole(raw: Any, where: str) -> int:
    """A whole number, also where it is written as 3.0."""
    found = number(raw, where)
    if not found.is_integer():
        raise FormatError(f"{where} has to be a whole number.")
    return int(found)


def true(raw: Any, where: str) -> bool:
    """True or false."""
    if not isinstance(raw, bool):
        raise FormatError(f"{where} has to be true or false.")
    return raw


def one_of(raw: Any, allowed: Iterable[str], where: str) -> Any:
    """One of the words that are known."""
    known = list(allowed)
    if raw not in known:
        raise FormatError(f"{where} has to be one of: {', '.join(w or 'nothing' for w in known)}.")
    return raw
