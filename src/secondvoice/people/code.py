"""Whether the recovery code has been found again since it was put away: asked once, and later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from secondvoice.people.record import CodeTried
from secondvoice.records.models import key_made, person_keys
from secondvoice.vault import WrongKey, unwrap

if TYPE_CHECKING:
    from datetime import date

    from secondvoice.records.models import Door

ASKED_AFTER: Final = timedelta(days=7)
"""A week: by then it lies where it will lie."""


@dataclass(frozen=True, slots=True)
class CodeStand:
    """How it stands with a person's recovery code.

    Attributes:
        made: when it was made, in UTC.
        tried: the day on which it was last found to be the right one; None: not yet.
        ask: whether the settings mention that it can be tried.
    """

    made: datetime
    tried: date | None
    ask: bool


def code_stand(door: Door, now: datetime) -> CodeStand | None:
    """How it stands with the code of the person behind ``door``; None where there is none."""
    made = key_made(door.person, "recovery")
    if made is None:
        return None
    kept = door.latest("code_tried")
    tried = kept.value if kept is not None and isinstance(kept.value, CodeTried) else None
    on = tried.on if tried is not None and tried.salt in _salts(door) else None
    return CodeStand(made, on, on is None and now - made >= ASKED_AFTER)


def try_code(door: Door, code: str, today: date) -> None:
    """Note that ``code`` is the right one.

    Raises:
        MistypedCode: it cannot be right as it was typed; the message says what is off.
        WrongKey: it is written right, and is not the one of this diary.
        CannotKeep: the database refused.
    """
    for wrap in person_keys(door.person):
        if wrap.method == "recovery" and unwrap(wrap, code, person=door.person) == door.data_key:
            kept = door.latest("code_tried")
            door.keep(
                CodeTried(today, wrap.salt.hex()), thing=kept.thing if kept else None, history=False
            )
            return
    raise WrongKey


def _salts(door: Door) -> set[str]:
    return {wrap.salt.hex() for wrap in person_keys(door.person) if wrap.method == "recovery"}
