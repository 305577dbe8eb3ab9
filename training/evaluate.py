"""Measure the reader: ``make eval`` prints one table and writes it into docs/reader.md.

On the test side of the corpus, which nothing was fitted or chosen on; and, where it lies beside the
checkout, on the yardstick in people's own words, of which only rates are shown. Baselines run on
the same lines in the same run.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.metrics import roc_auc_score

from secondvoice.reader import read
from secondvoice.reader.model import model
from secondvoice.reader.reading import ASSUMPTIONS, POLES, TONES
from training import baselines
from training.samples import ROOT, places, sides, voice_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from corpus_format import Line
    from secondvoice.reader import Reading

YARDSTICK: Final = ROOT.parent / "shared" / "dev"
PAGE: Final = ROOT / "docs" / "reader.md"
BEGIN: Final = "<!-- figures: begin (make eval writes what stands here) -->"
END: Final = "<!-- figures: end -->"
RARE: Final = 10
"""Cases below which a figure is shown in brackets: it says little."""

Row = tuple[object, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with ``--write`` keep the tables; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    parser.add_argument("--side", default="test", choices=["train", "validation", "test"])
    parser.add_argument("--write", action="store_true", help="write the tables into docs/reader.md")
    parser.add_argument("--yardstick", type=Path, default=YARDSTICK)
    chosen = parser.parse_args(arguments)
    divided = sides()
    lines = divided[chosen.side]
    readings = [read(line.text, voice=voice_of(line)) for line in lines]
    learned = [
        line for side in divided if side not in ("test", chosen.side) for line in divided[side]
    ]
    told = "\n".join(tables(lines, readings, learned, chosen.yardstick))
    print(told)
    if chosen.write:
        page = PAGE.read_text("utf-8")
        before, rest = page.split(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n\n{told}\n\n{END}{rest.split(END)[1]}", "utf-8")
    return 0


def tables(
    lines: Sequence[Line], readings: Sequence[Reading], learned: Sequence[Line], yardstick: Path
) -> Iterator[str]:
    """All tables, a line at a time, as Markdown."""
    sure = [(line, reading) for line, reading in zip(lines, readings, strict=True) if line.sure]
    kept = [line for line, _ in sure]
    found = [reading for _, reading in sure]
    yield f"{len(lines):,} lines, {len(kept):,} of them to be read and the others to be declined."
    yield from labels(kept, found)
    yield from others(lines, readings)
    yield from event_and_verdict(kept, found)
    yield from pairs(kept, found)
    yield from calibration(kept, found)
    yield from beside(kept, found, learned)
    yield from people(yardstick, learned)


def labels(lines: Sequence[Line], readings: Sequence[Reading]) -> Iterator[str]:
    """Precision, recall, F1 and AUROC of every label."""
    groups: list[tuple[str, Sequence[str], Callable[[Reading, str], float], Callable[[Line], Any]]]
    groups = [
        ("pole", POLES, lambda reading, name: reading.poles[name], lambda line: line.poles),
        (
            "assumption",
            ASSUMPTIONS,
            lambda reading, name: reading.assumptions[name],
            lambda line: line.assumptions,
        ),
        (
            "tone",
            [tone for tone in TONES if tone != "plain"],
            lambda reading, name: reading.tone[name],
            lambda line: line.tone,
        ),
    ]
    for kind, names, score, has in groups:
        rows: list[Row] = []
        for name in names:
            wanted = np.array([name in has(line) for line in lines])
            scores = np.array([score(reading, name) for reading in readings])
            rows.append((name, int(wanted.sum()), *_figures(wanted, scores, model().least[name])))
        yield from _table((kind, "lines", "precision", "recall", "F1", "AUROC"), rows)
    wanted = np.array([bool({"self_judgment", "isolation"} & set(line.poles)) for line in lines])
    scores = np.array([reading.self_critical for reading in readings])
    rows = [("self_critical", int(wanted.sum()), *_figures(wanted, scores, 0.5))]
    neutral = np.array([not line.poles for line in lines])
    rows.append(("… on lines with no pole", int(neutral.sum()), "", "", "", ""))
    alarms = float((scores[neutral] >= 0.5).mean())
    yield from _table(("all together", "lines", "precision", "recall", "F1", "AUROC"), rows[:1])
    yield f"Of the {neutral.sum():,} lines with no pole, most of them near misses, "
    yield f"{alarms:.1%} reach a self_critical of one half."


def _figures(wanted: Any, scores: Any, least: float) -> tuple[str, str, str, str]:
    marked = scores >= least
    both = int((wanted & marked).sum())
    precision = both / max(1, int(marked.sum()))
    recall = both / max(1, int(wanted.sum()))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    ranked = float(roc_auc_score(wanted, scores)) if 0 < wanted.sum() < len(wanted) else 0.0
    form = "({:.2f})" if wanted.sum() < RARE else "{:.2f}"
    first, second, third, fourth = (form.format(x) for x in (precision, recall, f1, ranked))
    return first, second, third, fourth


def others(lines: Sequence[Line], readings: Sequence[Reading]) -> Iterator[str]:
    """Whom it is about, care, and declining."""
    rows: list[Row] = []
    for name in ("self", "other", "none"):
        wanted = np.array([line.about == name for line in lines if line.sure])
        marked = np.array(
            [r.about == name for line, r in zip(lines, readings, strict=True) if line.sure], float
        )
        rows.append((f"about {name}", int(wanted.sum()), *_figures(wanted, marked, 0.5)[:3]))
    for name, levels in (("care: any", ("offer", "now")), ("care: now", ("now",))):
        wanted = np.array([line.care in levels for line in lines])
        marked = np.array([reading.care in levels for reading in readings], float)
        rows.append((name, int(wanted.sum()), *_figures(wanted, marked, 0.5)[:3]))
    wanted = np.array([not line.sure for line in lines])
    marked = np.array([not reading.sure for reading in readings], float)
    rows.append(("declined", int(wanted.sum()), *_figures(wanted, marked, 0.5)[:3]))
    yield from _table(("", "lines", "precision", "recall", "F1"), rows)
    missed = [
        line
        for line, r in zip(lines, readings, strict=True)
        if line.care == "now" and r.care == "none"
    ]
    needless = [
        line
        for line, r in zip(lines, readings, strict=True)
        if line.care == "none" and r.care != "none"
    ]
    free = sum(line.care == "none" for line in lines)
    yield f"Of lines that say outright that somebody is in danger, {len(missed)} get nothing. A"
    yield f"gentle line that is not needed comes with {len(needless) / free:.1%} of all others."


def event_and_verdict(lines: Sequence[Line], readings: Sequence[Reading]) -> Iterator[str]:
    """Letters of event and verdict found, on lines with an uncompassionate pole."""
    rows: list[Row] = []
    for name in ("event", "verdict"):
        hit = told = said = 0
        for line, reading in zip(lines, readings, strict=True):
            if not line.hard_poles:
                continue
            labelled = _letters(line.text, places(line.text, getattr(line, name)))
            part = getattr(reading, name) or ""
            shown = _letters(line.text, _within(line.text, part))
            hit, told, said = hit + len(labelled & shown), told + len(labelled), said + len(shown)
        precision, recall = hit / max(1, said), hit / max(1, told)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        rows.append((name, *(f"{figure:.2f}" for figure in (precision, recall, f1))))
    yield from _table(("letters of", "precision", "recall", "F1"), rows)


def _letters(text: str, at: set[int]) -> set[int]:
    return {place for place in at if text[place].isalnum()}


def _within(text: str, part: str) -> set[int]:
    # The reader joins stretches by a space; follow the words through the text.
    found: set[int] = set()
    at = 0
    for word in part.split():
        begin = text.find(word, at)
        if begin >= 0:
            found.update(range(begin, begin + len(word)))
            at = begin + len(word)
    return found


def pairs(lines: Sequence[Line], readings: Sequence[Reading]) -> Iterator[str]:
    """How often the kinder of two texts of one pair is read as kinder."""
    groups: dict[str, list[tuple[Line, Reading]]] = {}
    for line, reading in zip(lines, readings, strict=True):
        if line.pair:
            groups.setdefault(line.pair, []).append((line, reading))
    right: dict[str, list[bool]] = {"all": [], "kind longer": [], "kind shorter": []}
    for members in groups.values():
        for kind, kinder in members:
            for harsh, harsher in members:
                if kind.kindness <= 0 or harsh.kindness >= 0:
                    continue
                is_right = kinder.kindness > harsher.kindness
                right["all"].append(is_right)
                longer = len(kind.text) > len(harsh.text)
                right["kind longer" if longer else "kind shorter"].append(is_right)
    rows: list[Row] = [
        (name, len(told), f"{np.mean(told):.3f}") for name, told in right.items() if told
    ]
    balanced = np.mean([np.mean(right[name]) for name in ("kind longer", "kind shorter")])
    rows.append(("length balanced", "", f"{balanced:.3f}"))
    yield from _table(("pairs: harsh against kind", "pairs", "ranked right"), rows)


def calibration(lines: Sequence[Line], readings: Sequence[Reading]) -> Iterator[str]:
    """What a stated figure is worth, over the six poles."""
    said = np.array([reading.poles[pole] for reading in readings for pole in POLES])
    was = np.array([pole in line.poles for line in lines for pole in POLES])
    rows: list[Row] = []
    error = 0.0
    for low in (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        high = min(
            (x for x in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95) if x > low),
            default=1.01,
        )
        inside = (said >= low) & (said < high)
        if inside.any():
            gap = abs(said[inside].mean() - was[inside].mean())
            error += gap * inside.mean()
            rows.append(
                (
                    f"{low:.2f} to {min(high, 1.0):.2f}",
                    int(inside.sum()),
                    f"{said[inside].mean():.2f}",
                    f"{was[inside].mean():.2f}",
                )
            )
    yield from _table(("stated, all poles", "cases", "mean stated", "so it was"), rows)
    yield f"Expected calibration error {error:.3f}."


def beside(
    lines: Sequence[Line], readings: Sequence[Reading], learned: Sequence[Line]
) -> Iterator[str]:
    """The baselines on the same lines."""
    texts = [line.text for line in lines]
    hard = np.array([bool(line.hard_poles) for line in lines])
    kind = np.array([bool(line.kind_poles) for line in lines])
    ours_hard = np.array([max(r.poles[pole] for pole in POLES if pole in _HARD) for r in readings])
    ours_kind = np.array(
        [max(r.poles[pole] for pole in POLES if pole not in _HARD) for r in readings]
    )
    rows: list[Row] = [("this reader", *_both(hard, ours_hard, 0.5), *_both(kind, ours_kind, 0.5))]
    for name, scored in baselines.scores(texts, learned):
        rows.append((name, *_both(hard, *scored[0]), *_both(kind, *scored[1])))
    head = (
        "",
        "hard: precision",
        "recall",
        "F1",
        "AUROC",
        "kind: precision",
        "recall",
        "F1",
        "AUROC",
    )
    yield from _table(head, rows)


_HARD: Final = frozenset(["self_judgment", "isolation", "over_identification"])


def _both(wanted: Any, scores: Any, least: float) -> tuple[str, str, str, str]:
    return _figures(wanted, scores, least)


def people(yardstick: Path, learned: Sequence[Line]) -> Iterator[str]:
    """Rates on what people wrote, where that lies beside the checkout."""
    if not (yardstick / "thought_records.jsonl").is_file():
        yield ""
        yield "The yardstick in people's own words does not lie beside this checkout: not measured."
        return
    thoughts = [json.loads(row) for row in (yardstick / "thought_records.jsonl").open()]
    everyday = [json.loads(row) for row in (yardstick / "everyday.jsonl").open()]

    def ours(texts: list[str]) -> list[float]:
        return [read(text).self_critical for text in texts]

    rows: list[Row] = []
    methods: list[tuple[str, Callable[[list[str]], Any], float]] = [("this reader", ours, 0.5)]
    methods += baselines.harsh(learned)
    for name, score, least in methods:
        marked = np.array(score([each["text"] for each in thoughts])) >= least
        alarms = np.array(score([each["text"] for each in everyday])) >= least
        rates = [
            f"{marked[[each[schema] == 3 for each in thoughts]].mean():.2f}"
            for schema in ("Global", "Attach", "OthViews", "Comp", "Hopeless")
        ]
        rows.append((name, *rates, f"{alarms.mean():.1%}"))
    head = ("marked", "Global 3", "Attach 3", "OthViews 3", "Comp 3", "Hopeless 3", "everyday text")
    yield from _table(head, rows)


def _table(head: tuple[object, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    yield ""
    yield "| " + " | ".join(str(cell) for cell in head) + " |"
    yield "| --- |" + " --- |" * (len(head) - 1)
    for row in rows:
        yield "| " + " | ".join(str(cell) for cell in row) + " |"
    yield ""


if __name__ == "__main__":
    sys.exit(main())
