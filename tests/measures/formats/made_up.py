"""Hypothesis strategies: measures that nobody has, and sheets that somebody might fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from secondvoice.measures.formats import Form, Sheet
from secondvoice.measures.instrument import Item, Option, Score

if TYPE_CHECKING:
    from secondvoice.measures import Instrument

# How long drawing takes is no fault of what is drawn for.
some = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Line breaks, quotation marks, what CSV, JSON and REDCap use as marks, other scripts.
SIGNS = "ab 1\n\"'\\,;:@[]{}<>=|é→🙂"


def words(*, without: str = "") -> st.SearchStrategy[str]:
    """Something to read: no blanks at its ends, not empty."""
    signs = [sign for sign in SIGNS if sign not in without]
    return st.lists(st.sampled_from(signs), max_size=6).map(lambda said: f"a{''.join(said)}b")


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A measure as far as the formats carry it."""
    name = draw(st.sampled_from(["x", "my-scale", "a1-b2"]))
    least = draw(st.integers(-3, 3))
    values = list(range(least, least + draw(st.integers(2, 7))))
    labels = [draw(st.just("") | words(without="|")) for _ in values]
    prefix = name.replace("-", "_") + "_"
    wordings = draw(st.lists(words(), min_size=2, max_size=6, unique=True))
    items = tuple(
        Item(
            id=f"{prefix}{number}",
            number=number,
            wording=wording,
            reversed=draw(st.booleans()),
            scored=draw(st.booleans()),
            note=draw(st.just("") | words()),
        )
        for number, wording in enumerate(wordings, start=1)
    )
    names = [item.id for item in items]
    chosen: dict[str, Any] = {
        field: draw(st.just("") | words())
        for field in ("short", "about", "calm", "heading", "citation", "holder", "notice")
    }
    return Form(
        id=name,
        title=draw(words()),
        # So that something of ours is there to be told from somebody else's file.
        text=draw(words()),
        options=tuple(
            Option(value=v, label=label) for v, label in zip(values, labels, strict=True)
        ),
        items=items,
        scores=(
            Score(
                id="total",
                title=draw(words()),
                method=draw(st.sampled_from(["mean", "sum"])),
                of=tuple(names),
                turned=tuple(draw(st.lists(st.sampled_from(names), unique=True))),
                least=float(values[0]),
                most=float(values[-1]),
                may_miss=draw(st.integers(0, len(names) - 1)),
                times=draw(st.sampled_from([1.0, 4.0, 0.5])),
                role="total",
                high=draw(st.just("") | words()),
            ),
        ),
        care=((names[0], values[1]),) if draw(st.booleans()) else (),
        **chosen,
    )


@st.composite
def sheets(draw: st.DrawFn, instrument: Instrument, *, named: bool = False) -> Sheet:
    """A sheet of that instrument, with gaps."""
    person = draw(words() if named else st.just("") | words())
    at = draw(
        st.sampled_from(
            ["", "2026-01-31", "2026-01-31T08:30:00+01:00", "2026-01-31T08:30:00+00:00"]
        )
    )
    if instrument.calm and draw(st.booleans()):
        return Sheet(person=person, at=at, calm=True)
    values = st.none() | st.sampled_from([option.value for option in instrument.answers.options])
    given = {item.id: draw(values) for item in instrument.items}
    answers = {name: value for name, value in given.items() if value is not None}
    return Sheet(person=person, at=at, answers=answers)
