"""What helps this person: estimates from their own before and after, suggestions, experiments.

Plain Python over plain values. A page makes an :class:`Occasion` of each moment and asks
:func:`what_helps`; :func:`suggest` chooses among what ``practices.pace.offered`` allows;
:mod:`experiment` plans and reads an experiment on oneself. How it works, and how well, is in
``docs/what-helps.md``.
"""

from __future__ import annotations

from secondvoice.growth.helps import experiment
from secondvoice.growth.helps.estimates import Estimate, what_helps
from secondvoice.growth.helps.occasion import NOTHING, Occasion, answered
from secondvoice.growth.helps.suggestion import Suggestion, day_seed, suggest

__all__ = [
    "NOTHING",
    "Estimate",
    "Occasion",
    "Suggestion",
    "answered",
    "day_seed",
    "experiment",
    "suggest",
    "what_helps",
]
