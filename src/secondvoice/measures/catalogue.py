"""The instruments that are here: one folder each, checked when they are read.

A folder that is not there is an instrument that is not there; nothing else leans on it. So a
packager can leave out any of them, WHO-5 first of all (see ``hatch_build.py``).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from secondvoice.measures.checks import problems
from secondvoice.measures.decoding import Decoder, DoesNotFit
from secondvoice.measures.instrument import Instrument
from secondvoice.measures.scoring import disagreements

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

FILE = "instrument.toml"
NOTICE = "NOTICE"


class InstrumentError(ValueError):
    """An instrument that cannot be used; ``problems`` are sentences with file and field."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UnknownInstrument(KeyError):
    """No instrument of that id is here."""

    def __init__(self, asked: str, known: list[str]) -> None:
        super().__init__(asked)
        self.asked = asked
        self.known = known

    def __str__(self) -> str:
        return f"There is no measure called {self.asked}. There are: {', '.join(self.known)}."


def read_folder(folder: Traversable) -> Instrument:
    """Read one instrument and check all of it.

    Args:
        folder: holds ``instrument.toml``, and ``NOTICE`` where questions are shipped.

    Returns:
        The instrument.

    Raises:
        InstrumentError: with everything that is wrong, not only the first.
    """
    name = f"{folder.name}/{FILE}"
    try:
        table = tomllib.loads(folder.joinpath(FILE).read_text(encoding="utf-8"))
    except OSError:
        raise InstrumentError([f"{name}: this file is missing or cannot be read."]) from None
    except UnicodeDecodeError:
        raise InstrumentError([f"{name}: this file is not UTF-8 text."]) from None
    except tomllib.TOMLDecodeError as error:
        raise InstrumentError([f"{name}: this is not TOML: {error}."]) from None
    notice = folder.joinpath(NOTICE)
    said = notice.read_text(encoding="utf-8").strip() if notice.is_file() else ""
    decoder = Decoder(name)
    try:
        instrument = decoder.record(Instrument, table, notice=said)
    except DoesNotFit:
        raise InstrumentError(decoder.problems) from None
    for field, what in problems(instrument, folder.name):
        decoder.note(field, what)
    if not decoder.problems:
        # Only a sound key can be tried.
        for field in disagreements(instrument):
            decoder.note(field, "is not what the key gives")
    if decoder.problems:
        raise InstrumentError(decoder.problems)
    return instrument


def read_all(folder: Traversable) -> dict[str, Instrument]:
    """Every instrument under a folder, by id, in alphabetical order.

    Raises:
        InstrumentError: with the problems of all of them together.
    """
    found: dict[str, Instrument] = {}
    wrong: list[str] = []
    for inner in sorted((f for f in folder.iterdir() if f.is_dir()), key=lambda f: f.name):
        if inner.name.startswith(("_", ".")):
            continue
        try:
            found[inner.name] = read_folder(inner)
        except InstrumentError as error:
            wrong += error.problems
    if wrong:
        raise InstrumentError(wrong)
    return found


@cache
def instruments() -> Mapping[str, Instrument]:
    """The instruments of this installation, by id. Do not change what comes back."""
    return read_all(files(__package__).joinpath("instruments"))


def instrument(name: str) -> Instrument:
    """One instrument of this installation.

    Raises:
        UnknownInstrument: it is not here.
    """
    here = instruments()
    if name not in here:
        raise UnknownInstrument(name, sorted(here))
    return here[name]
