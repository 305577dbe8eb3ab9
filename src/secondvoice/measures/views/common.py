"""What the views of the room share: its words, the person's choices, finding a taking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

from secondvoice.measures.catalogue import UnknownInstrument, instrument
from secondvoice.measures.kept import CHOICES, TAKING
from secondvoice.measures.record import MeasureChoices, Taking
from secondvoice.records.errors import NotThere
from secondvoice.texts import texts
from secondvoice.tongues import ENGLISH, figure, tongue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from secondvoice.measures.instrument import Instrument
    from secondvoice.records.kept import Kept
    from secondvoice.records.models import Door

ORDER = ("scs-sf", "scs", "sscs-s", "sscs-l", "ceas-self", "ipip-self-esteem", "who-5")
"""Self-compassion first, then what stands beside it; others follow in their own order."""


def in_order(name: str) -> tuple[int, str]:
    """Where the measure of that id stands among the others."""
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


def words_of(section: str) -> dict[str, Any]:
    """A section of the room's own words."""
    table: dict[str, Any] = texts("secondvoice.measures", "room.toml")[section]
    return table


def choices_of(door: Door) -> MeasureChoices:
    """What the person chose about measures, else the defaults."""
    kept = door.latest(CHOICES)
    if kept is not None and isinstance(kept.value, MeasureChoices):
        return kept.value
    return MeasureChoices()


def named(name: str, door: Door) -> Instrument:
    """The instrument of that id, as far as it is offered to this person.

    Raises:
        Http404: it is not here, or waits to be asked for.
    """
    try:
        found = instrument(name)
    except UnknownInstrument:
        raise Http404 from None
    if found.on_request and not choices_of(door).asked_for:
        raise Http404
    return found


def find(door: Door, thing: UUID) -> tuple[Kept[Taking], Instrument]:
    """A taking and its instrument.

    Raises:
        Http404: there is none of that id in this diary, or its instrument is not here.
        CannotOpen: it is there, but damaged or from a newer version.
    """
    try:
        kept = door.get(TAKING, thing)
        return kept, instrument(kept.value.instrument)
    except (NotThere, UnknownInstrument):
        raise Http404 from None


def in_english() -> str:
    """That the questions stay English, for somebody who reads the page in another language."""
    return "" if tongue() == ENGLISH else str(words_of("taking")["in_english"])


def shown(value: float, places: int | None = None) -> str:
    """A score as it is read: two decimals at most, whole numbers whole, or with so many places."""
    if places is not None:
        return figure(f"{value:.{places}f}")
    return figure(f"{value:.2f}".rstrip("0").rstrip("."))


def places_of(values: Iterable[float]) -> int:
    """Decimals of figures that stand under one another: 0 if all are whole, else 2."""
    return 0 if all(value == int(value) for value in values) else 2
