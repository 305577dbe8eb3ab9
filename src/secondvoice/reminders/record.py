"""What a person chose about reminders, kept sealed; a copy of the plan is not while a way is on."""

from __future__ import annotations

from dataclasses import dataclass, field

from secondvoice.records.kinds import record_kind
from secondvoice.reminders.rules import Plan


@record_kind("reminders", version=1, only_one=True)
@dataclass(frozen=True, slots=True)
class Reminders:
    """The plan, and the ways by which it reaches the person.

    ``calendar`` is the secret part of the calendar's address; empty: there is none.
    ``address`` is where letters go; empty: nowhere. ``asked`` is one that has yet to be shown to
    be the person's, by the ``code`` that was sent there; ``wrong`` counts codes that were not it.
    """

    plan: Plan = field(default_factory=Plan)
    calendar: str = ""
    address: str = ""
    asked: str = ""
    code: str = ""
    wrong: int = 0
