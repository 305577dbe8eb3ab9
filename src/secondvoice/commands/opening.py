"""Asking for what opens the records, for the commands that need it."""

from __future__ import annotations

import getpass
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from secondvoice.records.errors import RecordsError
from secondvoice.site.config import data_folder
from secondvoice.site.datafolder import DATABASE, CannotStart
from secondvoice.vault import MistypedCode, UnusableSecret, VaultError, WrongKey

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from secondvoice.vault import WrappedKey


@dataclass(frozen=True, slots=True)
class Opened:
    """A person and the key to their records."""

    person: UUID
    data_key: bytes = field(repr=False)


def existing_folder() -> Path:
    """The data folder, if there is anything in it.

    Raises:
        CannotStart: there is no database in it, and none is named by ``DATABASE_URL``.
    """
    data = data_folder()
    if not os.environ.get("DATABASE_URL") and not (data / DATABASE).is_file():
        raise CannotStart(
            f"There is nothing in {data} yet. If your records are elsewhere, say where with --data."
        )
    return data


def open_records(data: Path, passphrase_file: str | None) -> Opened:
    """Open the records of the person who lives here.

    Args:
        data: the data folder. The web framework must be loaded.
        passphrase_file: where the passphrase stands in the first line, ``-`` for standard input;
            None to ask for it. It is not needed where the computer's account protects the records.

    Raises:
        CannotStart: nobody lives here, or what was given does not open the records.
    """
    from secondvoice.people.views.access import only_person
    from secondvoice.records.models import person_keys

    try:
        person = only_person()
        if person is None:
            raise CannotStart(f"Nobody has begun to write in {data} yet.")
        wraps = person_keys(person)
        return Opened(person, _unwrap(wraps, person, data, passphrase_file))
    except (RecordsError, VaultError) as error:
        raise CannotStart(str(error)) from None


def _unwrap(
    wraps: Sequence[WrappedKey], person: UUID, data: Path, passphrase_file: str | None
) -> bytes:
    from secondvoice.people.keys import device_key, open_with

    if any(wrap.method == "device" for wrap in wraps):
        return open_with(wraps, "device", device_key(data), person=person)
    secret = read_secret(passphrase_file, "Passphrase or recovery code: ")
    try:
        return open_with(wraps, "passphrase", secret, person=person)
    except (WrongKey, UnusableSecret):
        try:
            return open_with(wraps, "recovery", secret, person=person)
        except (WrongKey, MistypedCode):
            raise CannotStart(
                "Neither the passphrase nor the recovery code. Nothing was opened; try again."
            ) from None


def new_passphrase(passphrase_file: str | None) -> str:
    """A passphrase for a new file; typed twice where it is typed.

    Raises:
        CannotStart: it is too short, was not typed the same twice, or cannot be read.
    """
    from secondvoice.people.keys import SHORTEST_PASSPHRASE

    secret = read_secret(passphrase_file, "A passphrase for the file: ")
    if len(secret.strip()) < SHORTEST_PASSPHRASE:
        raise CannotStart(
            f"The passphrase for the file needs {SHORTEST_PASSPHRASE} characters. Nothing was "
            "written; try again."
        )
    typed = passphrase_file is None and sys.stdin.isatty()
    if typed and getpass.getpass("The same again: ") != secret:
        raise CannotStart("The two were not the same. Nothing was written; try again.")
    return secret


def read_secret(passphrase_file: str | None, question: str) -> str:
    """A secret from the first line of a file or of standard input (``-``), or typed.

    Args:
        passphrase_file: where; None to ask, or to read standard input where that is no terminal.
        question: what to ask.

    Raises:
        CannotStart: it cannot be read.
    """
    if passphrase_file is None and sys.stdin.isatty():
        return getpass.getpass(question)
    try:
        if passphrase_file in {None, "-"}:
            line = sys.stdin.buffer.readline()
        else:
            with Path(str(passphrase_file)).open("rb") as file:
                line = file.readline()
        return line.decode("utf-8").rstrip("\r\n")
    except OSError as error:
        raise CannotStart(f"{passphrase_file} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise CannotStart("The passphrase is not UTF-8 text.") from None
