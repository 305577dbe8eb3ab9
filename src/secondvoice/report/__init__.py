"""The report: chosen weeks to take along, with those words only that were ticked."""

from __future__ import annotations

from typing import Any

from secondvoice.texts import texts


def words_of(section: str) -> dict[str, Any]:
    """A section of the room's own words."""
    table: dict[str, Any] = texts("secondvoice.report", "report.toml")[section]
    return table
