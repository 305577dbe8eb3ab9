"""The fitted model: a weight for each feature and label, summed over the features of a text.

``data/model.bin`` holds what ``make train`` fitted: the names of the features and, for each of
them, one small whole number a label. A score is the sum over the features that are in a text, times
a factor for its length; Platt's sigmoid (1999) turns it into a share of cases in which such a score
is right. As it is a sum, each word's part in a decision can be told (:meth:`Model.weights`).

The sums are made with whole numbers of Python that hold all labels at once, 32 bits each: one
addition adds them all. No numerical library is needed.
"""

from __future__ import annotations

import json
import math
import struct
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from secondvoice.reader.datafiles import read_bytes
from secondvoice.reader.reading import ASSUMPTIONS, POLES, TONES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from secondvoice.reader.reading import Voice

LABELS: Final = (
    *POLES,
    "critical",
    "unkind",
    "attack",
    "kind",
    "devoted",
    "other",
    "none",
    *(tone for tone in TONES if tone != "plain"),
    *ASSUMPTIONS,
    "care",
    "now",
    "unsure",
    "event",
    "verdict",
)
"""What the model tells, in the order of its file."""

APART: Final = "_"
"""What stands in a feature for any one word."""

FORM: Final = 2
"""Version of the file's form."""

_LANE: Final = 4
_SHORTEST: Final = 6
_USUAL: Final = 14
_POWER: Final = 0.3


class ModelError(ValueError):
    """The file of the model is damaged or of another version."""


def stretch_factor(words: int) -> float:
    """How much each feature counts in a text of so many words: the longer, the less."""
    return float((max(_SHORTEST, words) / _USUAL) ** -_POWER)


class Model:
    """Weights, ready for use.

    Args:
        names: The features, in the order of the weights.
        weights: For each label the weights of all features, as bytes with 128 for nothing.
        scales: For each label what one step of its weights is worth.
        lines: For each label the slope and the intercept of its sigmoid, then what a critic's and
            what an answer's words add to it: a word in the field of the inner voice is harsh more
            often than the same word in a letter.
        least: For each label the share from which it counts as so.

    Attributes:
        alone: The places of the features of one word and of patterns.
        pairs: The places of features of two neighbours, by the first and then the second of them.
        apart: Likewise for two with any word between them.
        triples: Those of three neighbours, by the first two and then the third.
        least: As given, by label.
    """

    def __init__(
        self,
        names: Sequence[str],
        weights: bytes,
        scales: Sequence[float],
        lines: Sequence[Sequence[float]],
        least: Sequence[float],
    ) -> None:
        self.alone: dict[str, int] = {}
        self.pairs: dict[str, dict[str, int]] = {}
        self.apart: dict[str, dict[str, int]] = {}
        self.triples: dict[tuple[str, str], dict[str, int]] = {}
        self._sort(names)
        self._weights = weights
        self._slopes = [line[0] * scale for line, scale in zip(lines, scales, strict=True)]
        self._intercepts: dict[Voice | None, list[float]] = {
            None: [line[1] for line in lines],
            "critic": [line[1] + line[2] for line in lines],
            "answer": [line[1] + line[3] for line in lines],
        }
        self.least = dict(zip(LABELS, least, strict=True))
        self._count = len(names)
        # For each feature its weights for all labels as one whole number, once it was met.
        self._packed: list[Any] = [None] * len(names)
        self._none = sum(128 << (8 * _LANE * lane) for lane in range(len(LABELS)))
        self._tables: dict[str, bytes] = {}
        self._half = sum(1 << (8 * _LANE * (lane + 1) - 1) for lane in range(len(LABELS)))

    def _sort(self, names: Sequence[str]) -> None:
        """Put the features where they are looked up: by their first word, or words.

        To be quick where a feature is not known, which is the rule: no name of one is put together
        to find that out.
        """
        for row, name in enumerate(names):
            parts = name.split(" ")
            if len(parts) == 1:
                self.alone[name] = row
            elif len(parts) == 2:
                self.pairs.setdefault(parts[0], {})[parts[1]] = row
            elif parts[1] == APART:
                self.apart.setdefault(parts[0], {})[parts[2]] = row
            else:
                self.triples.setdefault((parts[0], parts[1]), {})[parts[2]] = row

    def rows(self, names: Iterable[str]) -> tuple[int, ...]:
        """The places of those of these features of no more than one word that the model knows."""
        known = self.alone
        return tuple([known[name] for name in names if name in known])

    def total(self, rows: Collection[int]) -> int:
        """The weights of these features added up, all labels in one whole number."""
        try:
            return sum(map(self._packed.__getitem__, rows))
        except TypeError:  # Some of them are met for the first time.
            for row in rows:
                if self._packed[row] is None:
                    self._packed[row] = self._pack(row)
            return sum(map(self._packed.__getitem__, rows))

    def _pack(self, row: int) -> int:
        spread = bytearray(_LANE * len(LABELS))
        spread[::_LANE] = self._weights[row :: self._count]
        return int.from_bytes(spread, "little") - self._none

    def odds(self, total: int, words: int, voice: Voice | None = None) -> list[float]:
        """The log-odds of each label for a text of so many words.

        Args:
            total: What :meth:`total` says of its features.
            words: How many words it has.
            voice: Whose words they are, if known.
        """
        # A lane stands half-way up for nothing; its first bit turned, it is a number with a sign.
        lifted = (total + self._half) ^ self._half
        lanes = _FORM.unpack(lifted.to_bytes(_LANE * len(LABELS), "little"))
        factor = stretch_factor(words)
        return [
            lane * slope * factor + intercept
            for lane, slope, intercept in zip(
                lanes, self._slopes, self._intercepts[voice], strict=True
            )
        ]

    def share(self, rows: Sequence[int], label: str, words: int) -> float:
        """In how many of such cases one label is so, 0..1: quicker than all of them."""
        lane, table = LANES[label], self._table(label)
        steps = sum(map(table.__getitem__, rows)) - 128 * len(rows)
        return share_of(
            steps * self._slopes[lane] * stretch_factor(words) + self._intercepts[None][lane]
        )

    def weights(self, rows: Iterable[int], label: str, words: int) -> list[float]:
        """How much each of these features adds to a label's log-odds in so many words."""
        step = self._slopes[LANES[label]] * stretch_factor(words)
        table = self._table(label)
        return [step * (table[row] - 128) for row in rows]

    def _table(self, label: str) -> bytes:
        table = self._tables.get(label)
        if table is None:
            begin = LANES[label] * self._count
            table = self._tables[label] = self._weights[begin : begin + self._count]
        return table

    def bias(self, label: str) -> float:
        """The log-odds of a label before any feature is looked at."""
        return self._intercepts[None][LANES[label]]


def share_of(odds: float) -> float:
    """A share from its log-odds."""
    return 1.0 / (1.0 + math.exp(-min(max(odds, -30.0), 30.0)))


def shares_of(odds: Sequence[float]) -> dict[str, float]:
    """The share of each label from their log-odds, 0..1."""
    if min(odds) < -30.0 or max(odds) > 30.0:
        odds = [min(max(each, -30.0), 30.0) for each in odds]
    exp = math.exp
    return dict(zip(LABELS, [1.0 / (1.0 + exp(-each)) for each in odds], strict=True))


_FORM: Final = struct.Struct(f"<{len(LABELS)}i")
LANES: Final = {label: lane for lane, label in enumerate(LABELS)}
"""The place of each label."""


def pack(
    names: Sequence[str],
    weights: bytes,
    scales: Sequence[float],
    lines: Sequence[Sequence[float]],
    least: Sequence[float],
    told: dict[str, Any],
) -> bytes:
    """The bytes of a model's file; the same model gives the same bytes.

    Args:
        names: The features.
        weights: As :class:`Model` takes them.
        scales: Likewise.
        lines: Likewise.
        least: Likewise.
        told: What else is worth knowing of it, such as the seed.
    """
    head = {
        "form": FORM,
        "labels": LABELS,
        "scales": [float(f"{scale:.6g}") for scale in scales],
        "lines": [[float(f"{part:.6g}") for part in line] for line in lines],
        "least": least,
        "told": told,
    }
    listed = "\n".join(names).encode()
    opening = json.dumps(head, separators=(",", ":"), sort_keys=True).encode()
    body = len(opening).to_bytes(4, "little") + opening
    body += len(listed).to_bytes(4, "little") + listed + weights
    return zlib.compress(body, 9)


def unpack(packed: bytes) -> tuple[Model, dict[str, Any]]:
    """A model from the bytes of its file, with what is told of it.

    Raises:
        ModelError: If they are no such file, or one of another version.
    """
    try:
        body = zlib.decompress(packed)
        size = int.from_bytes(body[:4], "little")
        head = json.loads(body[4 : 4 + size])
        at = 4 + size
        size = int.from_bytes(body[at : at + 4], "little")
        names = body[at + 4 : at + 4 + size].decode().split("\n")
        weights = body[at + 4 + size :]
    except (zlib.error, ValueError) as error:
        raise ModelError("The reader's model.bin is damaged. Install the program anew.") from error
    if head.get("form") != FORM or tuple(head["labels"]) != LABELS:
        raise ModelError("The reader's model.bin is of another version. Run `make train`.")
    if len(weights) != len(names) * len(LABELS):
        raise ModelError("The reader's model.bin is cut off. Install the program anew.")
    fitted = Model(names, weights, head["scales"], head["lines"], head["least"])
    return fitted, head["told"]


@cache
def model() -> Model:
    """The model that came with the program, read once, on first use."""
    return unpack(read_bytes("model.bin"))[0]
