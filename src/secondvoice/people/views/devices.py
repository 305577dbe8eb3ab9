"""Where the diary is open, and ending it there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from secondvoice.people.limits import LONGEST_DAYS
from secondvoice.people.middleware import lock_session
from secondvoice.people.models import lock_everywhere, lock_place, open_places
from secondvoice.people.views.access import unlocked
from secondvoice.people.views.words import words_of
from secondvoice.records.models import empty_the_log

if TYPE_CHECKING:
    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door


@require_GET
@unlocked
def devices(request: Request, door: Door) -> HttpResponse:
    """Every browser in which it is open now, and how long it stays so."""
    words = words_of("devices")
    limits = words["limits"].format(minutes=request.choices.lock_after, days=LONGEST_DAYS)
    context = {
        "places": open_places(door.person, request.session.session_key),
        "limits": limits,
        "t": words,
    }
    return render(request, "people/settings_devices.html", context)


@require_POST
@unlocked
def device_lock(request: Request, door: Door) -> HttpResponse:
    """Lock it in one browser; what is no id, or another's, locks nothing."""
    try:
        place = UUID(request.POST.get("place", ""))
    except ValueError:
        return redirect("settings_devices")
    own = {each.id for each in open_places(door.person, request.session.session_key) if each.here}
    if place in own:
        lock_session(request)
        return redirect("unlock")
    if lock_place(door.person, place):
        empty_the_log()
        messages.info(request, words_of("devices")["locked_one"])
    return redirect("settings_devices")


@require_POST
@unlocked
def lock_all(request: Request, door: Door) -> HttpResponse:
    """Lock it in every browser, this one too."""
    lock_everywhere(door.person)
    lock_session(request)
    empty_the_log()
    return redirect("unlock")
