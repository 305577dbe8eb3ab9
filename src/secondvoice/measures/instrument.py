"""What an instrument is: its questions, key, figures and sources, as plain values.

Field by field this is also the schema of ``instruments/<id>/instrument.toml``: see ``reading.py``,
which makes these values of a file, and ``checks.py``, which holds them against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 (the decoder reads the annotations)
from enum import StrEnum
from typing import Literal

from secondvoice.poles import Pole  # noqa: TC001 (as above)
from secondvoice.tongues import later, say


class Mark(StrEnum):
    """How well a field is known."""

    READ = "read"
    COMPARE = "compare"
    MEMORY = "memory"
    COMPUTED = "computed"
    OURS = "ours"

    @property
    def unverified(self) -> bool:
        """Whether somebody should hold it against the original before leaning on it."""
        return self in {Mark.COMPARE, Mark.MEMORY}

    @property
    def label(self) -> str:
        """As it is shown beside the field."""
        return say(_LABELS[self])


_LABELS = {
    Mark.READ: later("read there"),
    Mark.COMPARE: later("unverified: to be compared with the original"),
    Mark.MEMORY: later("unverified: from memory"),
    Mark.COMPUTED: later("computed"),
    Mark.OURS: later("our own convention"),
}


class Verdict(StrEnum):
    """Whether the questions may be shipped."""

    SHIP = "ship"
    SHIP_NC = "ship-nc"
    UNCLEAR = "unclear"
    LINK_ONLY = "link-only"
    NEVER = "never"

    @property
    def ships(self) -> bool:
        """Whether the questions may be in this package at all."""
        return self in {Verdict.SHIP, Verdict.SHIP_NC}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """Something that is known from somewhere. ``source`` may name a copy; it says so then."""

    source: str
    mark: Mark
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Sourced):
    """One number and where it is from."""

    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence(Sourced):
    """On what terms. ``quoted`` is the owner's own sentence, where one was read.

    ``reprint`` is whether the questions may stand on the pages of the documentation too.
    """

    verdict: Verdict
    holder: str
    terms: str
    quoted: str = ""
    reprint: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Sourced):
    """What to cite."""

    text: str
    doi: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """When the file was last held against what, in words."""

    on: date
    against: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction(Sourced):
    """What stands above the questions."""

    heading: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that can be given. An empty label: only the number is shown."""

    value: int
    label: str = ""
    loinc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Sourced):
    """The answers, in the order of the sheet."""

    options: tuple[Option, ...]

    @property
    def least(self) -> int:
        """The smallest value."""
        return min(option.value for option in self.options)

    @property
    def most(self) -> int:
        """The largest value."""
        return max(option.value for option in self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question, word for word. ``mark`` where it differs from that of all the wording.

    ``number`` is the one on the sheet, counted anew in each ``section``. ``reversed`` is the
    sheet's own mark: a high answer speaks against what the total measures.
    """

    id: str
    number: int
    wording: str
    pole: Pole | None = None
    section: str = ""
    reversed: bool = False
    scored: bool = True
    mark: Mark | None = None
    loinc: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one number is made.

    ``of`` are items, or scores that stand before this one; ``turned`` those of them that count as
    least + most − x. ``may_miss`` is how many of the items may lack an answer: a mean is then that
    of the rest, a sum the mean of the rest times the number of items. ``times`` is put to the
    result at the end.
    """

    id: str
    title: str
    method: Literal["mean", "sum"]
    of: tuple[str, ...]
    turned: tuple[str, ...] = ()
    least: float
    most: float
    may_miss: int = 0
    times: float = 1.0
    role: Literal["total", "composite", "subscale"]
    high: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere(Sourced):
    """A score that can be entered when it was taken elsewhere; no range where none is known."""

    id: str
    title: str
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing(Sourced):
    """The rule for questions without an answer, in words; the numbers are ``Score.may_miss``."""

    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability(Sourced):
    """A published coefficient. ``to``: the upper end where a range is published, not one value."""

    score: str
    kind: Literal["alpha", "retest", "icc", "g"]
    value: float
    to: float | None = None
    low: float | None = None
    high: float | None = None
    after: str = ""
    n: int | None = None
    sample: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm(Sourced):
    """A published mean in a sample. Not a goal, and not a range that is right."""

    score: str
    mean: float
    sd: float | None = None
    n: int | None = None
    sample: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Sourced):
    """Published ranges or cuts, kept for those who check. No page for a person shows them."""

    score: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """What tells a change of a score from its measurement error, or why nothing does.

    Either ``r`` and ``sd``, or ``mdc95`` where that was published itself. ``at_least`` is the
    smallest difference that is called reliable, where it is rounded up. ``words`` stand for the
    figure where the figure would be too exact. ``name`` tells an alternative from the default.
    """

    score: str
    name: str = ""
    verdict: bool = True
    why: str = ""
    r: Figure | None = None
    sd: Figure | None = None
    mdc95: Figure | None = None
    at_least: Figure | None = None
    words: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Important(Sourced):
    """A change that was published as important to people: another question than reliable."""

    score: str
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Care(Sourced):
    """An answer of ``at`` or more to ``item`` leads to support, before any score."""

    item: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Sourced):
    """A code of a terminology for the whole, or for one score."""

    system: str
    of: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector(Sourced):
    """Answers in the order of the items, and the scores (to four places) that they must give."""

    answers: tuple[int, ...]
    expect: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A measure: with its questions (``kind`` "items"), or as a card that says where to find it.

    ``calm`` is the label of the answer that nothing difficult is there right now, for those that
    ask about a difficult situation. ``on_request``: offered only to somebody who asked for it.
    """

    version: int
    id: str
    kind: Literal["items", "card"]
    title: str
    short: str
    about: str
    time: Literal["trait", "state", "two weeks", "month", ""] = ""
    find: str = ""
    on_request: bool = False
    calm: str = ""
    caution: tuple[str, ...] = ()
    licence: Licence
    citation: Citation
    checked: Checked
    instruction: Instruction | None = None
    scale: Scale | None = None
    wording: Sourced | None = None
    items: tuple[Item, ...] = ()
    key: Sourced | None = None
    missing: Missing | None = None
    scores: tuple[Score, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    reliability: tuple[Reliability, ...] = ()
    norms: tuple[Norm, ...] = ()
    bands: tuple[Band, ...] = ()
    precision: tuple[Precision, ...] = ()
    important: tuple[Important, ...] = ()
    care: tuple[Care, ...] = ()
    codes: tuple[Code, ...] = ()
    vectors: tuple[Vector, ...] = ()
    notice: str = ""

    @property
    def answers(self) -> Scale:
        """The scale of its answers.

        Raises:
            LookupError: a card has none.
        """
        if self.scale is None:
            raise LookupError(f"{self.id} is a card and has no answers.")
        return self.scale

    def score(self, score: str) -> Score:
        """How the score of that id is made.

        Raises:
            KeyError: this instrument makes no such score.
        """
        return {known.id: known for known in self.scores}[score]

    def precision_of(self, score: str, name: str = "") -> Precision | None:
        """What is known about the measurement error of a score; None where nothing is written."""
        return next((p for p in self.precision if (p.score, p.name) == (score, name)), None)

    def items_of(self, score: str) -> tuple[str, ...]:
        """The ids of the items that a score rests on, through other scores too."""
        scores = {known.id: known for known in self.scores}
        found: list[str] = []
        for part in scores[score].of:
            found += self.items_of(part) if part in scores else (part,)
        return tuple(found)
