"""Reading text with separators (CSV) in pieces, so that every slip has its line.

A piece ends where a row ends, outside quotation marks, and is handed to pyarrow as a whole. Only a
piece that pyarrow refuses, because a row has a cell too many or too few, is read by Python's slower
reader, which goes on after such a row.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv as pc

from secondvoice.measures.table.chunk import CELLS, ROWS, Chunk
from secondvoice.measures.table.plan import TableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from secondvoice.measures.table.plan import Plan

PIECE = 4 * 2**20
"""Bytes that are read at once."""
LONGEST = 64 * 2**20
"""Bytes of one row, after which a quotation mark is taken to be left open."""
MARK = b"\xef\xbb\xbf"
SEPARATORS = (",", ";", "\t")
NOT_UTF8 = (
    "this is not UTF-8 text. Save the table as 'CSV UTF-8', or as Unicode (UTF-8), and try again."
)


class Delimited:
    """A file of text with separators: commas, semicolons or tabs, whichever its first line has."""

    unit = "line"

    def __init__(self, file: Path) -> None:
        """Open a file and read its first line.

        Raises:
            TableError: it cannot be read, has no first line, or that is not UTF-8.
        """
        self._raw = file.open("rb")
        try:
            self._size = file.stat().st_size
            packed = self._raw.peek(2)[:2] == b"\x1f\x8b"
            self._text: io.BufferedIOBase = self._raw
            if packed:
                self._text = gzip.GzipFile(fileobj=self._raw)
            self._begin()
        except BaseException:
            self._raw.close()
            raise

    def _begin(self) -> None:
        text = self._read().removeprefix(MARK)
        body = text.lstrip(b"\r\n")
        self._line = 1 + text[: len(text) - len(body)].count(b"\n")
        if not body.strip():
            raise TableError("the file is empty. It needs a first line with names of columns.")
        if b"\n" not in body and b"\r" in body:
            raise TableError(
                "line 1: lines end in the way of old Macs. Save the table anew as CSV."
            )
        head, self._rest = _first_row(body)
        names = self._decoded(head).rstrip("\r\n")
        self.separator = max(SEPARATORS, key=names.count)
        self._names = next(csv.reader(io.StringIO(names, newline=""), delimiter=self.separator))
        self._line += head.count(b"\n")

    @property
    def names(self) -> Sequence[str]:
        """The names in the first line."""
        return self._names

    def chunks(self, plan: Plan) -> Iterator[Chunk]:
        """Every row with its cells as text.

        Raises:
            TableError: from some line on this cannot be read as text.
        """
        answers = pa.dictionary(pa.int32(), pa.string())
        types = dict.fromkeys(self._names, pa.string())
        types |= dict.fromkeys(set(plan.columns.values()) - set(plan.rest), answers)
        wanted = [*plan.rest, *(name for name in plan.columns.values() if name not in plan.rest)]
        options = pc.ConvertOptions(column_types=types, null_values=[], strings_can_be_null=False)
        for piece in self._pieces():
            yield from self._chunks_of(piece, options, wanted)

    def close(self) -> None:
        """Let go of the file."""
        self._text.close()
        self._raw.close()

    def _chunks_of(
        self, piece: bytes, options: pc.ConvertOptions, wanted: list[str]
    ) -> Iterator[Chunk]:
        line = self._line
        torn: dict[int, str] = {}
        try:
            table = pc.read_csv(
                pa.BufferReader(piece),
                # One block: a piece is small, and its rows stay together.
                read_options=pc.ReadOptions(
                    column_names=self._names, use_threads=True, block_size=len(piece) + 1
                ),
                parse_options=pc.ParseOptions(
                    delimiter=self.separator, newlines_in_values=b'"' in piece
                ),
                convert_options=options,
            )
        except pa.ArrowInvalid:
            table, torn = self._row_by_row(piece, line)
        self._line += piece.count(b"\n")
        table = table.select(wanted)
        most = max(1, min(ROWS, CELLS // len(wanted)))
        for begins in range(0, table.num_rows, most):
            yield Chunk(
                table.slice(begins, most).combine_chunks().to_batches()[0],
                partial(_lines, piece, self.separator, line, begins),
                self._done(),
                {row - begins: what for row, what in torn.items() if 0 <= row - begins < most},
            )

    def _row_by_row(self, piece: bytes, line: int) -> tuple[pa.Table, dict[int, str]]:
        """As pyarrow would, but rows with too few or too many cells keep their place."""
        width = len(self._names)
        rows: list[list[str]] = []
        torn = {}
        for _, row in _rows(self._decoded(piece), self.separator, line):
            if len(row) != width:
                torn[len(rows)] = (
                    f"{len(row)} {'cell' if len(row) == 1 else 'cells'} where the first line has "
                    f"{width}"
                )
            rows.append((row + [""] * width)[:width])
        columns = zip(*rows, strict=True) if rows else [()] * width
        return pa.table([pa.array(column, pa.string()) for column in columns], self._names), torn

    def _pieces(self) -> Iterator[bytes]:
        """The text after the first line, in pieces that end where a row ends."""
        text = self._rest
        while True:
            more = self._read()
            text += more
            if not more:
                break
            piece, text = _whole_rows(text)
            if piece:
                yield piece
            elif len(text) > LONGEST:
                raise self._unclosed()
        if text.count(b'"') % 2:
            self._line += _whole_rows(text)[0].count(b"\n")
            raise self._unclosed()
        if text.strip(b"\r\n"):
            yield text

    def _read(self) -> bytes:
        try:
            return self._text.read(PIECE)
        except (OSError, EOFError, zlib.error):
            raise TableError(
                "the file cannot be read to its end; it may be cut off. Fetch it once more."
            ) from None

    def _decoded(self, text: bytes) -> str:
        try:
            return text.decode()
        except UnicodeDecodeError as error:
            line = self._line + text.count(b"\n", 0, error.start)
            raise TableError(f"line {line}: {NOT_UTF8}") from None

    def _done(self) -> float:
        return min(1.0, self._raw.tell() / self._size)

    def _unclosed(self) -> TableError:
        return TableError(
            f"line {self._line}: a quotation mark is opened in this row and not closed. Close it, "
            "or write it twice where it belongs to the words."
        )


def _first_row(text: bytes) -> tuple[bytes, bytes]:
    """The first row, and what is after it."""
    at = text.find(b"\n")
    while at >= 0 and text.count(b'"', 0, at) % 2:
        at = text.find(b"\n", at + 1)
    return (text[: at + 1], text[at + 1 :]) if at >= 0 else (text, b"")


def _whole_rows(text: bytes) -> tuple[bytes, bytes]:
    """The rows that have an end, and what is after them: an end of line in a cell ends no row."""
    at = text.rfind(b"\n")
    while at >= 0 and text.count(b'"', 0, at) % 2:
        at = text.rfind(b"\n", 0, text.rfind(b'"', 0, at))
    return text[: at + 1], text[at + 1 :]


def _rows(text: str, separator: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins; lines with nothing in them are no rows."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = first
    try:
        for row in reader:
            if row:
                yield line, row
            line = first + reader.line_num
    except csv.Error:
        raise TableError(
            f"line {line}: this row cannot be read; a cell is very long or a quotation mark is "
            "left open."
        ) from None


def _lines(piece: bytes, separator: str, line: int, first: int) -> list[int]:
    """The lines on which rows of a piece begin, from its row ``first`` on.

    They are counted only where a slip asks for it.
    """
    return [at for at, _ in _rows(piece.decode(), separator, line)][first:]
