"""Support: who to turn to. It opens without unlocking and needs no script.

``CARE`` holds the words that other rooms show when what somebody wrote sounds heavy.
"""

from __future__ import annotations

from typing import Any

from secondvoice.support.lines import Line, dial
from secondvoice.texts import texts

CARE: dict[str, Any] = texts("secondvoice.support", "support.toml")["safe_now"]
"""``care_offer``, ``care_now``, ``care_not_it``; the ``question`` and its replies."""


def danger_lines() -> list[Line]:
    """Who to ring or write to when somebody is in danger, as the support page has them."""
    return [
        dial(line) for line in texts("secondvoice.support", "support.toml")["danger"]["numbers"]
    ]
