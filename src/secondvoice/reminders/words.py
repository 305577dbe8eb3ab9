"""The room's own words."""

from __future__ import annotations

from typing import Any

from secondvoice.texts import texts


def words(section: str) -> dict[str, Any]:
    """A section of the words. Do not change what comes back."""
    table: dict[str, Any] = texts(__package__, "texts.toml")[section]
    return table


def says() -> dict[str, str]:
    """The neutral sentences that a reminder may come with, by id. The first is the usual one."""
    return words("says")


def sentence_of(id_: str) -> str:
    """One of them; the usual one for an id that is not there any more."""
    known = says()
    return known.get(id_, next(iter(known.values())))
