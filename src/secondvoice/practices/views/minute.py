"""The minute, and how it landed. Both open without unlocking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from secondvoice.people.views.access import from_this_origin
from secondvoice.practices.record import Practice, is_landed
from secondvoice.practices.views import landing
from secondvoice.practices.views.common import (
    door_of,
    for_everybody,
    words_of,
    zone_of,
)

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_GET
def minute(request: HttpRequest) -> HttpResponse:
    """The break: the same page for everybody, so that it can be kept for use offline."""
    context = {**words_of("minute"), "backdraft": words_of("backdraft"), "still": True}
    return for_everybody(render(request, "practices/minute.html", context))


# The page is kept in the browser without a token in it; see from_this_origin.
@csrf_exempt
@require_POST
def landed(request: HttpRequest) -> HttpResponse:
    """How it landed: kept if the diary is open, thanked for in any case."""
    words = words_of("minute")
    value = request.POST.get("landed", "")
    chosen = next((one for one in words["landed"]["options"] if one["id"] == value), None)
    outcome = landing.Outcome()
    if is_landed(value) and value and from_this_origin(request):
        outcome = landing.keep(door_of(request), Practice("minute", value, zone_of(request)))
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(outcome.as_json())
    context = {
        **words,
        "backdraft": words_of("backdraft"),
        "still": True,
        "chosen": chosen,
        "outcome": outcome,
    }
    return render(request, "practices/landed.html", context)
