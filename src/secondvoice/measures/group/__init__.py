"""Statistics of a measure in a group: reliability, retest, factor models, from one pass.

Needs NumPy and SciPy (``pip install secondvoice[science]``); a pass over a table that lies in a
database needs Ibis (``secondvoice[research]``). The core of the measures needs neither.
"""

from __future__ import annotations

from secondvoice.measures.group.fitting import Fit, fit
from secondvoice.measures.group.indices import Indices
from secondvoice.measures.group.keys import GroupError, Key, columns, key, keys
from secondvoice.measures.group.model import Model, models, one_factor
from secondvoice.measures.group.moments import Moments, moments
from secondvoice.measures.group.omega import Omega, omega, omega_of
from secondvoice.measures.group.reliability import (
    Estimate,
    ItemTotal,
    alpha,
    detectable_change,
    item_total,
    keyed,
    standard_error,
)
from secondvoice.measures.group.report import Report, Row, report
from secondvoice.measures.group.retest import Retest, retest, retest_of

__all__ = [
    "Estimate", "Fit", "GroupError", "Indices", "ItemTotal", "Key", "Model", "Moments", "Omega",
    "Report", "Retest", "Row", "alpha", "columns", "detectable_change", "fit", "item_total", "key",
    "keyed", "keys", "models", "moments", "omega", "omega_of", "one_factor", "report", "retest",
    "retest_of", "standard_error",
]  # fmt: skip
