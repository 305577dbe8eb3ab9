"""``secondvoice score``: the scores of a file of answers, row by row, in a new file."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from secondvoice.measures import (
    InstrumentError,
    TableError,
    UnknownInstrument,
    instrument,
    need_research,
    read_mapping,
)

if TYPE_CHECKING:
    import argparse
    from types import FrameType

    from secondvoice.measures.table.chunk import Slip
    from secondvoice.measures.table.files import Counts

SHOWN = 20
"""So many slips are told on standard error; the report and the column of problems have all."""
WIDTH = 24


def run(chosen: argparse.Namespace) -> int:
    """Score a file.

    Returns:
        0; 1 where rows have slips, though their file was written, or where nothing was written.
    """
    teller = Teller(report=chosen.report, bar=sys.stderr.isatty())
    # As for Ctrl-C: what was begun is taken away.
    signal.signal(signal.SIGTERM, _stop)
    try:
        need_research()
        from secondvoice.measures.table.files import score_file

        counts = score_file(
            instrument(chosen.id),
            Path(chosen.file),
            Path(chosen.out),
            mapping=None if chosen.map is None else read_mapping(Path(chosen.map)),
            missing=chosen.missing,
            answers=chosen.answers,
            force=chosen.force,
            report=None if chosen.report is None else Path(chosen.report),
            person=chosen.person,
            tell=teller.slip,
            progress=teller.progress,
        )
    except (InstrumentError, TableError, UnknownInstrument) as error:
        teller.wipe()
        print(error, file=sys.stderr)
        return 1
    teller.end(counts, chosen.out)
    return 1 if counts.bad else 0


class Teller:
    """What is said on the way: the first slips, and on a terminal how far it is."""

    def __init__(self, *, report: str | None, bar: bool) -> None:
        self._report = report
        self._bar = bar
        self._told = 0
        self._shown = ""

    def slip(self, slip: Slip) -> None:
        """Tell one slip, if it is among the first."""
        self._told += 1
        if self._told <= SHOWN:
            self.wipe()
            print(slip, file=sys.stderr)

    def progress(self, done: float, rows: int) -> None:
        """Draw how much is done, from 0 to 1."""
        full = int(done * WIDTH)
        shown = f"{'█' * full}{'░' * (WIDTH - full)} {done:4.0%}  {rows:,} rows"
        if self._bar and shown != self._shown:
            print(f"\r{shown}", end="", file=sys.stderr, flush=True)
            self._shown = shown

    def wipe(self) -> None:
        """Take the bar away, so that a sentence can stand there."""
        if self._shown:
            print(f"\r{' ' * len(self._shown)}\r", end="", file=sys.stderr, flush=True)
            self._shown = ""

    def end(self, counts: Counts, out: str) -> None:
        """Say what was done."""
        self.wipe()
        if counts.slips > SHOWN:
            where = "in the column of problems" if self._report is None else f"in {self._report}"
            print(f"And {counts.slips - SHOWN:,} more, all of them {where}.", file=sys.stderr)
        scored = counts.rows - counts.bad
        print(f"{_rows(scored)} scored, in {out}.")
        if counts.bad:
            they = "it" if counts.bad == 1 else "them"
            print(
                f"{_rows(counts.bad)} could not be scored; {out} has {they} without scores, with "
                f"the reason beside {they}. Put {they} right and score the file again with "
                "--force.",
                file=sys.stderr,
            )


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
