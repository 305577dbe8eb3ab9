"""The loop, and the moments kept."""

from __future__ import annotations

from secondvoice.moments.similar import most_alike

__all__ = ["most_alike"]
