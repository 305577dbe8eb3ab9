"""Instruments, forms and filled-in sheets for the formats."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from secondvoice import measures
from secondvoice.measures import formats

if TYPE_CHECKING:
    from pathlib import Path

# Has an environment of its own, since what it needs is heavy: ``make test-formats``.
collect_ignore = [] if find_spec("reproschema") else ["test_reproschema_model.py"]

SHIPPED = sorted(i.id for i in measures.instruments().values() if i.kind == "items")
CARDS = sorted(i.id for i in measures.instruments().values() if i.kind == "card")


@pytest.fixture(params=SHIPPED)
def shipped(request: pytest.FixtureRequest) -> measures.Instrument:
    """Each instrument with questions."""
    return measures.instrument(request.param)


def put(folder: Path, made: str | dict[str, str]) -> Path:
    """Write what was exported, and say where it is."""
    if isinstance(made, str):
        path = folder / "exported"
        path.write_text(made, "utf-8", newline="")
        return path
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    return folder


def there_and_back(
    folder: Path, instrument: measures.Instrument, kind: formats.Kind
) -> formats.Imported:
    """Export an instrument and import it again."""
    where = folder / f"{instrument.id}-{kind}"
    where.mkdir()
    return formats.imported(
        put(where, formats.exported(instrument, kind)), kind, name=instrument.id
    )
