"""A plan for a hard hour, in the person's own words: what it holds, and how it is shown.

The steps are those of the Safety Planning Intervention (Stanley and Brown 2012, Cognitive and
Behavioral Practice 19, 256-264), in words of ours. Nothing here reads or judges what is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from secondvoice.records.errors import CannotOpen, NotThere
from secondvoice.records.kinds import record_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from secondvoice.records.models import Door

KIND: Final = "plan"
THING: Final = UUID("8c1f2a54-3d0b-5e0f-9f60-52a7c4b8d913")
"""There is one plan in a diary, and it is always this thing."""
STEPS: Final = ("signs", "alone", "company", "people", "lines", "safer")
MAY_LIE_OPEN: Final = ("people", "lines")
"""What is ticked at first where somebody thinks of a copy for the lock screen: whom to ring."""

# What can be rung within a line: three figures or more, with what people put between them. A time
# of day (18:00) and a year in a date (4.12.2026) are none.
_NUMBER: Final = re.compile(r"(?<![\w.:,])\+?\(?\d(?:[ \u00a0()/-]{0,2}\d){2,18}(?![\w:]|[.,]\d)")


@record_kind(KIND, version=1, only_one=True, named=True)
@dataclass(frozen=True, slots=True)
class Plan:
    """What the person wrote at each step, as they wrote it; a line for each thing.

    ``signs``: how they notice that it begins. ``alone``: what they can do by themselves.
    ``company``: places and people that take their mind off it. ``people``: whom they can ask.
    ``lines``: professionals and telephone lines. ``safer``: what makes their surroundings safer.
    """

    signs: str = ""
    alone: str = ""
    company: str = ""
    people: str = ""
    lines: str = ""
    safer: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing has been written yet."""
        return not any(self.at(step).strip() for step in STEPS)

    def at(self, step: str) -> str:
        """What stands at a step, one of ``STEPS``."""
        text: str = getattr(self, step)
        return text

    def saying(self, step: str, text: str) -> Plan:
        """The same with ``text`` at a step, one of ``STEPS``."""
        if step not in STEPS:
            raise ValueError(f"A plan has no step {step!r}.")
        return replace(self, **{step: text})

    def written(self, steps: Iterable[str] = STEPS) -> dict[str, list[str]]:
        """The lines of these steps, without what is empty, in the plan's order."""
        wanted = set(steps)
        found = {step: lines_of(self.at(step)) for step in STEPS if step in wanted}
        return {step: lines for step, lines in found.items() if lines}


def lines_of(text: str) -> list[str]:
    """The lines of a text, without those that are empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def pieces(line: str) -> list[tuple[str, str]]:
    """A line cut into what is read and what can be rung.

    Returns:
        Pairs of the words as they stand and what a telephone dials, empty for mere words.
        Together the words are the line.
    """
    found: list[tuple[str, str]] = []
    end = 0
    for number in _NUMBER.finditer(line):
        if number.start() > end:
            found.append((line[end : number.start()], ""))
        plus = "+" if number[0].startswith("+") else ""
        found.append((number[0], plus + re.sub(r"\D", "", number[0])))
        end = number.end()
    if end < len(line):
        found.append((line[end:], ""))
    return found


def plan_of(door: Door) -> Plan:
    """The person's plan, with nothing in it where there is none or it does not open."""
    try:
        value = door.get(KIND, THING).value
    except (NotThere, CannotOpen):
        return Plan()
    return value if isinstance(value, Plan) else Plan()
