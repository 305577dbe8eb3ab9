"""Practices: so far the minute (a self-compassion break) and grounding.

Other rooms use :func:`grounding` and nothing else from in here.
"""

from __future__ import annotations

from typing import Any

from secondvoice.texts import texts


def grounding() -> dict[str, Any]:
    """The words of grounding: title, lead, and the steps of ``soles`` and of ``hands``."""
    section: dict[str, Any] = texts("secondvoice.practices", "minute.toml")["grounding"]
    return section
