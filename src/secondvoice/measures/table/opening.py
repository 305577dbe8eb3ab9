"""A file of answers, opened as what it begins like, and its pieces."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from secondvoice.measures.table.columnar import Columnar
from secondvoice.measures.table.delimited import Delimited
from secondvoice.measures.table.plan import TableError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from secondvoice.measures.table.chunk import Chunk, Source
    from secondvoice.measures.table.plan import Plan


def opened(file: Path) -> Source:
    """The file, read as what it begins like rather than what it is called."""
    if file.exists() and not file.is_file():
        raise TableError(f"{file} is no file. Save the answers in one, and name that.")
    try:
        with file.open("rb") as raw:
            begin = raw.read(4)
        with naming(file):
            columnar = begin == b"PAR1" or (begin and file.suffix.lower() == ".parquet")
            return Columnar(file) if columnar else Delimited(file)
    except OSError as error:
        raise TableError(f"{file} cannot be read ({error.strerror}).") from None


def pieces(file: Path, source: Source, how: Plan) -> Generator[Chunk]:
    """The pieces of a file, of which there has to be one."""
    empty = True
    with naming(file):
        for chunk in source.chunks(how):
            empty = False
            yield chunk
        if empty:
            raise TableError("there are names of columns and no rows below them.")


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """Put the name of the file before what is wrong in it."""
    try:
        yield
    except TableError as error:
        raise TableError(f"{file}: {error}") from None
