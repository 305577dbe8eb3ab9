"""``secondvoice measures export``, ``import`` and ``convert``: the formats of the field."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from secondvoice.commands.writing import refuse_what_is_there, write_new, write_new_folder
from secondvoice.measures import formats
from secondvoice.measures.catalogue import FILE, instrument, instruments, read_folder
from secondvoice.measures.formats.values import FormatError

if TYPE_CHECKING:
    import argparse

    from secondvoice.measures.instrument import Instrument


def export(chosen: argparse.Namespace) -> None:
    """Write an instrument in another format.

    Raises:
        FormatError: it is a card.
        UnknownInstrument, CannotStart: it is not here, or cannot be written there.
    """
    target = Path(chosen.out).expanduser()
    made = formats.exported(_instrument(chosen.id), chosen.kind)
    if isinstance(made, str):
        write_new(target, [made])
    else:
        write_new_folder(target, made)
    print(f"{chosen.id} is in {target}.")


def read(chosen: argparse.Namespace) -> None:
    """Make a draft in our own form of an instrument in another.

    Raises:
        FormatError: it cannot be read so.
        CannotStart: it cannot be written there.
    """
    target = Path(chosen.out).expanduser()
    refuse_what_is_there(target)
    name = target.name
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise FormatError(
            f"The folder {name or target} gives the measure its id. Call it in small letters, "
            "digits and hyphens: my-scale."
        )
    source = Path(chosen.file).expanduser()
    found = formats.imported(source, chosen.kind, name=name)
    write_new_folder(target, formats.draft(found.form, source, chosen.kind))
    count = len(found.form.items)
    print(f"{count} {'question is' if count == 1 else 'questions are'} in {target}, unverified.")
    if not found.form.scores:
        print("No key was in the file, so there is none.")
    if found.left:
        # The names of fields, never what somebody answered.
        print(f"Left aside: {', '.join(found.left)}.")
    print(f"'secondvoice measures validate {target}' says what is still missing.")


def convert(chosen: argparse.Namespace) -> None:
    """Write answers in another format.

    Raises:
        FormatError: they cannot be read so.
        UnknownInstrument, InstrumentError: the measure is not here, or has a slip in it.
        CannotStart: they cannot be written there.
    """
    target = Path(chosen.out).expanduser()
    refuse_what_is_there(target)
    known = _instrument(chosen.of)
    sheets = formats.read_answers(Path(chosen.file).expanduser(), known, chosen.source)
    write_new(target, [formats.answers(known, sheets, chosen.target)])
    count = len(sheets)
    print(f"{count} {'sheet is' if count == 1 else 'sheets are'} in {target}.")
    print("Whoever has this file can read the answers.", file=sys.stderr)


def _instrument(named: str) -> Instrument:
    """One of this installation, or one in a folder of one's own."""
    folder = Path(named).expanduser()
    # A draft called like one of ours lies about easily; ./scs-sf means that one.
    if named not in instruments() and (folder / FILE).is_file():
        return read_folder(folder.resolve())
    return instrument(named)
