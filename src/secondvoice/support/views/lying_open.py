"""What of a plan may be read without unlocking: chosen here, and taken back with one touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings as conf
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from secondvoice.people.views.access import from_this_origin, unlocked, whose
from secondvoice.support.models import lay_open, open_parts, put_away
from secondvoice.support.plan import MAY_LIE_OPEN, STEPS, plan_of
from secondvoice.support.views.shown import words_of_plan

if TYPE_CHECKING:
    from django.http import HttpRequest

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door


@require_http_methods(["GET", "POST"])
@unlocked
def lying_open(request: Request, door: Door) -> HttpResponse:
    """Say what would be unsealed and where; let it, part by part."""
    words, plan = words_of_plan(), plan_of(door)
    if plan.empty:
        return redirect("plan")
    if request.method == "POST":
        chosen = [step for step in STEPS if step in request.POST.getlist("part")]
        lay_open(door.person, plan, chosen)
        messages.info(request, words["open"]["kept" if chosen else "taken_back"])
        return redirect("plan")
    now = open_parts(door.person)
    ticked = now or tuple(step for step in MAY_LIE_OPEN if plan.at(step).strip())
    context = {
        "t": words["open"],
        "places": words["open"]["places" if conf.FRONT_DOOR else "places_hosted"],
        "on": bool(now),
        "parts": [
            {
                **step,
                "ticked": step["id"] in ticked,
                "empty": not plan.at(step["id"]).strip(),
            }
            for step in words["steps"]
        ],
    }
    return render(request, "support/plan_lying_open.html", context)


# Also sent by pages that are everybody's and have no token; see from_this_origin.
@csrf_exempt
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Take the copy away. The diary need not be open for it: what is sealed stays."""
    if not from_this_origin(request):
        return HttpResponse(status=403)
    person = whose(request)
    if person is not None:
        put_away(person)
    if cast("Request", request).door is None:
        return redirect("support")
    messages.info(request, words_of_plan()["open"]["taken_back"])
    return redirect("plan")
