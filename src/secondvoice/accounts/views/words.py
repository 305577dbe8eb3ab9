"""The words of this room, from ``texts.toml``."""

from __future__ import annotations

from typing import Any

from secondvoice.texts import texts


def words_of(section: str) -> dict[str, Any]:
    """One section of the room's words."""
    words: dict[str, Any] = texts("secondvoice.accounts", "texts.toml")[section]
    return words
