"""What makes kindness hard, and the pace that follows from it. The diary has to be open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from secondvoice.people.views.access import from_this_origin, unlocked
from secondvoice.practices.pace import (
    Pace,
    chosen_smaller,
    pace_of,
    passed,
    put_back,
    set_pace,
)
from secondvoice.practices.views.common import door_of, named, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

CHANGES: dict[str, tuple[Callable[[Pace], Pace], str]] = {
    "small": (chosen_smaller, "made_small"),
    "usual": (put_back, "made_usual"),
    "passed": (passed, "passed_said"),
}
"""What somebody may do with their pace, and what is said then."""


@require_http_methods(["GET", "POST"])
@unlocked
def kindness_hard(request: Request, door: Door) -> HttpResponse:
    """The list to tick, and what suits the ticked lines."""
    words = words_of("hindrances")
    if request.method == "POST":
        chosen = request.POST.getlist("line")
        known = tuple(line["id"] for line in words["lines"] if line["id"] in chosen)
        set_pace(door, lambda pace: _ticked(pace, known, words))
        return redirect(reverse("kindness_hard") + "?kept=1#replies")
    pace = pace_of(door)
    lines = [
        {
            **line,
            "ticked": line["id"] in pace.ticked,
            "suits": named(line["practice"]),
            "see": line.get("see", ""),
            "card": line.get("card", ""),
        }
        for line in words["lines"]
    ]
    context = {
        "t": words["texts"],
        "lines": lines,
        "ticked": [line for line in lines if line["ticked"]],
        "kept": "kept" in request.GET,
        "pace": pace,
        "several": len(pace.ticked) >= words["many_from"],
        "words": words_of("player")["pace"],
        "backdraft": words_of("backdraft"),
        "ground_only": pace.grounding_only(datetime.now(UTC)),
    }
    return render(request, "practices/kindness.html", context)


# Also asked for by the pages that are kept in the browser without a token; see from_this_origin.
@csrf_exempt
@require_POST
def change_pace(request: HttpRequest) -> HttpResponse:
    """Make it small, put it back, or say that it has passed."""
    door = door_of(request)
    change = CHANGES.get(request.POST.get("pace", ""))
    if door is not None and change is not None and from_this_origin(request):
        set_pace(door, change[0])
        messages.info(request, words_of("player")["pace"][change[1]])
    return redirect("practices")


def _ticked(pace: Pace, known: tuple[str, ...], words: dict[str, Any]) -> Pace:
    """The pace once these lines were ticked: smaller where one of them asks, or there are many.

    Unticking never raises it: that is for the person to say.
    """
    slower = any(line["slower"] for line in words["lines"] if line["id"] in known)
    pace = replace(pace, ticked=known)
    if pace.smaller or not (slower or len(known) >= words["many_from"]):
        return pace
    return replace(pace, smaller=True, why="ticked")
