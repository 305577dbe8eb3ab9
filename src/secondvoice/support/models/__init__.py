"""What of a plan lies open, and only while the person wants it so."""

from __future__ import annotations

from secondvoice.support.models.laid_open import (
    OpenPlan,
    follow,
    lay_open,
    open_parts,
    open_plan,
    put_away,
)

__all__ = ["OpenPlan", "follow", "lay_open", "open_parts", "open_plan", "put_away"]
