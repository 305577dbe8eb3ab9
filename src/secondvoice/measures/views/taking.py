"""Taking a measure: one question to a screen, or all on one page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from secondvoice import practices
from secondvoice.measures.forms import RATHER_NOT, read_answer
from secondvoice.measures.kept import finished
from secondvoice.measures.scoring import needs_support
from secondvoice.measures.views.common import find, in_english, words_of
from secondvoice.measures.views.room import next_number
from secondvoice.people.views.access import unlocked

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import QueryDict

    from secondvoice.measures.instrument import Instrument, Item
    from secondvoice.measures.record import Taking
    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

CALM = "calm"
"""What a form sends for "nothing difficult right now"."""


@require_http_methods(["GET", "POST"])
@unlocked
def question(request: Request, door: Door, thing: UUID, number: int) -> HttpResponse:
    """One question. Its answers are buttons: one touch or key answers and goes on."""
    kept, instrument = find(door, thing)
    taking: Taking = kept.value
    if taking.done:
        return redirect("result", thing)
    if not 1 <= number <= len(instrument.items):
        raise Http404
    item = instrument.items[number - 1]
    if request.method == "POST":
        sent = request.POST.get("answer", "")
        if sent == CALM and instrument.calm:
            return _finish(door, thing, _calm(taking), instrument)
        known, value = read_answer(instrument, sent)
        if not known:
            return redirect(reverse("question", args=[thing, number]) + "?none")
        taking = taking.answered(item.id, value)
        if number == len(instrument.items):
            left = next_number(taking, instrument)
            if left is None:
                return _finish(door, thing, taking, instrument)
            number = left - 1
        door.keep(taking, thing=thing, history=False)
        if _needs_people(door, taking, instrument):
            return redirect("taking_support", thing)
        return redirect("question", thing, number + 1)
    context = {
        "t": words_of("taking"),
        "instrument": instrument,
        "thing": thing,
        "item": item,
        "number": number,
        "of": len(instrument.items),
        "options": _options(instrument, item, taking),
        "labelled": _labelled(instrument),
        "passed": item.id in taking.passed,
        "none": "none" in request.GET,
        "back": number - 1,
        "section": _section(instrument, number),
        "in_english": in_english(),
    }
    return render(request, "measures/question.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def whole(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """All questions on one page. What is left open is asked about once, and may stay open."""
    kept, instrument = find(door, thing)
    taking: Taking = kept.value
    if taking.done:
        return redirect("result", thing)
    if request.method == "POST":
        taking = _laid(instrument, taking, request.POST)
        left = next_number(taking, instrument)
        if taking.calm or left is None or request.POST.get("leave"):
            return _finish(door, thing, taking, instrument)
        door.keep(taking, thing=thing, history=False)
        _needs_people(door, taking, instrument)
        # Never answered with a page: the browser would keep the answers to send them again.
        return redirect(reverse("taking", args=[thing]) + f"?left#q{left}")
    left = next_number(taking, instrument) if "left" in request.GET else None
    context = {
        "t": words_of("taking"),
        "instrument": instrument,
        "thing": thing,
        "questions": [
            {
                "item": item,
                "number": number,
                "options": _options(instrument, item, taking),
                "passed": item.id in taking.passed,
                "section": _section(instrument, number),
                "open": left is not None
                and item.id not in taking.answers
                and item.id not in taking.passed,
            }
            for number, item in enumerate(instrument.items, start=1)
        ],
        "labelled": _labelled(instrument),
        "left": left,
        "pass": RATHER_NOT,
        "in_english": in_english(),
    }
    return render(request, "measures/whole.html", context)


@require_POST
@unlocked
def draft(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Keep the answers so far, without going on. Answers with no page."""
    kept, instrument = find(door, thing)
    taking: Taking = kept.value
    written = _laid(instrument, taking, request.POST)
    if not taking.done and written != taking:
        door.keep(replace(written, calm=False), thing=thing, history=False)
    return HttpResponse(status=204)


def _finish(door: Door, thing: UUID, taking: Taking, instrument: Instrument) -> HttpResponse:
    """Keep it with its scores; support comes before them where an answer asks for it."""
    now = timezone.now()
    door.keep(finished(taking, instrument, now), thing=thing, happened_at=now, history=False)
    _needs_people(door, taking, instrument)
    return redirect("result", thing)


def _needs_people(door: Door, taking: Taking, instrument: Instrument) -> bool:
    """Whether an answer asks for people first. For a day only they and the floor are offered."""
    if taking.supported or not needs_support(instrument, taking.answers):
        return False
    practices.noted_how_hard(door, practices.VERY_HARD)
    return True


def _calm(taking: Taking) -> Taking:
    """Nothing difficult right now: it stands alone, without answers."""
    return replace(taking, answers={}, passed=(), calm=True)


def _laid(instrument: Instrument, taking: Taking, sent: QueryDict) -> Taking:
    """The taking with every answer of the form that could be understood."""
    if instrument.calm and sent.get(CALM):
        return _calm(taking)
    for item in instrument.items:
        known, value = read_answer(instrument, sent.get(item.id, ""))
        if known:
            taking = taking.answered(item.id, value)
    return taking


def _options(instrument: Instrument, item: Item, taking: Taking) -> list[dict[str, Any]]:
    given = taking.answers.get(item.id)
    return [
        {"value": option.value, "label": option.label, "chosen": option.value == given}
        for option in instrument.answers.options
    ]


def _labelled(instrument: Instrument) -> bool:
    """Whether every answer has words, and not only the ends of the scale."""
    return all(option.label for option in instrument.answers.options)


def _section(instrument: Instrument, number: int) -> str:
    """The heading of a part of the sheet, above its first question."""
    item = instrument.items[number - 1]
    before = instrument.items[number - 2].section if number > 1 else ""
    return item.section if item.section != before else ""
