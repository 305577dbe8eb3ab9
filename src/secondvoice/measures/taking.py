"""Around a taking: what is offered, what comes before a score, and the words for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from secondvoice.texts import Section

if TYPE_CHECKING:
    from collections.abc import Iterable

    from secondvoice.measures.instrument import Instrument
    from secondvoice.measures.scoring import Scores

WORDS = Section("secondvoice.measures", "words.toml")
"""``on_request``, ``support_first``, ``flags``, ``scores``: the sentences of ``words.toml``."""

Step = Literal["support", "scores"]


def offered(instruments: Iterable[Instrument], *, asked_for: bool) -> list[Instrument]:
    """The measures that a person can take here.

    Args:
        instruments: those of the installation.
        asked_for: whether the person has asked for the questions that are to be talked over with
            a professional. Without that they are not offered.
    """
    return [i for i in instruments if i.kind == "items" and (asked_for or not i.on_request)]


def steps(scores: Scores) -> tuple[Step, ...]:
    """What is shown after the last answer, in this order. Support never comes after a score."""
    return ("support", "scores") if scores.support else ("scores",)


def remarks(scores: Scores) -> list[str]:
    """What to say beside the scores about how the answers were given; often nothing."""
    flags = WORDS["flags"]
    return [flags[name] for name in ("straight", "fast") if getattr(scores, name)]
