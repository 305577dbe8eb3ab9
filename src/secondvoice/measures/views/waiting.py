"""A check-in that was made without a network comes in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.utils import timezone

from secondvoice.measures.forms import CheckInForm
from secondvoice.measures.kept import month_thing
from secondvoice.measures.record import QUESTIONS
from secondvoice.measures.views.room import month_of

if TYPE_CHECKING:
    from datetime import date

    from django.http import QueryDict

    from secondvoice.records.models import Door


def receive(door: Door, day: date, written: QueryDict) -> bool:
    """Keep a check-in of ``day``; what was left out of it leaves that day's numbers as they are.

    Where another device said another number of the same day, the one that comes last stands, and
    the earlier one stays in the month's revisions. To be called while the person is held
    (``Door.holding``), since the month is read and kept again.

    Returns:
        Whether there was a number to keep.

    Raises:
        CannotKeep: the database refused; nothing was changed.
    """
    form = CheckInForm(written)
    if not form.is_valid() or form.check_in.empty:
        return False
    month = month_of(door, day)
    there = month.on(day)
    said = {name: getattr(form.check_in, name) for name in QUESTIONS}
    laid = replace(there, **{name: value for name, value in said.items() if value is not None})
    if laid != there:
        first = datetime.combine(month.month, time(12), timezone.get_current_timezone())
        door.keep(
            month.with_day(day, laid),
            thing=month_thing(day),
            happened_at=first,
            history=not there.empty,
        )
    return True
