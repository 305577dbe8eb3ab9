"""The library, and the page of one practice. Both open without unlocking."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_GET

from secondvoice.practices.catalogue import practices as library_
from secondvoice.practices.catalogue import sources
from secondvoice.practices.pace import GROUNDING, Pace, offered
from secondvoice.practices.views.common import (
    door_of,
    for_everybody,
    friend_of,
    named,
    their_pace,
    words_of,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from secondvoice.practices.catalogue import Practice
    from secondvoice.records.models import Door

SUITS_NOW = ("soles", "daily-sc", "friend", "touch", "break", "lk-loved", "hands", "object", "vow")
"""What is looked through for "what suits now", in this order; those that are offered are shown."""
SHOWN_NOW = 3


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """A minute, what suits now, and everything there is."""
    words = words_of("player")["library"]
    here = library_()
    door = door_of(request)
    context = {
        "t": words,
        "groups": [
            {**group, "practices": [here[name] for name in group["practices"]]}
            for group in words["groups"]
        ],
        "pace_words": words_of("player")["pace"],
        "not_here": words_of("backdraft")["not_here"],
        **_now(words, door),
        "still": door is None,
    }
    response = render(request, "practices/library.html", context)
    return for_everybody(response) if door is None else response


@require_GET
def practice(request: HttpRequest, name: str) -> HttpResponse:
    """What it is, its forms, when it is not the one, easier ones, and where it comes from."""
    found = named(name)
    door = door_of(request)
    friend = friend_of(request)
    words = words_of("player")
    context = {
        "practice": found,
        "forms": [
            {
                "form": form,
                "name": words["practice"][form.form],
                "steps": [step.said(friend) for step in form.steps],
            }
            for form in found.forms
        ],
        "t": words["practice"],
        "library": words["library"],
        "posture": words["practice"]["postures"][found.posture],
        "components": [words["practice"]["components"][part] for part in found.components],
        "instead": [named(other) for other in found.instead],
        "sources": [sources()[source] for source in found.sources],
        "known": words["practice"][found.known],
        "not_offered": door is not None and not found.strong and not _offered(found, door),
        "backdraft": words_of("backdraft"),
        "still": door is None,
    }
    response = render(request, "practices/practice.html", context)
    return for_everybody(response) if door is None else response


def _now(words: dict[str, Any], door: Door | None) -> dict[str, Any]:
    """What suits now, and the sentence that says why it is these."""
    here = library_()
    if door is None:
        return {"now_text": words["now_locked"], "now": [here[name] for name in GROUNDING]}
    pace = their_pace(door)
    names = [name for name in (*SUITS_NOW, *GROUNDING) if offered(here[name], pace)]
    return {
        "now_text": words[_why(pace)],
        "now": [here[name] for name in dict.fromkeys(names)][:SHOWN_NOW],
        "ground_only": pace.grounding_only(datetime.now(UTC)),
        "smaller": pace.smaller,
    }


def _why(pace: Pace) -> str:
    if pace.grounding_only(datetime.now(UTC)):
        return "now_ground"
    return "now_small" if pace.smaller else "now_usual"


def _offered(found: Practice, door: Door) -> bool:
    return offered(found, their_pace(door))
