"""What happened, and what the voice adds: a text taken apart clause by clause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from secondvoice.poles import UNCOMPASSIONATE
from secondvoice.reader.hits import KIND_MARKS, Found, Hit
from secondvoice.reader.patterns import kind_of
from secondvoice.reader.windows import clause_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from secondvoice.reader.deciding import Alone, Decided, Decider

VERDICT_FROM: Final = 0.3
"""Weight from which a mark makes its clause part of the verdict."""

HARD_FROM: Final = 0.45
"""Share of hard words from which clauses are told apart by the model."""

PART_FROM: Final = 0.4
"""Share from which a clause of a hard text is verdict."""

EVENT_FROM: Final = 0.4
"""Share from which a clause of a hard text is event."""

_HARD_POLES: Final = frozenset(pole.value for pole in UNCOMPASSIONATE)
# A new clause: after a comma or dash or a joining word, where somebody new or a new verb begins.
_BREAK: Final = re.compile(
    r"(?:\s*[,;:()]\s*|\s+-+\s+|\s)(?=(?:and then|and now|which means|which|and|but|so|because|cos|"
    r"cuz|bc|coz|then)\s+(?:i|i'm|im|i've|ive|my|he|she|they|we|it|it's|its|that|that's|thats|"
    r"this|there|there's|everyone|everybody|no|nobody|what|means|now|of|why|proves|shows|you|you're|"
    r"youre|the|people|nothing|everything|all|just|obviously|clearly)\b)"
    r"|[,;:](?!\d)\s*|\s+-+\s+"
)
_JOINING: Final = re.compile(
    r"(?<=\s)(?:and now|and|but|so|because|cos|cuz|which means|then)\s{1,3}\Z"
)


def split(
    text: str, low: str, found: Found, decided: Sequence[Decided], by: Decider
) -> tuple[str | None, str | None]:
    """Tell the event from the verdict.

    Args:
        text: The text as given.
        low: The same, levelled.
        found: What was found in it.
        decided: Its windows, with what the model says of them.
        by: What decides of a clause.

    Returns:
        The event and the verdict, each made of stretches of the text joined by a space, or None
        where there is no such part. A window in which nothing is hard on the writer is all event,
        but for what is kind.
    """
    happened: list[tuple[int, int]] = []
    added: list[tuple[int, int]] = []
    at = 0
    for start, end in clauses(low, found):
        while at + 1 < len(decided) and start >= decided[at].window.end:
            at += 1
        said = _sentence(decided[at], start)
        hits = [hit for hit in decided[at].window.hits if hit.start < end and start < hit.end]
        if any(_is_verdict(hit) for hit in hits):
            added.append((start, end))
        elif said.share("unkind") >= HARD_FROM:
            verdict, event = by.shares_of(clause_of(found, start, end), ("verdict", "event"))
            if verdict >= PART_FROM:
                added.append((start, end))
            elif event >= EVENT_FROM:
                happened.append((start, end))
        elif not any(_is_kind(hit) for hit in hits) and said.share("kind") < HARD_FROM:
            happened.append((start, end))
    return _joined(text, happened), _joined(text, added)


def _sentence(decided: Decided, start: int) -> Alone:
    """The sentence of a window that a clause is in."""
    inside = (each for each in decided.within if start < each.window.end)
    return next(inside, decided)


def clauses(low: str, found: Found) -> list[tuple[int, int]]:
    """The places of the clauses of a levelled text."""
    opening = {hit.start for hit in found.hits if hit.opens and _is_verdict(hit)}
    return _clauses(low, [(part.start, part.end) for part in found.stretches], opening)


def _is_verdict(hit: Hit) -> bool:
    return any(
        hit.weights[mark] >= VERDICT_FROM
        for mark in hit.pattern.marks
        if mark in _HARD_POLES or kind_of(mark) == "assumption"
    )


def _is_kind(hit: Hit) -> bool:
    return any(
        hit.weights[mark] >= VERDICT_FROM for mark in hit.pattern.marks if mark in KIND_MARKS
    )


def _clauses(
    low: str, stretches: Sequence[tuple[int, int]], opening: set[int]
) -> list[tuple[int, int]]:
    clauses: list[tuple[int, int]] = []
    starts = sorted(opening)
    at = 0
    for start, end in stretches:
        cuts = [match.end() for match in _BREAK.finditer(low, start, end)]
        while at < len(starts) and starts[at] < end:
            if starts[at] > start:
                joining = _JOINING.search(low, max(start, starts[at] - 20), starts[at])
                cuts.append(joining.start() if joining else starts[at])
            at += 1
        edge = start
        for cut in sorted(set(cuts)):
            if low[edge:cut].strip(" ,;:-\n\t\"'"):
                clauses.append((edge, cut))
                edge = cut
        clauses.append((edge, end))
    return clauses


def _joined(text: str, places: list[tuple[int, int]]) -> str | None:
    runs: list[list[int]] = []
    for start, end in places:
        if runs and not text[runs[-1][1] : start].strip():
            runs[-1][1] = end
        else:
            runs.append([start, end])
    pieces = (_unquoted(text[start:end].strip().rstrip(",;:-–— ")) for start, end in runs)
    return " ".join(piece for piece in pieces if any(sign.isalnum() for sign in piece)) or None


def _unquoted(piece: str) -> str:
    # A quotation mark whose partner went to the other side is left behind.
    return piece.strip('"') if piece.count('"') == 1 else piece
