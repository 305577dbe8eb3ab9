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
