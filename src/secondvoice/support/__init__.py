"""Support: who to turn to. It opens without unlocking and needs no script.

``CARE`` holds the words that other rooms show when what somebody wrote sounds heavy.
"""

from __future__ import annotations

from typing import Any

from secondvoice.texts import texts

CARE: dict[str, Any] = texts("secondvoice.support", "support.toml")["safe_now"]
"""``care_offer``, ``care_now``, ``care_not_it``; the ``question`` and its replies."""
