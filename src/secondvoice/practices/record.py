"""What is kept of a practice, if the person says how it landed or writes something in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeGuard, get_args

from secondvoice.records.kinds import record_kind

KIND = "practice"

Landed = Literal["lighter", "same", "hard", ""]


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote at one step: under which label, and what."""

    label: str
    text: str


@record_kind(KIND, version=1)
@dataclass(frozen=True, slots=True)
class Practice:
    """One time that a practice was done.

    ``practice`` is its id ("minute", "soles"). ``landed`` is the answer to "How did that land?";
    empty: not said. ``zone`` is the person's IANA time zone at the time; empty: the computer's own.
    ``form`` is "twenty", "short" or "full"; empty for the minute. ``before`` and ``after`` answer
    "How hard is it?", 0 to 10, or None. ``half`` says that it was kept on the way and is not
    finished.
    """

    practice: str
    landed: Landed = ""
    zone: str = ""
    form: str = ""
    before: int | None = None
    after: int | None = None
    written: tuple[Written, ...] = ()
    half: bool = False


def is_landed(value: str) -> TypeGuard[Landed]:
    """Whether ``value`` is one of the answers that can be kept."""
    return value in get_args(Landed)
