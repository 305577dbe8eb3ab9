"""What every backend is asked: do the same numbers come back as from memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest

from secondvoice import measures
from secondvoice.measures import group
from secondvoice.measures.group.tables import table_moments, table_retest
from tests.measures.group import golden

if TYPE_CHECKING:
    import ibis.expr.types as ir


def arrow(name: str, instrument: str) -> pa.Table:
    """A file of answers with NULL where one is missing."""
    names = group.columns(measures.instrument(instrument))
    answers = golden.answers(name, instrument)
    columns: dict[str, Any] = {"person": [row["person"] for row in golden.rows(name)]}
    for at, item in enumerate(names):
        gaps = np.isnan(answers[:, at])
        columns[item] = pa.array(np.where(gaps, 0, answers[:, at]).astype(np.int32), mask=gaps)
    return pa.table(columns)


def holds(scs: ir.Table, short: ir.Table, later: ir.Table) -> None:
    """Assert that counts, sums and retest are those of memory."""
    for name, table in (("scs", scs), ("scs-sf", short)):
        there = table_moments(measures.instrument(name), table)
        here = golden.moments(name)
        for field in group.Moments.__dataclass_fields__:
            assert np.array_equal(getattr(there, field), getattr(here, field)), (name, field)
    theirs = golden.said("closed")["retest"]
    found = table_retest(measures.instrument("scs-sf"), short, later, "person")["total"]
    assert found.n == theirs["n"]
    assert found.agreement.value == pytest.approx(theirs["agreement"][0]["ICC"], abs=1e-9)
    assert found.consistency.high == pytest.approx(
        theirs["consistency"][0]["upper bound"], abs=1e-9
    )
