"""Scoring a file of answers: read in pieces, scored, written, whole or not at all."""

from __future__ import annotations

import csv
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from secondvoice.measures.table.checking import Once
from secondvoice.measures.table.chunk import Slip
from secondvoice.measures.table.opening import naming, opened, pieces
from secondvoice.measures.table.plan import TableError, new_columns, plan
from secondvoice.measures.table.rows import score_batch
from secondvoice.measures.table.writing import Writer, beside, in_the_way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from secondvoice.measures.instrument import Instrument
    from secondvoice.measures.table.plan import Plan
    from secondvoice.measures.table.rows import Problem

ENDINGS = (".csv", ".parquet")
"""What can be written."""
TWICE = (
    "Nothing was written. Keep one row for each, or leave out --person where people answered more "
    "than once."
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were read, how many of them have slips, and how many slips there are."""

    rows: int
    bad: int
    slips: int

    def and_of(self, rows: int, problems: Sequence[Problem]) -> Counts:
        """With those of another piece."""
        bad = len({problem.row for problem in problems})
        return Counts(self.rows + rows, self.bad + bad, self.slips + len(problems))


def score_file(  # noqa: PLR0913 (all by name; each is an option of the command)
    instrument: Instrument,
    file: Path,
    out: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    missing: Sequence[str] = (),
    answers: bool = False,
    force: bool = False,
    report: Path | None = None,
    person: str | None = None,
    tell: Callable[[Slip], None] | None = None,
    progress: Callable[[float, int], None] | None = None,
) -> Counts:
    """Score every row of a file; what is in memory does not grow with it.

    Args:
        instrument: with its questions.
        file: Parquet, or text with commas, semicolons or tabs, packed by gzip or not.
        out: the file to write, ``.csv`` or ``.parquet``. It is there whole at the end, or not at
            all.
        mapping: the name of the column by the id of the item, where the two differ.
        missing: further spellings of "no answer".
        answers: write the answers, too; else only the columns that are no answers.
        force: put ``out`` and ``report`` in the place of what is there.
        report: a CSV to write with every slip: place, column, what is wrong.
        person: the column in which nobody may be there twice; without it nobody looks. It costs 8
            bytes of memory for each row.
        tell: called with every slip.
        progress: called after each piece with how much of the file is done (0 to 1), and how many
            rows.

    Returns:
        The counts. Rows with slips are in the output, with no scores, and say so in the column
        ``…_problems``.

    Raises:
        TableError: with a sentence; nothing was written then.
    """
    _check_names(file, out, report, force=force)
    with ExitStack() as stack:
        source = stack.enter_context(closing(opened(file)))
        with naming(file):
            how = plan(instrument, source.names, mapping=mapping, missing=missing, answers=answers)
            once = None if person is None else Once(how, person)
        # Left in the reverse order: the report gets its name before the scores do.
        written = stack.enter_context(beside(out, force=force))
        hears = [] if tell is None else [tell]
        if report is not None:
            slips = stack.enter_context(beside(report, force=force))
            hears.append(stack.enter_context(_noting(slips, source.unit)))
        parquet = out.suffix.lower() == ".parquet"
        writer = stack.enter_context(closing(Writer(written, how, parquet=parquet)))
        counts = Counts(0, 0, 0)
        for chunk in stack.enter_context(closing(pieces(file, source, how))):
            with naming(file):
                new, problems = score_batch(how, chunk.batch, chunk.torn)
                writer.write(_joined(how, chunk.batch, new))
            if once is not None:
                once.see(chunk.batch)
            places = chunk.places() if problems else ()
            for problem in problems:
                slip = Slip(source.unit, places[problem.row], problem.column, problem.what)
                for hear in hears:
                    hear(slip)
            counts = counts.and_of(chunk.batch.num_rows, problems)
            if progress is not None:
                progress(chunk.done, counts.rows)
        if once is not None:
            once.refuse(file, source.unit, TWICE)
    return counts


def _joined(how: Plan, batch: pa.RecordBatch, new: Sequence[pa.Array]) -> pa.RecordBatch:
    """The columns that are passed through, then the new ones."""
    kept = [batch.column(name) for name in how.rest]
    return pa.RecordBatch.from_arrays([*kept, *new], [*how.rest, *new_columns(how.instrument)])


@contextmanager
def _noting(file: Path, unit: str) -> Iterator[Callable[[Slip], None]]:
    """Something to call with each slip, which then stands in the report."""
    with file.open("w", encoding="utf-8", newline="") as text:
        rows = csv.writer(text)
        rows.writerow([unit, "column", "problem"])
        yield lambda slip: rows.writerow([slip.place, slip.column, slip.what])


def _check_names(file: Path, out: Path, report: Path | None, *, force: bool) -> None:
    """Refuse what would lose something, before anything is read."""
    if out.suffix.lower() not in ENDINGS:
        raise TableError(f"{out}: give the output a name that ends in {' or '.join(ENDINGS)}.")
    targets = [out] if report is None else [out, report]
    if report is not None and _same(out, report):
        raise TableError("The scores and the report cannot be in one file. Name two.")
    for target in targets:
        if _same(file, target):
            raise TableError(
                f"{target} is the file with the answers, which is never overwritten. Choose "
                "another name."
            )
        if (target.exists() or target.is_symlink()) and not force:
            raise in_the_way(target)
        if target.is_dir():
            raise TableError(f"{target} is a folder. Name a file in it.")


def _same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()
