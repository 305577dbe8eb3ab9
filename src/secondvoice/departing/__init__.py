"""Departing: everything taken out in one file, and what is erased for good.

:mod:`.own`, :mod:`.markdown` and :mod:`.numbers` write the forms of an export; :mod:`.spans` says
what lies in a span of days. The commands ``export`` and ``erase`` use the same.
"""

from __future__ import annotations

from typing import Any

from secondvoice.texts import texts


def words_of(section: str) -> dict[str, Any]:
    """A section of the room's own words."""
    table: dict[str, Any] = texts("secondvoice.departing", "departing.toml")[section]
    return table


def counted(words: dict[str, Any], key: str, number: int) -> str:
    """A sentence about a number of things; empty where there is none.

    Args:
        words: a section that has ``key`` with ``{count}`` in it, and ``key_one``.
        key: which sentence.
        number: how many.
    """
    if not number:
        return ""
    return str(words[f"{key}_one"] if number == 1 else words[key].format(count=number))
