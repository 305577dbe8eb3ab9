"""Laying the made-up person's course and one day into a diary."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from secondvoice.demo.practised import load_course, load_one_day
from secondvoice.practices.course import THING, Course, CoursePage, page_thing
from secondvoice.practices.oneday import OneDay, Pause, day_words

if TYPE_CHECKING:
    from datetime import date

    from secondvoice.records.models import Door


def fill(door: Door, today: date) -> None:
    """Keep the course as far as they are, and the day that they tried.

    Args:
        door: of the made-up person, unlocked.
        today: the person's local day.
    """
    week, pages = load_course()
    course = Course()
    for number in range(1, week + 1):
        course = course.at(number)
    door.keep(course, thing=THING)
    for page in pages:
        at = datetime.combine(today - timedelta(days=page.days_ago), page.time).astimezone()
        thing = page_thing(page.week, 0)
        door.keep(CoursePage(page.week, words=page.words), thing=thing, happened_at=at)

    made_up = load_one_day()
    on = today - timedelta(days=made_up.days_ago)
    sentences = {one["id"]: one["text"] for one in day_words("")["mornings"]}
    day = OneDay(
        on,
        sentence=sentences[made_up.sentence],
        morning=True,
        done=made_up.done,
        added=made_up.added,
        different=made_up.different,
    )
    kept = door.keep(day, happened_at=datetime.combine(on, time(12)).astimezone())
    for one in made_up.pauses:
        pause = Pause(
            kept.thing, one.words, one.tones, one.assumptions, one.say_it, one.why, one.instead
        )
        door.keep(pause, happened_at=datetime.combine(on, one.time).astimezone())
