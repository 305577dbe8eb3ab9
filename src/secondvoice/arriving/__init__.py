"""Arriving: what another program wrote, read, looked at first, and brought in.

:mod:`.reading` recognises a file; :mod:`.table`, :mod:`.json_files` and :mod:`.journals` read the
entries of the programs; :mod:`.entry` says what becomes of one; :mod:`.own` reads this program's
own export.
"""

from __future__ import annotations

from typing import Any

from secondvoice.texts import texts


def words_of(section: str) -> dict[str, Any]:
    """A section of the room's own words."""
    table: dict[str, Any] = texts("secondvoice.arriving", "arriving.toml")[section]
    return table
