"""What is kept of a practice, if the person says how it landed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeGuard, get_args

from secondvoice.records.kinds import record_kind

Landed = Literal["lighter", "same", "hard", ""]


@record_kind("practice", version=1)
@dataclass(frozen=True, slots=True)
class Practice:
    """One time that a practice was done.

    ``practice`` is its id ("minute"). ``landed`` is the answer to "How did that land?"; empty:
    not said. ``zone`` is the person's IANA time zone at the time; empty: the computer's own.
    """

    practice: str
    landed: Landed = ""
    zone: str = ""


def is_landed(value: str) -> TypeGuard[Landed]:
    """Whether ``value`` is one of the answers that can be kept."""
    return value in get_args(Landed)
