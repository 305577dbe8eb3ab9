"""In which language the program speaks. No web in here: the site says who translates, and how.

Where nobody does (a terminal, a log, the reader by itself) everything is English. See
docs/decisions/0027-other-languages.md.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, TypeVarTuple, Unpack

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

ENGLISH: Final = "en"

Ts = TypeVarTuple("Ts")
T = TypeVar("T")


class Translator(Protocol):
    """Who knows in which language somebody is spoken to, and what is said in it."""

    def tongue(self) -> str:
        """The language just now, as a BCP 47 code in lower case."""

    def say(self, english: str) -> str:
        """What that is in this language; the English where it is not known."""

    def count(self, one: str, many: str, number: int) -> str:
        """The one of the two, or of as many as the language has, that goes with a number."""

    def figure(self, written: str) -> str:
        """A figure with its decimals as they are written in this language."""

    def grouped(self, number: int) -> str:
        """A whole number with its thousands set apart as they are in this language."""


class _English:
    """Says everything as it was written."""

    def tongue(self) -> str:
        return ENGLISH

    def say(self, english: str) -> str:
        return english

    def count(self, one: str, many: str, number: int) -> str:
        return one if number == 1 else many

    def figure(self, written: str) -> str:
        return written

    def grouped(self, number: int) -> str:
        return f"{number:,}"


# Known to the catalogue of whoever translates: as Django writes dates, so that we say them alike.
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

_speaking: list[Translator] = [_English()]


def speak_by(translator: Translator) -> None:
    """Let somebody else translate from now on, for the whole process."""
    _speaking[0] = translator


def tongue() -> str:
    """The language that is spoken just now; ``"en"`` for every English."""
    code = _speaking[0].tongue()
    return ENGLISH if code.split("-")[0] == ENGLISH else code


def say(english: str) -> str:
    """A sentence in the language that is spoken just now.

    ``scripts/messages.py`` finds the sentence by this name, so it has to stand in the call itself.
    """
    return _speaking[0].say(english)


def count(one: str, many: str, number: int) -> str:
    """The form that goes with ``number``. Nothing is put into it: ``{number}`` stays."""
    return _speaking[0].count(one, many, number)


def figure(written: str) -> str:
    """A figure as it is written in the language that is spoken: ``0.52`` or ``0,52``.

    Args:
        written: with a point before its decimals, and nothing between thousands.
    """
    return _speaking[0].figure(written)


def grouped(number: int) -> str:
    """A whole number as it is written in the language that is spoken: ``12,500`` or ``12.500``."""
    return _speaking[0].grouped(number)


def month_in_short(day: date) -> str:
    """The month of a day as it stands below a drawing: ``Mar``."""
    return say("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()[day.month - 1]


def month_name(day: date) -> str:
    """The month of a day within a sentence: ``March``."""
    return say(_MONTHS[day.month - 1])


def day_and_month(day: date) -> str:
    """A day as it stands below a drawing: ``3 Mar``."""
    return say("{day} {month_in_short}").format(day=day.day, month_in_short=month_in_short(day))


def later(english: str) -> str:
    """The same: a sentence of a constant, for ``say`` where it is shown."""
    return english


def each_tongue(made: Callable[[Unpack[Ts]], T]) -> Callable[[Unpack[Ts]], T]:
    """Remember what was made, like ``functools.cache``, but apart for each language.

    Args:
        made: takes what can be the key of a dictionary, by its place.
    """
    kept: dict[tuple[object, ...], T] = {}

    @wraps(made)
    def asked(*args: *Ts) -> T:
        key = (tongue(), *args)
        if key not in kept:
            kept[key] = made(*args)
        return kept[key]

    return asked
