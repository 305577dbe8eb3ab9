"""The answers that R was given, and what it said of them."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from secondvoice import measures
from secondvoice.measures import group

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "group"


@cache
def rows(name: str) -> list[dict[str, str]]:
    """A table as it stands in the file."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def answers(name: str, instrument: str) -> NDArray[np.float64]:
    """The answers (people, items) of a file, NaN where there is none."""
    names = group.columns(measures.instrument(instrument))
    return np.array([[float(row[item] or "nan") for item in names] for row in rows(name)])


def moments(name: str, instrument: str | None = None) -> group.Moments:
    """What one pass over a file leaves."""
    known = instrument or name
    return group.moments(measures.instrument(known), answers(name, known))


@cache
def said(name: str) -> dict[str, Any]:
    """The values of R."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return found
