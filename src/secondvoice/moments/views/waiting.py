"""A moment that was written without a network comes in: into the one it is of, or beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from secondvoice.moments import loop
from secondvoice.moments.kept import KIND
from secondvoice.moments.record import Moment, Step
from secondvoice.moments.views.noticing import FORMS
from secondvoice.records.errors import NotThere
from secondvoice.records.ids import is_usable

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import QueryDict

    from secondvoice.moments.forms import StepForm
    from secondvoice.people.record import Settings
    from secondvoice.records.models import Door


def receive(
    door: Door,
    thing: UUID,
    written: QueryDict,
    *,
    beside: UUID,
    happened_at: datetime,
    choices: Settings,
) -> tuple[UUID, bool] | None:
    """Keep what was written of a moment, and lose nothing that another device wrote meanwhile.

    What is empty in the moment is filled. Where both have words and they differ, or the moment was
    deleted meanwhile, the new ones are kept as a moment of their own.

    Args:
        door: the person's.
        thing: the moment that it was written for; new if there is none.
        written: the fields of one or more steps of the loop.
        beside: the id of the moment of its own, where one is needed.
        happened_at: when it was written, with a zone; what a new moment is kept under.
        choices: the person's, for the friend's name and the zone.

    Returns:
        Which moment has the words now, and whether they are words of danger. None where there was
        nothing to keep, or what was written is no moment.

    Raises:
        CannotKeep: the database refused; nothing was changed.
    """
    fresh = Moment(friend=choices.friend, zone=choices.zone)
    there = _there(door, thing)
    now = there or fresh
    forms = [
        form.of(now, written)
        for form in FORMS.values()
        if any(written.get(name, "").strip() for name in form.FIELDS)
    ]
    laid = _laid(forms, now)
    if laid is None or laid.empty:
        return None
    taken = there is None and (door.was_there(thing) or not is_usable(thing))
    if taken or _differs(now, laid, forms):
        # The other words stay where they are; what both share comes along.
        thing, there = beside, None
    else:
        laid = _completed(now, laid, forms)
    found = loop.readings(laid)
    in_danger = "now" in {
        loop.care(found.happened, found.voice, found.answer),
        loop.care_beside(laid),
    }
    if laid == there:
        return thing, in_danger
    laid = loop.with_marks(replace(laid, draft=False).reached(Step.WORDS), found)
    door.keep(
        laid,
        thing=thing,
        happened_at=None if there else happened_at,
        history=there is not None and there.finished,
    )
    return thing, in_danger


def _there(door: Door, thing: UUID) -> Moment | None:
    try:
        value = door.get(KIND, thing).value
    except NotThere:
        return None
    return value if isinstance(value, Moment) else None


def _laid(forms: list[StepForm], moment: Moment) -> Moment | None:
    """The moment with every field that could be understood; None where nothing was written."""
    if not forms:
        return None
    for form in forms:
        form.is_valid()
        moment = form.laid_into(moment)
    return moment


def _names(forms: list[StepForm]) -> list[str]:
    return [name for form in forms for name in form.FIELDS]


def _differs(now: Moment, laid: Moment, forms: list[StepForm]) -> bool:
    """Whether both have words of their own in any field.

    Words that begin with what is there already are the same words, further on.
    """
    for name in _names(forms):
        old, new = getattr(now, name), getattr(laid, name)
        if isinstance(old, str) and isinstance(new, str) and old.strip() and new.strip():
            old, new = old.strip(), new.strip()
            if not (new.startswith(old) or old.startswith(new)):
                return True
    return False


def _completed(now: Moment, laid: Moment, forms: list[StepForm]) -> Moment:
    """``laid`` with nothing emptied or cut short that ``now`` has."""
    for name in _names(forms):
        old, new = getattr(now, name), getattr(laid, name)
        shorter = (
            isinstance(old, str) and isinstance(new, str) and len(new.strip()) < len(old.strip())
        )
        if new is None or shorter:
            laid = replace(laid, **{name: old})
    return laid
