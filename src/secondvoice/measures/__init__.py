"""Measures: instruments as data, scored by their key, and change told with its error.

>>> from secondvoice import measures
>>> sscs = measures.instrument("sscs-s")
>>> answers = dict(zip((item.id for item in sscs.items), [2, 4, 3, 5, 4, 2]))
>>> measures.score(sscs, answers)["total"].value
2.0
"""

from __future__ import annotations

from secondvoice.measures.catalogue import (
    InstrumentError,
    UnknownInstrument,
    instrument,
    instruments,
    read_all,
    read_folder,
)
from secondvoice.measures.change import (
    Change,
    Spread,
    Taken,
    important,
    latest_change,
    limit,
    overridden,
    own_spread,
    reliable_change,
)
from secondvoice.measures.instrument import Instrument, Item, Mark, Precision, Score, Verdict
from secondvoice.measures.scoring import AnswerError, Scored, Scores, needs_support, score
from secondvoice.measures.table import (
    TableError,
    need_research,
    new_columns,
    read_mapping,
    score_table,
)
from secondvoice.measures.taking import offered, remarks, steps

__all__ = [
    "AnswerError", "Change", "Instrument", "InstrumentError", "Item", "Mark", "Precision",
    "Score", "Scored", "Scores", "Spread", "TableError", "Taken", "UnknownInstrument",
    "Verdict", "important", "instrument", "instruments", "latest_change", "limit",
    "need_research", "needs_support", "new_columns", "offered", "overridden", "own_spread",
    "read_all", "read_folder", "read_mapping", "reliable_change", "remarks", "score",
    "score_table", "steps",
]  # fmt: skip
