"""What the pages share: what was chosen, keeping it with its copy, times as they are read."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import dates, timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from secondvoice.people.forms import known_zone
from secondvoice.records.models import empty_the_log, one_transaction
from secondvoice.reminders.clock import wall
from secondvoice.reminders.models import follow
from secondvoice.reminders.record import Reminders
from secondvoice.reminders.rules import EVERY_DAY, Plan

if TYPE_CHECKING:
    from datetime import date, datetime

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door
    from secondvoice.reminders.rules import Due, Reminder

KIND = "reminders"
WEEKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
LOCAL_ZONE = Path("/etc/localtime")


def chosen_by(door: Door, request: Request) -> Reminders:
    """What a person chose, else nothing, in their own time zone."""
    kept = door.latest(KIND)
    if kept is not None and isinstance(kept.value, Reminders):
        return kept.value
    return Reminders(plan=Plan(zone=request.choices.zone or machine_zone_name()))


def keep(door: Door, chosen: Reminders) -> None:
    """Keep what was chosen, and make the unsealed copy follow it, all or nothing.

    Raises:
        CannotKeep: the database refused; all is as it was.
    """
    with one_transaction():
        kept = door.latest(KIND)
        now = door.keep(chosen, thing=kept.thing if kept else None, history=False)
        follow(door.person, now.thing, chosen, timezone.now())
    # Times that were taken back are not left in the log either.
    empty_the_log()


def keep_plan(door: Door, chosen: Reminders, plan: Plan) -> None:
    """Keep another plan, with the ways as they are."""
    keep(door, replace(chosen, plan=plan))


def machine_zone_name() -> str:
    """The IANA name of this computer's time zone, as far as it can be told; else UTC."""
    named = known_zone(os.environ.get("TZ", "").lstrip(":"))
    if named:
        return named
    try:
        parts = LOCAL_ZONE.resolve(strict=True).parts
    except OSError:
        return "UTC"
    where = parts.index("zoneinfo") + 1 if "zoneinfo" in parts else len(parts)
    return known_zone("/".join(parts[where:])) or "UTC"


def days_said(days: tuple[int, ...]) -> str:
    """Weekdays as one says them."""
    known = {
        EVERY_DAY: gettext("every day"),
        WEEKDAYS: gettext("Monday to Friday"),
        WEEKEND: gettext("at the weekend"),
    }
    if days in known:
        return known[days]
    names = [str(dates.WEEKDAYS[day]) for day in days]
    if len(names) == 1:
        return names[0]
    return gettext("{others} and {last}").format(others=", ".join(names[:-1]), last=names[-1])


def when_said(reminder: Reminder) -> str:
    """When a reminder comes, as one says it."""
    start = f"{wall(reminder.start):%H:%M}"
    if reminder.end is None:
        return f"{start}, {days_said(reminder.days)}"
    often = {
        1: gettext("Once between {start} and {end}, {days}"),
        2: gettext("Twice between {start} and {end}, {days}"),
        3: gettext("Three times between {start} and {end}, {days}"),
    }[reminder.times]
    end = f"{wall(reminder.end):%H:%M}"
    return often.format(start=start, end=end, days=days_said(reminder.days))


def due_said(due: Due, zone: str) -> str:
    """When one is due, on the clocks of ``zone``."""
    at = due.at.astimezone(ZoneInfo(zone))
    return f"{day_said(at)}, {at:%H:%M}"


def day_said(day: date | datetime) -> str:
    """A day with its weekday."""
    return date_format(day, gettext("l j F"))
