"""Whether a program may serve from a database: by the names of the changes made to it.

A change of the tables is put in while replicas of the version before go on serving, so it only
adds (expand). A later version moves over to what was added (migrate). What nobody uses any more is
taken away by a later one still (contract), by a change whose name says after which one that is
safe: ``0007_contract_after_0006_old_column`` breaks no program that knows ``0006`` of its room.
The names are kept in the database, so an older program can read there whether it may go on.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

Change = tuple[str, str]
"""The label of a room and the name of one change of its tables."""

CONTRACT = re.compile(r"\d{4}_contract_after_(?P<after>\d{4})(?:_\w+)?")


class Stand(Enum):
    """How the tables stand to a program."""

    FITS = "fits"
    OLDER = "the tables are older than this version: run 'secondvoice migrate'"
    NEWER = "the tables are newer than this version can use: run the newer one"


def stand(known: AbstractSet[Change], applied: AbstractSet[Change]) -> Stand:
    """Compare what a program knows with what a database has.

    Args:
        known: every change that the program brings.
        applied: every change that was made.
    """
    for room, name in applied - known:
        contract = CONTRACT.fullmatch(name)
        if contract and not any(
            other == room and own.startswith(f"{contract['after']}_") for other, own in known
        ):
            return Stand.NEWER
    return Stand.OLDER if known - applied else Stand.FITS
