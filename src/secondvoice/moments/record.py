"""The moment: one turn of the loop, and the look back at a small step that came from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from secondvoice.poles import COMPASSIONATE
from secondvoice.records.kinds import record_kind


class Step(StrEnum):
    """Where in the loop a moment stands, in the order of the loop."""

    NOTICE = "notice"
    WORDS = "words"
    HEAR = "hear"
    ANSWER = "answer"
    RIGHT = "right"
    SEE = "see"
    DONE = "done"

    @property
    def next(self) -> Step:
        """The step after this one; ``DONE`` stays."""
        order = list(Step)
        return order[min(order.index(self) + 1, len(order) - 1)]

    def furthest(self, other: Step) -> Step:
        """Whichever of the two is further on."""
        order = list(Step)
        return max(self, other, key=order.index)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A mark of the reader of which the person said "that's not it".

    It is known by the words it stood on, not by its place: the person may edit the text round it.
    """

    kind: str
    name: str
    text: str


@record_kind("moment", version=1)
@dataclass(frozen=True, slots=True)
class Moment:
    """What a person wrote in one turn of the loop. Empty means skipped.

    ``before`` and ``after`` are "how hard is it", 0 (not at all) to 10, or None.
    ``say_it`` answers "Would you say this to your friend?": yes, no, unsure or empty.
    ``draft`` says that this revision was kept while typing, and gives way to the next.
    ``marks`` and ``parts`` are the pole ids that the reader found in the critic's words (without
    those set aside) and in the answer, kept so that the list can be filtered without reading
    everything again.
    """

    step: Step = Step.NOTICE
    happened: str = ""
    voice: str = ""
    before: int | None = None
    set_aside: tuple[SetAside, ...] = ()
    friend: str = ""
    say_it: str = ""
    why: str = ""
    name_it: str = ""
    not_alone: str = ""
    kind_words: str = ""
    asked: bool = False
    right: bool | None = None
    right_if: str = ""
    right_then: str = ""
    look_back_on: date | None = None
    looked_back: str = ""
    after: int | None = None
    zone: str = ""
    draft: bool = False
    marks: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def answer(self) -> str:
        """The second voice: the three fields as one text, a line each."""
        return "\n".join(self.answer_lines)

    @property
    def answer_lines(self) -> tuple[str, ...]:
        """What was written of the three fields, in order."""
        return tuple(part.strip() for part in self.answer_fields.values() if part.strip())

    @property
    def answer_fields(self) -> dict[str, str]:
        """The three fields of the answer by the component that each asks for."""
        return dict(
            zip(
                (pole.value for pole in COMPASSIONATE),
                (self.name_it, self.not_alone, self.kind_words),
                strict=True,
            )
        )

    @property
    def empty(self) -> bool:
        """Whether the person has written nothing yet."""
        return not (self.happened.strip() or self.voice.strip() or self.answer)

    @property
    def finished(self) -> bool:
        """Whether the person has said that it is done."""
        return self.step is Step.DONE

    @property
    def lighter(self) -> int | None:
        """By how many points of ten it became lighter (negative: heavier), or None."""
        if self.before is None or self.after is None:
            return None
        return self.before - self.after

    def reached(self, step: Step) -> Moment:
        """The same moment with its furthest step moved on to ``step``, never back."""
        return replace(self, step=self.step.furthest(step))


@record_kind("look_back", version=1, named=True)
@dataclass(frozen=True, slots=True)
class LookBack:
    """When to look back at the small step of a moment. It happens at the day that was chosen.

    ``outcome`` is empty while it is open, else ``tried``, ``not_yet`` or ``no_longer``.
    """

    moment: UUID
    on: date
    outcome: str = ""
