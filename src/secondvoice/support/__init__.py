"""Support: words of danger, helplines, feet on the floor. Opens without unlocking."""

from __future__ import annotations

from typing import Any

from secondvoice.texts import texts


def care_words() -> dict[str, Any]:
    """What is said, in any room, where somebody's words sound like danger."""
    words: dict[str, Any] = texts("secondvoice.support", "support.toml")["safe_now"]
    return words
