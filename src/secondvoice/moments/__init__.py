"""The loop, and the moments kept."""

from __future__ import annotations

from secondvoice.moments.similar import most_alike
from secondvoice.moments.voices import BothVoices, both_voices

__all__ = ["BothVoices", "both_voices", "most_alike"]
