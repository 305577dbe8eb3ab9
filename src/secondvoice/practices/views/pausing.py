"""The pauses of the one day, a question to a page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondvoice.people.views.access import id_sent, posted, unlocked
from secondvoice.practices import heard_danger
from secondvoice.practices.care import care_in
from secondvoice.practices.oneday import PAUSE_KIND, Pause, day_words, pauses_of, stand
from secondvoice.practices.views.days import find_day, find_pause
from secondvoice.practices.views.words import PauseForm, PauseFriendForm
from secondvoice.support import CARE

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import QueryDict

    from secondvoice.people.middleware import Request
    from secondvoice.practices.oneday import SayIt
    from secondvoice.records.models import Door

QUESTIONS = ("words", "tone", "assumption", "friend")
"""The four questions in their order, by their ids in ``oneday.toml``."""

SEVERAL = frozenset({"tone", "assumption"})
"""Of these more than one choice can be ticked."""

NONE = "none"
"""What is kept for "hard to say" and for "nothing that I can see"."""


@require_POST
@unlocked
def begin(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """A new pause of that day, under the id that the page was given: sent twice is begun once."""
    find_day(door, thing)
    pauses = pauses_of(door, thing)
    if pauses and pauses[-1].value.empty:
        return redirect("one_day_pause", pauses[-1].thing, 1)
    new = id_sent(request, door, PAUSE_KIND)
    if not door.was_there(new):
        door.keep(Pause(thing, zone=request.choices.zone), thing=new, history=False)
    return redirect("one_day_pause", new, 1)


@require_http_methods(["GET", "POST"])
@unlocked
def pause(request: Request, door: Door, thing: UUID, number: int) -> HttpResponse:
    """One of the four questions. Any of them can stay empty."""
    kept, name = find_pause(door, thing), _question(number)
    form = _form(name, kept, posted(request))
    if request.method == "POST" and form.is_valid():
        written = _laid(name, kept, form, request.POST)
        if written != kept:
            door.keep(written, thing=thing, history=False)
        if _care(written) == "now" and written != kept:
            heard_danger(door)
            return redirect("one_day_care", written.day)
        if "finish" in request.POST or number == len(QUESTIONS):
            return _ended(request, door, written)
        return redirect("one_day_pause", thing, number + 1)
    words = day_words(request.choices.friend)
    question = words["pauses"][number - 1]
    chosen = {"tone": kept.tones, "assumption": kept.assumptions, "friend": (kept.say_it,)}
    context = {
        "w": words,
        "question": question,
        "name": name,
        "several": name in SEVERAL,
        "choices": [
            {**one, "chosen": one["id"] in chosen.get(name, ())}
            for one in (*question["choices"], *_none(question))
        ],
        "form": form,
        "thing": thing,
        "day": kept.day,
        "number": number,
        "of": len(QUESTIONS),
        "care": CARE,
        "care_level": _care(kept),
    }
    return render(request, "practices/one_day_pause.html", context)


@require_POST
@unlocked
def pause_draft(request: Request, door: Door, thing: UUID, number: int) -> HttpResponse:
    """Keep what is in a question's fields so far. Answers with no page."""
    kept, name = find_pause(door, thing), _question(number)
    form = _form(name, kept, request.POST)
    if form.is_valid() and (written := _laid(name, kept, form, request.POST)) != kept:
        door.keep(written, thing=thing, history=False)
    return HttpResponse(status=204)


@require_GET
@unlocked
def care(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Words of danger: people first, and the way on left open."""
    day = find_day(door, thing)
    over = stand(day.on, timezone.localtime()) == "over"
    on = reverse("one_day_evening", args=[thing]) if over else reverse("one_day")
    return render(request, "practices/people_first.html", {"care": CARE, "on": on})


def _question(number: int) -> str:
    if not 1 <= number <= len(QUESTIONS):
        raise Http404
    return QUESTIONS[number - 1]


def _form(name: str, kept: Pause, data: QueryDict | None) -> PauseForm:
    kind = PauseFriendForm if name == "friend" else PauseForm
    fields = ("words", "say_it", "why", "instead")
    return kind(data, initial={field: getattr(kept, field) for field in fields})


def _laid(name: str, kept: Pause, form: PauseForm, sent: QueryDict) -> Pause:
    """The pause with what was sent for one of its questions."""
    if name == "words":
        return replace(kept, words=form.cleaned_data["words"])
    if name == "friend":
        given = form.cleaned_data
        return replace(
            kept,
            say_it=cast("SayIt", given["say_it"]),
            why=given["why"],
            instead=given["instead"],
        )
    question = day_words("")["pauses"][QUESTIONS.index(name)]
    ticked = set(sent.getlist("choice"))
    found = tuple(one["id"] for one in question["choices"] if one["id"] in ticked)
    if not found and NONE in ticked:
        found = (NONE,)
    return replace(kept, tones=found) if name == "tone" else replace(kept, assumptions=found)


def _none(question: dict[str, Any]) -> list[dict[str, str]]:
    return [{"id": NONE, "label": question["none"]}] if "none" in question else []


def _care(kept: Pause) -> str:
    return care_in((kept.words,), (kept.instead,), kept.why)


def _ended(request: Request, door: Door, written: Pause) -> HttpResponse:
    """Back to the day; to its evening where it is over."""
    if not written.empty:
        messages.info(request, day_words("")["pause"]["end"])
    day = find_day(door, written.day)
    if stand(day.on, timezone.localtime()) == "over":
        return redirect("one_day_evening", written.day)
    return redirect("one_day")
