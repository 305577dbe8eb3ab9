"""How far two passes of labelling agree: writes data/selftalk/AGREEMENT.md.

Cohen's kappa (1960, *Educational and Psychological Measurement* 20, 37-46) for each label on the
lines that were labelled twice, with a bootstrap interval over lines.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.metrics import cohen_kappa_score

from secondvoice.reader.reading import ASSUMPTIONS, POLES, TONES
from training.samples import FOLDER, places, sides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corpus_format import Line

SECOND: Final = FOLDER / "second"
PAGE: Final = FOLDER / "AGREEMENT.md"
BEGIN: Final = "<!-- figures: begin (make agreement writes what stands here) -->"
END: Final = "<!-- figures: end -->"
DRAWS: Final = 1000
SEED: Final = 20261124
RARE: Final = 10

Ask = "Callable[[dict[str, Any]], Any]"


def main() -> int:
    """Compare the passes and write the table; returns the exit status."""
    first = {line.id: line for side in sides().values() for line in side}
    told: list[str] = []
    for path in sorted(SECOND.glob("*.jsonl")):
        second = [json.loads(row) for row in path.read_text("utf-8").splitlines()]
        lost = [row["id"] for row in second if row["id"] not in first]
        if lost:
            print(f"{path.name}: no line has the id {lost[0]}.", file=sys.stderr)
            return 1
        told += table([_plain(first[row["id"]]) for row in second], second, path.stem)
        told += overlap([first[row["id"]] for row in second], second)
    page = PAGE.read_text("utf-8")
    before, rest = page.split(BEGIN)
    body = "\n".join(told)
    PAGE.write_text(f"{before}{BEGIN}\n\n{body}\n\n{END}{rest.split(END)[1]}", "utf-8")
    print(body)
    return 0


def _plain(line: Line) -> dict[str, Any]:
    return {
        "about": line.about,
        "poles": line.poles,
        "tone": line.tone,
        "assumptions": line.assumptions,
        "care": line.care,
        "kindness": line.kindness,
        "sure": line.sure,
    }


def labels() -> Iterator[tuple[str, Callable[[dict[str, Any]], Any]]]:
    """Every label with the function that takes it from a record."""
    yield "about", lambda row: row["about"]
    for pole in POLES:
        yield pole, lambda row, pole=pole: pole in row.get("poles", ())
    yield "kindness (five steps)", lambda row: row.get("kindness", 0)
    yield "care (three levels)", lambda row: row.get("care", "none")
    yield "care (any)", lambda row: row.get("care", "none") != "none"
    yield "sure", lambda row: row.get("sure", True)
    for name in ASSUMPTIONS:
        yield name, lambda row, name=name: name in row.get("assumptions", ())
    for name in TONES:
        if name != "plain":
            yield name, lambda row, name=name: name in row.get("tone", ())


def table(first: list[dict[str, Any]], second: list[dict[str, Any]], name: str) -> list[str]:
    """The table of one second pass, as lines of Markdown."""
    draw = np.random.default_rng(SEED).integers(0, len(first), (DRAWS, len(first)))
    told = [f"### {name.replace('-', ' ').capitalize()}: {len(first)} lines", ""]
    told += [
        "| label | first | second | agree | kappa | 95 % |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for label, take in labels():
        one, two = ([str(take(row)) for row in rows] for rows in (first, second))
        values = sorted({*one, *two})
        left, right = (np.array([values.index(x) for x in each]) for each in (one, two))
        kappas = [_kappa(left[rows], right[rows]) for rows in draw]
        counts = [sum(x == "True" for x in each) for each in (one, two)]
        rare = values == ["False", "True"] and min(counts) < RARE
        form = "({:.2f})" if rare else "{:.2f}"
        low, high = np.nanpercentile(kappas, [2.5, 97.5])
        shown = counts if values in (["False", "True"], ["True"]) else ["", ""]
        told.append(
            f"| {label} | {shown[0]} | {shown[1]} | {(left == right).mean():.2f} | "
            f"{form.format(_kappa(left, right))} | {low:.2f} to {high:.2f} |"
        )
    return told


def _kappa(one: Any, two: Any) -> float:
    if len(np.unique(np.concatenate([one, two]))) < 2:
        return float("nan")
    return float(cohen_kappa_score(one, two))


def overlap(first: list[Line], second: list[dict[str, Any]]) -> list[str]:
    """How far the stretches of event and verdict agree, letter by letter."""
    told = ["", "| letters of | kappa |", "| --- | --- |"]
    for name in ("event", "verdict"):
        one: list[bool] = []
        two: list[bool] = []
        for line, row in zip(first, second, strict=True):
            if not line.hard_poles or not set(row.get("poles", ())) & line_hard:
                continue
            given = row.get(name, [])
            stretches = [given] if isinstance(given, str) else given
            left, right = places(line.text, getattr(line, name)), places(line.text, stretches)
            letters = [at for at, sign in enumerate(line.text) if sign.isalnum()]
            one += [at in left for at in letters]
            two += [at in right for at in letters]
        told.append(f"| {name} | {_kappa(np.array(one), np.array(two)):.2f} |")
    return told


line_hard: Final = {"self_judgment", "isolation", "over_identification"}

if __name__ == "__main__":
    raise SystemExit(main())
