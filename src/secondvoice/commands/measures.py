"""``secondvoice measures``: the instruments that are here, listed, shown, validated, exchanged."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from secondvoice.commands import measures_formats
from secondvoice.measures.catalogue import (
    FILE,
    InstrumentError,
    UnknownInstrument,
    instrument,
    instruments,
    read_all,
    read_folder,
)
from secondvoice.measures.formats.values import FormatError
from secondvoice.measures.page import render, standing, unverified

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from secondvoice.measures.instrument import Instrument


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked for.

    Returns:
        0; 1 where something is wrong with an instrument or a file, or none is called so.
    """
    # Questions hold dashes and accents whatever the terminal's own encoding.
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # always a text stream
    try:
        if chosen.what == "show":
            # The questions may be shown from where they lie; only reprinting has its limits.
            print(render(instrument(chosen.id)), end="")
        elif chosen.what == "validate":
            return validate(chosen.folders)
        elif chosen.what == "export":
            measures_formats.export(chosen)
        elif chosen.what == "import":
            measures_formats.read(chosen)
        elif chosen.what == "convert":
            measures_formats.convert(chosen)
        else:
            list_all()
    except (FormatError, InstrumentError, UnknownInstrument) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def list_all() -> None:
    """One line for each: id, questions, whether it is shipped, how much is unverified."""
    for name, known in instruments().items():
        count = f"{len(known.items)} questions" if known.items else "card"
        fields = len(unverified(known))
        print(f"{name:<18}{count:<14}{f'{fields} unverified':<15}{standing(known)}")


def validate(folders: Sequence[str]) -> int:
    """Check folders, or everything that is here, and say a sentence for each problem.

    Args:
        folders: instruments, or folders of instruments; empty for those of this installation.

    Returns:
        0 where all is well, 1 where something is wrong.
    """
    count, wrong = 0, 0
    asked: Sequence[str | None] = folders or [None]
    for folder in asked:
        try:
            count += len(instruments() if folder is None else _read(Path(folder)))
        except InstrumentError as error:
            wrong += len(error.problems)
            print(error, file=sys.stderr)
    if wrong:
        print(f"{wrong} {'problem' if wrong == 1 else 'problems'}.", file=sys.stderr)
        return 1
    print(f"{count} {'instrument is' if count == 1 else 'instruments are'} sound.")
    return 0


def _read(folder: Path) -> list[Instrument]:
    """One instrument, or all that are in a folder of them."""
    if (folder / FILE).is_file():
        return [read_folder(folder.resolve())]
    if not folder.is_dir():
        raise InstrumentError([f"{folder}: there is no such folder. Name one with instruments."])
    found = list(read_all(folder).values())
    if not found:
        raise InstrumentError([f"{folder}: no instrument is in this folder."])
    return found
