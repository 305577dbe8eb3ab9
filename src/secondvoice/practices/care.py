"""Whether what somebody wrote in a practice asks for people before anything else."""

from __future__ import annotations

from typing import Any

from secondvoice.reader import read

ORDER = ("none", "offer", "now")


def care_in(critic: tuple[str, ...] = (), answer: tuple[str, ...] = (), other: str = "") -> str:
    """The most careful level that any of the words asks for: ``none``, ``offer`` or ``now``.

    Args:
        critic: words of the critic.
        answer: words of the second voice.
        other: words of which it is not known who speaks.
    """
    said: list[tuple[str, Any]] = [
        *((text, "critic") for text in critic),
        *((text, "answer") for text in answer),
        (other, None),
    ]
    levels = [read(text, voice=voice).care for text, voice in said if text.strip()]
    return max(levels, key=ORDER.index, default="none")
