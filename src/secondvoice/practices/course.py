"""The course: eight weeks as data, and where in them a person is.

No Django in here. Nothing is ever missed: there is a place in the course, and no calendar.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from secondvoice.records.errors import CannotOpen, NotThere
from secondvoice.records.kinds import record_kind
from secondvoice.texts import texts
from secondvoice.tongues import each_tongue

if TYPE_CHECKING:
    from secondvoice.records.models import Door

KIND: Final = "course"
PAGE_KIND: Final = "course_page"
THING: Final = UUID("5c2f9c53-5f0b-5a60-9f4e-0b6f7f0d1a32")
"""There is one course in a diary, and it is always this thing."""

LAST: Final = 8
OPENS: Final = 3
"""The first week that may stir up old pain; backdraft is explained before it."""

_PAGES: Final = UUID("a3f0a5c4-1d0e-5c0d-8d43-2f6f5c9b7e18")


@dataclass(frozen=True, slots=True)
class Suggested:
    """A practice of the library, by its id, and the form to start with."""

    id: str
    form: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """One week as it is written in ``course.toml``.

    ``easier`` is the id of the practice that ``sooner`` speaks of. ``steady`` is a strong practice
    as an extra, or None.
    """

    number: int
    id: str
    title: str
    idea: tuple[str, ...]
    practices: tuple[Suggested, ...]
    daily: str
    question: str
    sooner: str
    easier: str
    steady: Suggested | None = None


@record_kind(KIND, version=1, only_one=True, named=True)
@dataclass(frozen=True, slots=True)
class Course:
    """Where a person is.

    ``week`` is 1 to 8, or 0 where the course has not been begun. ``through``: the eighth week is
    behind them. ``seen`` are the weeks they were in, ``skipped`` those they passed over, ``again``
    a week's number for each time that it was taken again.
    """

    week: int = 0
    paused: bool = False
    through: bool = False
    seen: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
    again: tuple[int, ...] = ()

    def at(self, week: int) -> Course:
        """In that week, from wherever one was."""
        return replace(
            self,
            week=week,
            paused=False,
            through=False,
            seen=tuple(sorted({*self.seen, week})),
            skipped=tuple(number for number in self.skipped if number != week),
        )

    def gone_on(self) -> Course:
        """In the next week; after the eighth, through."""
        if self.week >= LAST:
            return replace(self, paused=False, through=True)
        return self.at(self.week + 1)

    def passed_over(self) -> Course:
        """In the next week, and this one marked as skipped."""
        skipped = tuple(sorted({*self.skipped, self.week} - {0}))
        seen = tuple(number for number in self.seen if number != self.week)
        return replace(replace(self, seen=seen).gone_on(), skipped=skipped)

    def put_away(self) -> Course:
        """Paused, with the place kept."""
        return replace(self, paused=True)

    def taken_again(self, week: int) -> Course:
        """In that week from its beginning, with fresh paper."""
        return replace(self.at(week), again=(*self.again, week))

    def round(self, week: int) -> int:
        """How often that week was taken again so far: 0 the first time."""
        return self.again.count(week)

    def state(self, week: int) -> str:
        """``here``, ``seen``, ``skipped`` or empty."""
        if week == self.week and not self.through:
            return "here"
        return "skipped" if week in self.skipped else "seen" if week in self.seen else ""


@record_kind(PAGE_KIND, version=1, named=True)
@dataclass(frozen=True, slots=True)
class CoursePage:
    """What was written on the question of a week.

    ``round`` is 0 the first time that the week was taken, 1 the second, and so on.
    """

    week: int
    round: int = 0
    words: str = ""


def page_thing(week: int, round_: int) -> UUID:
    """The id of the page of a week's round: always the same, so that sent twice is kept once."""
    return uuid5(_PAGES, f"{week}-{round_}")


def course_of(door: Door) -> Course:
    """Where the person is; not begun where nothing was kept."""
    kept = door.latest(KIND)
    return kept.value if kept is not None and isinstance(kept.value, Course) else Course()


def page_of(door: Door, week: int, round_: int) -> CoursePage:
    """What is written in a round of a week; an empty page where there is none.

    Raises:
        CannotOpen: it is there, but damaged or from a newer version.
    """
    try:
        kept = door.get(PAGE_KIND, page_thing(week, round_)).value
    except NotThere:
        kept = None
    return kept if isinstance(kept, CoursePage) else CoursePage(week, round_)


def earlier_pages(door: Door, week: int, round_: int) -> list[str]:
    """What was written in the rounds of a week before ``round_``, the newest first."""
    found = []
    for earlier in reversed(range(round_)):
        with suppress(CannotOpen):
            found.append(page_of(door, week, earlier).words)
    return [words for words in found if words.strip()]


def course_words() -> dict[str, Any]:
    """What the course says round its weeks."""
    words: dict[str, Any] = texts("secondvoice.practices", "course.toml")["course"]
    return words


@each_tongue
def weeks() -> tuple[Week, ...]:
    """The eight weeks, in their order."""
    tables = texts("secondvoice.practices", "course.toml")["weeks"]
    return tuple(_week(table) for table in tables)


def week(number: int) -> Week:
    """One week, 1 to 8.

    Raises:
        LookupError: there is none of that number.
    """
    if not 1 <= number <= len(weeks()):
        raise LookupError(f"The course has {len(weeks())} weeks; there is no week {number}.")
    return weeks()[number - 1]


def said(text: str, about: Week) -> str:
    """A sentence of the course with a week's number and title put in."""
    return text.replace("{week}", str(about.number)).replace("{title}", about.title)


def _week(table: dict[str, Any]) -> Week:
    steady = table.get("steady")
    return Week(
        **{
            **table,
            "idea": tuple(table["idea"]),
            "practices": tuple(Suggested(**one) for one in table["practices"]),
            "steady": Suggested(**steady) if steady else None,
        }
    )
