"""The figures as tables, and their place in ``docs/performance.md``."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

import django

from benchmarks.measure import Rounds, Spread

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.reading import Reading

BEGIN, END = "<!-- figures: begin (make bench writes what stands here) -->", "<!-- figures: end -->"


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that was asked for, beside the one that was measured.

    ``most`` or ``least`` is the bound; neither for a figure that is only told.
    """

    what: str
    against: str
    measured: Spread
    most: float | None = None
    least: float | None = None

    @property
    def row(self) -> str:
        """One row of the table; the middle figure decides."""
        bound, held = "", ""
        if self.most is not None:
            bound = f"at most {self.most:g}"
            held = "yes" if self.measured.middle <= self.most else "**no**"
        if self.least is not None:
            bound = f"at least {self.least:g}"
            held = "yes" if self.measured.middle >= self.least else "**no**"
        return f"| {self.what} | {self.against} | {self.measured:.2f} | {bound} | {held} |"


@dataclass(frozen=True, slots=True)
class Figures:
    """All that one run measured."""

    pages: Rounds
    starts: Rounds
    export: Rounds
    memory: tuple[int, int, int]
    reading: Reading
    rounds: int

    def asked(self) -> list[Asked]:
        """Each promise with its figure."""
        pages, starts = self.pages, self.starts
        kept, hundred, thousand = "10,000 moments kept", *self.memory[1:]
        bare, own = "a bare insert", "a bare insert behind the program's middleware"
        lengths = self.reading.lengths
        per_word = lengths[10] / 10, self.reading.megabyte / self.reading.megabyte_words
        return [
            Asked(
                f"Moments page, {kept}",
                "10 kept",
                pages.ratio("list of 10,000", "list of 10"),
                most=2,
            ),
            Asked(
                f"Moments page, {kept}", "400 kept", pages.ratio("list of 10,000", "list of 400")
            ),
            Asked(
                "Rate of saving, by the clock",
                bare,
                pages.ratio("insert", "save", wall=True),
                least=0.5,
            ),
            Asked(
                "Rate of saving, by processor time", bare, pages.ratio("insert", "save"), least=0.5
            ),
            Asked(
                "Rate of saving, by the clock", own, pages.ratio("own insert", "save", wall=True)
            ),
            Asked("Rate of saving, by processor time", own, pages.ratio("own insert", "save")),
            Asked(
                "Second start to the first page, by the clock",
                "`django.setup()`",
                starts.ratio("start", "django.setup()", wall=True),
                most=3,
            ),
            Asked(
                "Second start to the first page, by processor time",
                "`django.setup()`",
                starts.ratio("start", "django.setup()"),
                most=3,
            ),
            Asked(
                "Memory after 1,000 mixed requests",
                "after 100",
                Spread.of([thousand / hundred]),
                most=1.2,
            ),
            Asked(
                "Reading, a word of a megabyte",
                "a word of ten words",
                Spread.of([per_word[1] / per_word[0]]),
            ),
            Asked("Lines read a second", "VADER on the same lines", self.reading.vader, least=1),
            Asked(
                "The same, figures and care alone",
                "VADER on the same lines",
                self.reading.vader_figures,
            ),
            Asked(
                "Reading a moment of 30 words, one in a hundred takes more, in milliseconds",
                "",
                Spread.of([self.reading.p99 * 1e3]),
                most=3,
            ),
            Asked(
                "Reading a journal of 5,000 words, in seconds of processor time",
                "",
                Spread.of([self.reading.journal]),
                most=0.5,
            ),
            Asked(
                "Importing the reader, in milliseconds by the clock",
                "",
                Spread.of([self.reading.loading * 1e3]),
                most=150,
            ),
            Asked(
                "Memory of a process that reads, in megabytes",
                "",
                Spread.of([self.reading.held]),
                most=60,
            ),
            Asked(
                "Reading a megabyte, in seconds of processor time",
                "",
                Spread.of([self.reading.megabyte]),
            ),
        ]

    def told(self) -> list[str]:
        """What each thing takes, and how many times an answer that does nothing."""
        pages = self.pages
        rows = [
            _told(f"{what}", pages.cpu(name), pages.ratio(name, "hello"))
            for what, name in (
                ("an answer that does nothing (`hello`)", "hello"),
                ("a bare insert of one row", "insert"),
                ("`hello` behind the program's middleware, unlocked", "own hello"),
                ("a bare insert behind the program's middleware", "own insert"),
                ("saving a moment", "save"),
                ("Moments page, 10 kept", "list of 10"),
                ("Moments page, 10,000 kept", "list of 10,000"),
                ("answer page with 400 earlier moments", "answer"),
                ("charts of ten years: 261 takings, 3,650 check-ins", "charts"),
                ("search that opens 10,000 moments", "search"),
            )
        ]
        hello = pages.cpu("hello").middle
        export = self.export.cpu("export")
        rows.append(
            _told("`secondvoice export` of 10,000 moments", export, export.scaled(1 / hello))
        )
        return rows

    def read(self) -> list[str]:
        """The reader's own figures."""
        reading, starts = self.reading, self.starts
        load = starts.cpu("reader").middle - starts.cpu("python").middle
        mean = (
            f"{reading.median * 1e6:.0f} µs; one in a hundred takes over"
            f" {reading.p99 * 1e6:.0f} µs;"
            f" its figures and care alone: {reading.figures * 1e6:.0f} µs"
        )
        return [
            f"- a moment of 30 words: {mean};",
            "- by length, µs a word: "
            + ", ".join(
                f"{took / count * 1e6:.1f} for {count:,} words"
                for count, took in reading.lengths.items()
            )
            + f", {reading.megabyte / reading.megabyte_words * 1e6:.1f} for a megabyte"
            f" ({reading.megabyte_words:,} words, {reading.megabyte:.2f} s);",
            f"- loading: {load * 1e3:.0f} ms, then {reading.first * 1e3:.0f} for the first text.",
        ]

    def text(self) -> str:
        """All of it as Markdown."""
        up, hundred, thousand = (size / 2**20 for size in self.memory)
        where = (
            f"Python {platform.python_version()}, Django {django.__version__}, "
            f"{platform.system()}; {self.rounds} rounds, each in another order. "
            "The middle of the rounds with the least and the most."
        )
        return "\n".join(
            [
                where,
                "",
                "| what | against | times | asked | held |",
                "| --- | --- | --- | --- | --- |",
                *(asked.row for asked in self.asked()),
                "",
                "| processor time of the server | milliseconds | times `hello` |",
                "| --- | --- | --- |",
                *self.told(),
                "",
                (
                    f"Memory of the whole program: {up:.0f} MiB with the first page open, "
                    f"{hundred:.0f} after 100 requests, {thousand:.0f} after 1,000."
                ),
                "",
                "The reader:",
                "",
                *self.read(),
            ]
        )


def _told(what: str, cpu: Spread, times: Spread) -> str:
    return f"| {what} | {cpu.scaled(1e3):.2f} | {times:.1f} |"


def write(page: Path, text: str, place: tuple[str, str] = (BEGIN, END)) -> None:
    """Put the figures into their ``place`` in ``page``, between its two marks.

    Raises:
        ValueError: the page has no place for them.
    """
    before, begin, rest = page.read_text(encoding="utf-8").partition(place[0])
    _, end, after = rest.partition(place[1])
    if not (begin and end):
        raise ValueError(
            f"{page.name} has no place for the figures; it needs {' and '.join(place)}."
        )
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")
