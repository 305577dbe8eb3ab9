"""The page of each instrument is what the data says, and reprints nothing it may not."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from secondvoice import measures
from secondvoice.measures.page import render

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = ROOT / "docs" / "instruments"
ALL = sorted(measures.instruments())


def script() -> ModuleType:
    spec: Any = importlib.util.spec_from_file_location(
        "instrument_pages", ROOT / "scripts" / "instrument_pages.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_committed_pages_are_what_the_data_says() -> None:
    committed = {path.name: path.read_text("utf-8") for path in PAGES.glob("*.md")}
    differ = [
        name
        for name, text in script().pages().items()
        if committed.pop(name, None) != text
    ]  # fmt: skip
    assert (differ, committed) == ([], {}), "run python scripts/instrument_pages.py"


@pytest.mark.parametrize("name", ALL)
def test_every_question_key_figure_and_vector_is_on_the_page(name: str) -> None:
    instrument = measures.instrument(name)
    page = render(instrument)
    for item in instrument.items:
        assert f"| `{item.id}` | {item.wording}" in page
    for score in (*instrument.scores, *instrument.elsewhere):
        assert f"| `{score.id}` | {score.title} |" in page
    for vector in instrument.vectors:
        assert f"| {' '.join(map(str, vector.answers))} |" in page
    for sourced in (*instrument.reliability, *instrument.norms, *instrument.bands):
        assert sourced.source in page
    assert instrument.licence.source in page
    assert instrument.citation.text in page


def test_non_commercial_questions_are_not_reprinted_outside_their_folder() -> None:
    page = (PAGES / "who-5.md").read_text("utf-8")
    for item in measures.instrument("who-5").items:
        assert item.wording not in page
        assert item.wording in render(measures.instrument("who-5"))


def test_what_is_unverified_is_shown_so() -> None:
    page = render(measures.instrument("ceas-self"))
    line = next(line for line in page.splitlines() if "`ceas_self_action_3`" in line)
    assert "not scored" in line
    assert "unverified: from memory" in line
    assert "## Unverified fields (" in page
    assert "Unverified fields" not in render(measures.instrument("ipip-self-esteem"))


def test_the_rows_of_a_table_have_as_many_cells_as_its_head() -> None:
    for name in ALL:
        width = 0
        for line in render(measures.instrument(name)).splitlines():
            cells = line.replace(r"\|", "").count("|") if line.startswith("|") else 0
            assert cells in {0, width} or width == 0
            width = cells
