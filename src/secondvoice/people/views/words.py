"""The words of this room, from ``texts.toml``."""

from __future__ import annotations

from typing import Any

from secondvoice.texts import texts
from secondvoice.tongues import say


def words_of(section: str) -> dict[str, Any]:
    """One section of the room's words."""
    words: dict[str, Any] = texts("secondvoice.people", "texts.toml")[section]
    return words


def sentence_of(error: Exception) -> str:
    """What an error of ours says, in the language of the moment."""
    sentence = say(str(getattr(error, "english", "") or error))
    values: dict[str, object] = getattr(error, "values", {})
    return sentence.format(**values) if values else sentence
