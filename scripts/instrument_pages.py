"""Write the pages of ``docs/instruments/`` from the instruments themselves.

``python scripts/instrument_pages.py`` writes, and removes the page of an instrument that is gone.
"""

from __future__ import annotations

import sys
from pathlib import Path

from secondvoice.measures.catalogue import instruments
from secondvoice.measures.page import render, standing, unverified

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "instruments"

INTRODUCTION = (
    "Made from the data by `python scripts/instrument_pages.py`; change it there. Each page is for "
    "somebody who knows the scale to check line by line. Questions belong to their owners and are "
    "not under the licence of the code."
)


def pages() -> dict[str, str]:
    """Every page by the name of its file."""
    made = {
        f"{name}.md": render(instrument, questions=instrument.licence.reprint)
        for name, instrument in instruments().items()
    }
    return made | {"README.md": index()}


def index() -> str:
    """The list of them."""
    rows = [
        f"| [{instrument.short}]({name}.md) | {instrument.about} | {len(instrument.items) or '–'} "
        f"| {standing(instrument)} | {len(unverified(instrument))} |"
        for name, instrument in instruments().items()
    ]
    return "\n".join(
        [
            "# The instruments",
            "",
            INTRODUCTION,
            "",
            "| | measures | questions | | unverified fields |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def main() -> int:
    """Write what differs."""
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(made)} pages are in {FOLDER.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
