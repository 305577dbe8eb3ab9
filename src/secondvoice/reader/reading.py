"""What a reading is: plain frozen values, ready for JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from secondvoice.poles import Pole

if TYPE_CHECKING:
    from collections.abc import Callable

Voice = Literal["critic", "answer"]
About = Literal["self", "other", "none"]
Care = Literal["none", "offer", "now"]
Kind = Literal["pole", "assumption", "tone", "care"]

POLES: Final[tuple[str, ...]] = tuple(pole.value for pole in Pole)
"""The ids of the six poles, in the order of :class:`secondvoice.poles.Pole`."""

TONES: Final[tuple[str, ...]] = (
    "harsh",
    "contemptuous",
    "cold",
    "disappointed",
    "anxious",
    "hopeless",
    "ashamed",
    "warm",
    "encouraging",
    "plain",
)
"""The ids of the ten tones."""

ASSUMPTIONS: Final[tuple[str, ...]] = (
    "should",
    "conditional_worth",
    "all_or_nothing",
    "labelling",
    "overgeneralising",
    "mind_reading",
    "fortune_telling",
    "catastrophising",
    "discounting_positive",
    "mental_filter",
    "emotional_reasoning",
    "personalising",
    "comparing",
    "deserving",
    "standards_will_drop",
)
"""The ids of the fifteen assumptions (hidden rules)."""

CARES: Final[tuple[Care, ...]] = ("none", "offer", "now")
"""The levels of care, mildest first."""


@dataclass(frozen=True, slots=True)
class Span:
    """One marked stretch of the text.

    Attributes:
        start: First code point of the mark in the given text, from 0.
        end: The code point after the last one; ``text[start:end] == span.text``.
        text: The marked words, exactly as they were given.
        kind: What sort of mark it is.
        name: The id of the pole, assumption, tone, or level of care.
        why: One plain sentence that says why these words are marked.
    """

    start: int
    end: int
    text: str
    kind: Kind
    name: str
    why: str

    def to_dict(self) -> dict[str, Any]:
        """The span as JSON-ready values, keys in the order of the fields."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "kind": self.kind,
            "name": self.name,
            "why": self.why,
        }


LATER: Final = frozenset(["spans", "event", "verdict", "friend", "questions"])
"""The fields of a reading that are worked out when they are first asked for."""


class Unfolding:
    """What lets fields of a reading wait: a slot that was not filled is filled on first sight.

    From outside nothing of it can be seen but the time it takes: comparing, copying, pickling and
    ``to_dict`` ask for every field.
    """

    __slots__ = ("_later",)
    _later: Callable[[str], dict[str, Any]]

    @classmethod
    def unfolding(cls, now: dict[str, Any], later: Callable[[str], dict[str, Any]]) -> Any:
        """One of this class.

        Args:
            now: The fields that are known, by name.
            later: Works out one of the others, and may hand back more of them with it.
        """
        made = cls.__new__(cls)
        put = object.__setattr__
        for name, value in now.items():
            put(made, name, value)
        put(made, "_later", later)
        return made

    if not TYPE_CHECKING:  # A checker of types is to see the fields alone.

        def __getattr__(self, name: str) -> Any:
            if name not in LATER:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            found = self._later(name)
            for each, value in found.items():
                object.__setattr__(self, each, value)
            return found[name]


@dataclass(frozen=True, slots=True)
class Reading(Unfolding):
    """What the reader found in a text. See ``docs/reader.md`` for each field at length.

    The fields of :data:`LATER` are worked out when they are first asked for.

    Attributes:
        text: The text as it was given.
        language: ``"en"``, or None where the reader cannot tell or does not know the language.
        about: Whom the words are about: the writer, somebody else, nobody in particular.
        self_critical: 0..1, how far the words turn against the writer.
        kindness: -1..1, from harsh to kind towards the writer; 0 is neither, or both alike.
        poles: The six poles, each 0..1.
        tone: The ten tones, each 0..1.
        assumptions: The fifteen assumptions, each 0..1.
        spans: The marks, in the order of the text.
        event: The part that says what happened, or None.
        verdict: The part that the inner voice adds, or None.
        friend: The words turned round, as if said to a friend.
        missing: For an answer, the components it lacks, in the order of an answer; else empty.
        care: ``"none"``, ``"offer"`` (point to people gently) or ``"now"`` (do so first).
        sure: False where the reader would rather not say.
        reason: Why it would rather not say, as one plain sentence; empty when ``sure``.
        questions: For each assumption found, its hidden rule as a gentle question.
    """

    text: str
    language: str | None
    about: About
    self_critical: float
    kindness: float
    poles: dict[str, float]
    tone: dict[str, float]
    assumptions: dict[str, float]
    spans: tuple[Span, ...]
    event: str | None
    verdict: str | None
    friend: str
    missing: tuple[str, ...]
    care: Care
    sure: bool
    reason: str
    questions: dict[str, str]

    @property
    def tones(self) -> tuple[str, ...]:
        """The tones that are marked on the words, the strongest first."""
        marked = {span.name for span in self.spans if span.kind == "tone"}
        return tuple(sorted(marked, key=lambda name: (-self.tone[name], name)))

    def to_dict(self) -> dict[str, Any]:
        """The reading as JSON-ready values: lists for tuples, keys in the order of the fields."""
        return {
            "text": self.text,
            "language": self.language,
            "about": self.about,
            "self_critical": self.self_critical,
            "kindness": self.kindness,
            "poles": dict(self.poles),
            "tone": dict(self.tone),
            "assumptions": dict(self.assumptions),
            "spans": [span.to_dict() for span in self.spans],
            "event": self.event,
            "verdict": self.verdict,
            "friend": self.friend,
            "missing": list(self.missing),
            "care": self.care,
            "sure": self.sure,
            "reason": self.reason,
            "questions": dict(self.questions),
        }
