"""The player, and what comes of a practice: how it landed, and what was written in it.

The player's page is the same for everybody, so that it works without a network: no token, no name.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from secondvoice.people.views.access import from_this_origin
from secondvoice.practices.pace import set_pace, steady_now
from secondvoice.practices.record import Practice, Written, is_landed
from secondvoice.practices.views import landing
from secondvoice.practices.views.common import (
    door_of,
    for_everybody,
    named,
    named_form,
    words_of,
    zone_of,
)
from secondvoice.records.errors import CannotKeep
from secondvoice.records.ids import sent_id

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, QueryDict

    from secondvoice.practices.catalogue import Form
    from secondvoice.practices.catalogue import Practice as Found

LONGEST = 20_000  # characters of one field


@require_GET
def play(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """One step at a time; without scripts, all of them under one another."""
    found, length = named_form(name, form)
    minute = words_of("minute")
    steady_ = words_of("backdraft")["steady"]
    context = {
        "practice": found,
        "form": length,
        "steps": _steps(length),
        "breathes": any(step.breath for step in length.steps),
        "t": words_of("player")["player"],
        "landed": minute["landed"],
        "backdraft": words_of("backdraft"),
        "steady_replies": [(answer, steady_[f"{answer}_reply"]) for answer in ("unsure", "no")],
        "numbers": range(11),
        "easier": named(found.instead[0]) if found.instead else None,
        "still": True,
        **landing.care_words(),
    }
    return for_everybody(render(request, "practices/play.html", context))


# The page is kept in the browser without a token in it; see from_this_origin.
@csrf_exempt
@require_POST
def played(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """How it landed and what was written: kept if the diary is open, answered in any case."""
    found, length = named_form(name, form)
    done = read_done(request.POST, found, length, zone_of(request))
    outcome = landing.Outcome()
    if from_this_origin(request):
        outcome = landing.keep(door_of(request), done, thing_of(request.POST))
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(outcome.as_json())
    return landing.page(request, done, outcome, found.title)


@csrf_exempt
@require_POST
def half(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Keep what was written so far, while it is being typed. Answers with no page."""
    found, length = named_form(name, form)
    door, thing = door_of(request), thing_of(request.POST)
    if not from_this_origin(request) or thing is None:
        return HttpResponse(status=403)
    if door is None:
        return HttpResponse(status=423)
    done = read_done(request.POST, found, length, zone_of(request))
    if done.written and landing.may_still_change(door, thing):
        door.keep(replace(done, half=True), thing=thing, history=False)
    return HttpResponse(status=204)


@require_GET
def left(request: HttpRequest, thing: UUID) -> HttpResponse:
    """What was written in a practice that was left half-way, for the page that asks for it."""
    door = door_of(request)
    if door is None:
        return JsonResponse({"written": []})
    written = landing.half_written(door, thing)
    return JsonResponse({"written": [[each.label, each.text] for each in written]})


@csrf_exempt
@require_POST
def steady(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """The question about steadiness: yes opens a strong practice, and counts for today."""
    found, length = named_form(name, form)
    answer = request.POST.get("steady", "")
    door = door_of(request)
    if answer == "yes" and door is not None and from_this_origin(request):
        now = datetime.now(UTC)
        # Where it can't be kept nothing of theirs is lost: they are asked again next time.
        with suppress(CannotKeep):
            set_pace(door, lambda pace: steady_now(pace, now))
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    if answer == "yes":
        return redirect(reverse("play", args=[found.id, length.form]) + "#begin")
    context = {
        "practice": found,
        "instead": [named(other) for other in found.instead],
        "t": words_of("player")["library"] | words_of("backdraft")["steady"],
        "answer": answer,
        "still": True,
    }
    return render(request, "practices/not_today.html", context)


def _steps(length: Form) -> list[dict[str, Any]]:
    return [
        {"step": step, "said": step.said(), "asked": step.asked(), "field": f"w{number}"}
        for number, step in enumerate(length.steps)
    ]


def read_done(fields: QueryDict, found: Found, length: Form, zone: str) -> Practice:
    """What the form of the player holds; what was not offered is left out."""
    value = fields.get("landed", "")
    written = tuple(
        Written(step.asked(), text[:LONGEST])
        for number, step in enumerate(length.steps)
        if step.write and (text := fields.get(f"w{number}", "").strip())
    )
    return Practice(
        practice=found.id,
        landed=value if is_landed(value) else "",
        zone=zone,
        form=length.form,
        before=_how_hard(fields.get("before", "")),
        after=_how_hard(fields.get("after", "")),
        written=written,
    )


def _how_hard(said: str) -> int | None:
    return int(said) if said.isdecimal() and said.isascii() and int(said) <= 10 else None


def thing_of(fields: QueryDict) -> UUID | None:
    """The id that the page made for this time of practising, so that sent twice is kept once."""
    return sent_id(fields.get("thing", ""))
