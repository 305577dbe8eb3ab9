"""A score's key as an expression, and back where an expression is one of the plain shapes.

REDCap calculates with ``[name]``, ReproSchema with JavaScript. Of expressions that are not ours
only these are understood, with any number of parts; a part is a name, or ``(6 - name)`` for an
item that is turned::

    mean(a, b)   sum(a, b)   a + b   (a + b) / 2   and any of them * 4
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from secondvoice.measures.instrument import Score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from secondvoice.measures.formats.forms import Form

Ends = tuple[float, float]
"""The least and the most that a part can be."""

_TIMES = re.compile(r"(?P<rest>.+?)\*(?P<times>[0-9.]+)")
_CALL = re.compile(r"(?P<how>mean|sum)\((?P<parts>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_OVER = re.compile(r"\((?P<parts>.+)\)/(?P<count>[0-9]+)")
_TURNED = re.compile(r"\(?(?P<ends>[0-9.]+)-(?P<name>\w+)\)?")


def _turn(form: Form, part: str) -> float:
    """What an item or score is taken from where it is turned: least + most."""
    for score in form.scores:
        if score.id == part:
            return score.least + score.most
    values = [option.value for option in form.options]
    return min(values) + max(values)


def javascript(form: Form, score: Score) -> str:
    """The key for ReproSchema, over the names of items and of scores before it.

    It holds where nothing is missing: JavaScript has no rule for gaps, and gives none a value.
    """
    names = _names(form)
    parts = [
        f"({_turn(form, part):g} - {names[part]})" if part in score.turned else names[part]
        for part in score.of
    ]
    said = " + ".join(parts)
    if score.method == "mean":
        said = f"({said}) / {len(parts)}"
    elif score.times != 1:
        said = f"({said})"
    return said + (f" * {score.times:g}" if score.times != 1 else "")


def calculation(form: Form, score: Score) -> str:
    """The key for REDCap, with the rule for missing answers.

    REDCap's own ``mean`` and ``sum`` pass over blanks, so how many there may be is asked first, and
    a sum with a gap is the mean of the rest times the number of items, as in ``scoring.py``.
    """
    names = _names(form)
    parts = [
        f'if([{names[part]}]="", "", {_turn(form, part):g}-[{names[part]}])'
        if part in score.turned
        else f"[{names[part]}]"
        for part in score.of
    ]
    blanks = "+".join(f'if([{names[part]}]="", 1, 0)' for part in score.of)
    factor = score.times * (len(parts) if score.method == "sum" else 1)
    said = f"mean({', '.join(parts)})" + (f"*{factor:g}" if factor != 1 else "")
    return f'if({blanks} > {score.may_miss}, "", {said})'


def understood(name: str, title: str, expression: str, ends: Mapping[str, Ends]) -> Score | None:
    """The score that an expression makes.

    Args:
        name: its id.
        title: what it is called.
        expression: as it is in the file.
        ends: the least and most of each name that it may use.

    Returns:
        The score, its role left open as "subscale"; None where the expression has another shape.
    """
    bare = re.sub(r"[\s\[\]]", "", expression)
    times = 1.0
    scaled = _TIMES.fullmatch(bare)
    if scaled is not None and _is_number(scaled["times"]):
        bare, times = scaled["rest"], float(scaled["times"])
    method, parts = _split(bare)
    of: list[str] = []
    turned: list[str] = []
    for part in parts:
        match = _TURNED.fullmatch(part)
        known = match["name"] if match else part
        if known not in ends or known in of:
            return None
        if match is not None:
            if not _is_number(match["ends"]) or float(match["ends"]) != sum(ends[known]):
                return None
            turned.append(known)
        of.append(known)
    if not of:
        return None
    over = len(of) if method == "mean" else 1
    return Score(
        id=name,
        title=title,
        method="mean" if method == "mean" else "sum",
        of=tuple(of),
        turned=tuple(turned),
        least=sum(ends[part][0] for part in of) / over * times,
        most=sum(ends[part][1] for part in of) / over * times,
        times=times,
        role="subscale",
    )


def _split(bare: str) -> tuple[str, list[str]]:
    """Whether it is a mean or a sum, and the parts; none where it is something else."""
    call = _CALL.fullmatch(bare)
    if call is not None:
        return call["how"], call["parts"].split(",")
    over = _OVER.fullmatch(bare)
    if over is not None:
        parts = over["parts"].split("+")
        return ("mean", parts) if int(over["count"]) == len(parts) else ("", [])
    bare = bare[1:-1] if _wrapped(bare) else bare
    return "sum", bare.split("+") if "+" in bare else []


def _wrapped(bare: str) -> bool:
    """Whether one pair of brackets goes round all of it."""
    depth = 0
    for place, sign in enumerate(bare):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth == 0:
            return bare[0] == "(" and place == len(bare) - 1
    return False


def _is_number(said: str) -> bool:
    return re.fullmatch(r"[0-9]+(\.[0-9]+)?", said) is not None


def _names(form: Form) -> dict[str, str]:
    """What each item and score is called in the file."""
    return {item.id: item.id for item in form.items} | {
        score.id: form.score_id(score.id) for score in form.scores
    }


def with_roles(scores: list[Score]) -> tuple[Score, ...]:
    """The only score that was understood is the total; of several nobody knows which is."""
    if len(scores) == 1:
        return (replace(scores[0], role="total"),)
    return tuple(scores)
