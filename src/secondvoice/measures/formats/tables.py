"""Reading and writing CSV: UTF-8, commas, a head; errors by row and column, never by content."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from secondvoice.measures.formats.json_files import decoded
from secondvoice.measures.formats.values import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Row = dict[str, str]


def rows_of(raw: bytes, file: str) -> tuple[list[str], list[tuple[int, Row]]]:
    """The head of a CSV file, and its rows.

    Args:
        raw: the file's bytes. Commas, or semicolons as some spreadsheets write.
        file: its name, for the sentences.

    Returns:
        The names of the columns; and each row as cells by column, without blanks at their ends,
        with the number of the line that it ends on. Rows that are empty all through are left out.

    Raises:
        FormatError: it is no such file, a column is there twice, or a row has more or fewer cells.
    """
    said = decoded(raw, file)
    head_line = said.split("\n", 1)[0]
    mark = ";" if head_line.count(";") > head_line.count(",") else ","
    reader = csv.reader(io.StringIO(said, newline=""), delimiter=mark, strict=True)
    found: list[tuple[int, Row]] = []
    try:
        head = [cell.strip() for cell in next(reader, [])]
        if not any(head):
            raise FormatError(f"{file}: this file is empty. It needs a first line with columns.")
        for name in head:
            if head.count(name) > 1:
                place = head.index(name) + 1
                raise FormatError(f"{file}: column {place} is there twice. Keep one.")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(head):
                raise FormatError(
                    f"{file}: line {reader.line_num} has {len(cells)} cells, and the head has "
                    f"{len(head)}. Mend that line."
                )
            row = dict(zip(head, (cell.strip() for cell in cells), strict=True))
            found.append((reader.line_num, row))
    except csv.Error:
        raise FormatError(
            f"{file}: line {reader.line_num} is no CSV. Quotation marks inside a cell are written "
            "twice."
        ) from None
    return head, found


def csv_of(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV file, with the line ends that RFC 4180 asks for."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
