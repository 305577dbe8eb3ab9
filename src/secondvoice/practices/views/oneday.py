"""One day, just one: choosing it, its page, its sentence, what was done in it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from secondvoice.people.views.access import id_sent, unlocked
from secondvoice.practices import heard_danger
from secondvoice.practices.care import care_in
from secondvoice.practices.oneday import (
    FURTHEST,
    KIND,
    LOOKED_AT,
    PAUSE_KIND,
    OneDay,
    current,
    day_words,
    is_evening,
    pauses_of,
    stand,
)
from secondvoice.practices.views.days import find_day
from secondvoice.practices.views.words import DayForm, SentenceForm
from secondvoice.records.errors import NotThere
from secondvoice.records.ids import make_id
from secondvoice.records.kept import Kept

if TYPE_CHECKING:
    from uuid import UUID

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

NOON = time(12)
"""When a day is said to have happened: no zone that the person moves to makes another day of it."""


@require_http_methods(["GET", "POST"])
@unlocked
def one_day(request: Request, door: Door) -> HttpResponse:
    """The day that is on or to come, else the choosing of one."""
    days = list(door.page(KIND, limit=LOOKED_AT).items)
    wrong = ""
    if request.method == "POST":
        on = _chosen_day(request)
        if on is not None:
            _choose(request, door, days, on)
            return redirect("one_day")
        wrong = day_words("")["choosing"]["wrong_day"]
    day = current(days, timezone.localtime())
    if day is not None and not wrong and "another" not in request.GET:
        return render(request, "practices/one_day.html", _page(request, door, day, days))
    context = {
        **_choosing(request),
        "wrong": wrong,
        "action": reverse("one_day"),
        "thing": make_id(),
        "gone": request.session.pop("one_day_gone", ""),
        "earlier": _others(days, day),
    }
    return render(request, "practices/one_day_choose.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def morning(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """A sentence for the day: one of these, one's own, or none."""
    day = find_day(door, thing)
    words = day_words(request.choices.friend)
    form = SentenceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sentence = _sentence(words, request.POST.get("take", ""), form.cleaned_data["own"])
        door.keep(replace(day, sentence=sentence, morning=True), thing=thing, history=False)
        if care_in(answer=(sentence,)) == "now":
            heard_danger(door)
            return redirect("one_day_care", thing)
        if sentence:
            messages.info(request, words["morning"]["taken"])
        return redirect(_home_of(day, thing))
    known = {one["text"] for one in words["mornings"]}
    context = {
        "w": words,
        "thing": thing,
        "day": day,
        "form": form,
        "own": day.sentence if day.sentence not in known else "",
    }
    return render(request, "practices/one_day_morning.html", context)


@require_POST
@unlocked
def done(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """What the person ticks as done; a draft of it is answered with no page."""
    day = find_day(door, thing)
    words = day_words(request.choices.friend)
    sent = set(request.POST.getlist("done"))
    ticked = tuple(one["id"] for one in words["done"] if one["id"] in sent)
    if ticked != day.done:
        door.keep(replace(day, done=ticked), thing=thing, history=False)
    if request.headers.get("X-Draft"):
        return HttpResponse(status=204)
    messages.info(request, words["day"]["kept"])
    return redirect(_home_of(day, thing))


@require_http_methods(["GET", "POST"])
@unlocked
def move(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """To another day, with everything that is in it."""
    day = find_day(door, thing)
    wrong = ""
    if request.method == "POST":
        on = _chosen_day(request)
        if on is not None:
            door.keep(replace(day, on=on), thing=thing, happened_at=_noon(on), history=False)
            return redirect("one_day")
        wrong = day_words("")["choosing"]["wrong_day"]
    context = {
        **_choosing(request),
        "wrong": wrong,
        "action": reverse("one_day_move", args=[thing]),
        "moving": True,
    }
    return render(request, "practices/one_day_choose.html", context)


@require_POST
@unlocked
def let_go(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Let the day go; it can be brought back."""
    find_day(door, thing)
    for pause in pauses_of(door, thing):
        door.delete(pause.thing, PAUSE_KIND)
    door.delete(thing, KIND)
    request.session["one_day_gone"] = str(thing)
    return redirect(reverse("one_day") + "?another")


@require_POST
@unlocked
def bring_back(_request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Bring a day that was let go back, with its pauses."""
    with suppress(NotThere):
        door.restore(thing, KIND)
        for pause in door.deleted(PAUSE_KIND):
            if isinstance(pause, Kept) and pause.value.day == thing:
                door.restore(pause.thing, PAUSE_KIND)
    return redirect("one_day")


def _chosen_day(request: Request) -> date | None:
    """The day that was sent, if it can be chosen: not over, and within two years."""
    form = DayForm(request.POST)
    if not form.is_valid():
        return None
    on: date = form.cleaned_data["on"]
    local = timezone.localtime()
    # A page that was made before midnight and sent after it means the day that it showed.
    if stand(on, local) == "over" or on > local.date() + FURTHEST:
        return None
    return on


def _choose(request: Request, door: Door, days: list[Any], on: date) -> None:
    """Keep a day as chosen, once; a day that is chosen already stays as it is."""
    if any(isinstance(day, Kept) and day.value.on == on for day in days):
        return
    thing = id_sent(request, door, KIND)
    if not door.was_there(thing):
        day = OneDay(on, zone=request.choices.zone)
        door.keep(day, thing=thing, happened_at=_noon(on), history=False)


def _noon(on: date) -> datetime:
    return datetime.combine(on, NOON, timezone.get_current_timezone())


def _choosing(request: Request) -> dict[str, Any]:
    today = timezone.localdate()
    words = day_words(request.choices.friend)
    return {
        "w": words,
        "soon": [
            {"label": words["choosing"][name], "on": today + timedelta(days=days)}
            for name, days in (("today", 0), ("tomorrow", 1))
        ],
        "first": today,
        "last": today + FURTHEST,
        "form": DayForm(),
    }


def _page(request: Request, door: Door, day: Kept[OneDay], days: list[Any]) -> dict[str, Any]:
    """What the page of the day shows."""
    local = timezone.localtime()
    words = day_words(request.choices.friend)
    on = day.value.on
    at = stand(on, local)
    return {
        "w": words,
        "thing": day.thing,
        "day": day.value,
        "on": at == "on",
        "evening": at == "on" and is_evening(on, local),
        "chosen": words["choosing"]["chosen"].replace("{date}", date_format(on, _("l j F"))),
        "pauses": [pause for pause in pauses_of(door, day.thing) if not pause.value.empty],
        "new_pause": make_id(),
        "ticks": [{**one, "ticked": one["id"] in day.value.done} for one in words["done"]],
        "earlier": _others(days, day),
    }


def _others(days: list[Any], but: Kept[OneDay] | None) -> list[Kept[OneDay]]:
    """The days so far, newest first: those that are over."""
    local = timezone.localtime()
    return [
        day
        for day in days
        if isinstance(day, Kept)
        and (but is None or day.thing != but.thing)
        and stand(day.value.on, local) != "to come"
    ]


def _sentence(words: dict[str, Any], taken: str, own: str) -> str:
    """The sentence that was chosen, as it stood there; empty: none."""
    if taken == "own":
        return own.strip()
    return next((str(one["text"]) for one in words["mornings"] if one["id"] == taken), "")


def _home_of(day: OneDay, thing: UUID) -> str:
    """The page to go back to: the day's, or of one that is over its evening."""
    if stand(day.on, timezone.localtime()) == "over":
        return reverse("one_day_evening", args=[thing])
    return reverse("one_day")
