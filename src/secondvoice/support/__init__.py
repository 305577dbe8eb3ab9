"""Support: who to turn to. It opens without unlocking and needs no script.

``CARE`` holds the words that other rooms show when what somebody wrote sounds heavy.
"""

from __future__ import annotations

from typing import Any

from secondvoice.support.lines import dialled
from secondvoice.texts import Section, texts

CARE = Section("secondvoice.support", "support.toml", "safe_now")
"""``care_offer``, ``care_now``, ``care_not_it``; the ``question`` and its replies."""


def to_turn_to() -> dict[str, Any]:
    """People to ring or write to, for a page of another room that includes ``_lines.html``.

    ``lines`` are those to talk to, ``danger_lines`` those for when somebody is not safe, and
    ``numbers`` the words round them.
    """
    words = texts("secondvoice.support", "support.toml")
    return {
        "numbers": words["numbers"],
        "lines": dialled(words["numbers"]["lines"]),
        "danger_lines": dialled(words["danger"]["numbers"]),
    }
