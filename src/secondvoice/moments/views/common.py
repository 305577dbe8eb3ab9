"""What the views of the loop share: finding a moment, keeping it, and the page round a step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render

from secondvoice.moments.kept import KIND
from secondvoice.moments.record import Moment, Step
from secondvoice.records.errors import NotThere
from secondvoice.records.ids import is_usable
from secondvoice.texts import said_to, texts

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

LOOP = (Step.NOTICE, Step.WORDS, Step.HEAR, Step.ANSWER, Step.RIGHT, Step.SEE)


def find(door: Door, thing: UUID) -> Moment:
    """The moment as it is now.

    Raises:
        Http404: there is none of that id in this diary.
        CannotOpen: it is there, but damaged or from a newer version.
    """
    try:
        value = door.get(KIND, thing).value
    except NotThere:
        raise Http404 from None
    if not isinstance(value, Moment):
        raise Http404
    return value


def begun(request: Request, door: Door, thing: UUID) -> Moment:
    """The moment of that id, or a new one that is not kept yet.

    Raises:
        Http404: it was deleted, and a page left open must not write over what can be brought
            back. Or no page of ours was given that id.
    """
    try:
        return find(door, thing)
    except Http404:
        if door.was_there(thing) or not is_usable(thing):
            raise
        return Moment(friend=request.choices.friend, zone=request.choices.zone)


def keep(door: Door, thing: UUID, moment: Moment, *, draft: bool = False) -> None:
    """Keep the moment; what was typed on the way to it is not kept beside it.

    Until it is finished only its newest form is kept. Of a finished one every change is, but what
    was kept while typing (``draft``) gives way to what comes after it.
    """
    moment = replace(moment, draft=draft)
    if not moment.finished:
        door.keep(moment, thing=thing, history=False)
        return
    now = door.get(KIND, thing)
    door.keep(moment, thing=thing, instead_of=now.id if now.value.draft else None)


def go_on(moment: Moment, thing: UUID, done: Step) -> HttpResponse:
    """To the step after ``done``; a finished moment that was edited goes back to its page."""
    if moment.finished:
        return redirect("moment", thing)
    return redirect(f"moment_{done.next.value}", thing)


def words_of(section: str, friend: str) -> dict[str, Any]:
    """A section of the loop's own words, with the friend's name in it."""
    table: dict[str, Any] = texts("secondvoice.moments", "phrases.toml")
    for part in section.split("."):
        table = table[part]
    return said_to(table, friend)


def step_page(
    request: Request, step: Step, moment: Moment, thing: UUID, **context: Any
) -> HttpResponse:
    """One step of the loop: its words, where it stands, and how to go back or on."""
    at = LOOP.index(step)
    frame = {
        "moment": moment,
        "thing": thing,
        "t": words_of(f"steps.{step.value}", moment.friend),
        "around": words_of("around", moment.friend),
        "at": at + 1,
        "of": len(LOOP),
        "back": f"moment_{LOOP[at - 1].value}" if at else "",
        "skip": f"moment_{LOOP[at + 1].value}" if at + 1 < len(LOOP) else "",
    }
    return render(request, f"moments/{step.value}.html", {**frame, **context})
