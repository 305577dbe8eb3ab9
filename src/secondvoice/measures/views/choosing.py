"""What a person chooses about measures, and their own figures for the error of a score."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from secondvoice.measures.change import basis
from secondvoice.measures.forms import ChoicesForm, FiguresForm
from secondvoice.measures.kept import CHOICES
from secondvoice.measures.record import MeasureChoices, OwnFigures
from secondvoice.measures.taking import WORDS
from secondvoice.measures.views.common import choices_of, named, words_of
from secondvoice.people.views.access import posted, unlocked
from secondvoice.tongues import say

if TYPE_CHECKING:
    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door


@require_http_methods(["GET", "POST"])
@unlocked
def choices(request: Request, door: Door) -> HttpResponse:
    """When the next one may be due, and the questions to talk over with a professional."""
    now = choices_of(door)
    form = ChoicesForm(posted(request), initial={"weeks": now.weeks, "asked_for": now.asked_for})
    if request.method == "POST" and form.is_valid():
        _keep(door, replace(now, **form.cleaned_data))
        messages.info(request, words_of("choices")["kept"])
        return redirect("measures")
    context = {"form": form, "t": words_of("choices"), "on_request": WORDS["on_request"]}
    return render(request, "measures/choices.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def figures(request: Request, door: Door, name: str) -> HttpResponse:
    """The r and SD that a change of the total is told by, and the person's own instead."""
    instrument = named(name, door)
    known = instrument.precision_of("total")
    if known is None or instrument.time == "state":
        raise Http404
    now = choices_of(door)
    of = f"{instrument.id}.total"
    own = now.figures.get(of, OwnFigures())
    form = FiguresForm(known, posted(request), initial={"r": own.r, "sd": own.sd})
    if request.method == "POST" and form.is_valid():
        others = {score: set_by for score, set_by in now.figures.items() if score != of}
        _keep(door, replace(now, figures={**others, of: form.own} if form.own else others))
        messages.info(request, words_of("choices")["kept"])
        return redirect(reverse("over_time") + f"#{instrument.id}")
    context = {
        "form": form,
        "t": words_of("figures"),
        "instrument": instrument,
        "known": basis(known) or say(known.why),
    }
    return render(request, "measures/figures.html", context)


def _keep(door: Door, choices: MeasureChoices) -> None:
    kept = door.latest(CHOICES)
    door.keep(choices, thing=kept.thing if kept else None)
