"""The plan: reading it, and writing it step by step. All of it works without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondvoice import practices
from secondvoice.people.forms import WordsField
from secondvoice.people.views import undoing
from secondvoice.people.views.access import ask_to_unlock, posted, unlocked, whose
from secondvoice.people.views.unlocking import KEEP_DELETED
from secondvoice.reader import read
from secondvoice.records.models import one_transaction
from secondvoice.support import CARE
from secondvoice.support.lines import dial, first_of
from secondvoice.support.models import follow, open_parts, put_away
from secondvoice.support.plan import KIND, STEPS, THING, Plan, plan_of
from secondvoice.support.views.country import country_of
from secondvoice.support.views.shown import parts_of, shown_to, words_of_plan
from secondvoice.texts import texts

if TYPE_CHECKING:
    from django.http import HttpRequest

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door


class StepForm(forms.Form):
    """What stands at one step."""

    words = WordsField(rows=5)


@require_GET
def plan(request: HttpRequest) -> HttpResponse:
    """The plan; while locked, what lies open of it, or the way to unlock."""
    own = cast("Request", request)
    if own.door is None:
        seen = shown_to(own)
        if not seen.parts:
            return redirect("welcome") if whose(own) is None else ask_to_unlock(own)
        return render(request, "support/plan_open.html", {"t": words_of_plan(), "seen": seen})
    words, kept = words_of_plan(), plan_of(own.door)
    written = {part["id"]: part["lines"] for part in parts_of(kept.written())}
    titles = {step["id"]: step["title"] for step in words["steps"]}
    opened = [titles[step] for step in open_parts(own.door.person)]
    context = {
        "t": words,
        "plan": kept,
        "parts": [{**step, "lines": written.get(step["id"], [])} for step in words["steps"]],
        "opened": "; ".join(opened),
        "just_deleted": undoing.just_deleted(own, KIND),
        "deleted": words["room"]["deleted"].replace("{days}", str(KEEP_DELETED.days)),
    }
    return render(request, "support/plan.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def step(request: Request, door: Door, step: str) -> HttpResponse:
    """One of the six steps. Each may stay empty."""
    if step not in STEPS:
        raise Http404
    before = plan_of(door)
    form = StepForm(posted(request), initial={"words": before.at(step)})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["words"]
        _keep(door, before, before.saying(step, text))
        if text.strip() and read(text).care == "now":
            practices.heard_danger(door)
            return redirect("plan_care", step)
        return redirect(_after(step))
    numbers = _numbers(request) if step == "lines" else []
    return render(request, "support/plan_step.html", _step_context(step, form, numbers))


@require_POST
@unlocked
def draft(request: Request, door: Door, step: str) -> HttpResponse:
    """Keep what stands at a step so far. Answers with no page."""
    form = StepForm(request.POST)
    if step in STEPS and form.is_valid():
        before = plan_of(door)
        _keep(door, before, before.saying(step, form.cleaned_data["words"]))
    return HttpResponse(status=204)


@require_GET
@unlocked
def care(request: Request, _door: Door, step: str) -> HttpResponse:
    """Words of danger: people first, and the way on left open."""
    if step not in STEPS:
        raise Http404
    label = words_of_plan()["around"]["care_go_on"]
    context = {"way_on": _after(step), "way_on_label": label, "care": CARE}
    return render(request, "practices/care.html", context)


@require_POST
@unlocked
def delete(request: Request, door: Door) -> HttpResponse:
    """Let the plan go, and what lies open of it; it can be brought back for seven days."""
    with one_transaction():
        gone = undoing.delete(request, door, KIND, THING, room="plan")
        put_away(door.person)
    return gone


@require_POST
@unlocked
def restore(request: Request, door: Door) -> HttpResponse:
    """Bring it back, sealed: what lay open is to be chosen anew."""
    said = words_of_plan()["room"]["restored"]
    return undoing.restore(request, door, KIND, THING, said=said, page="plan", own=False)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What may be shown of the plan just now, for the page of Support, which is everybody's."""
    seen = shown_to(request)
    return JsonResponse({"parts": seen.parts, "unlocked": seen.unlocked})


def _keep(door: Door, before: Plan, after: Plan) -> None:
    """Keep a changed plan; what lies open of it says the same."""
    if after == before:
        return
    with one_transaction():
        door.keep(after, thing=THING, history=False)
        follow(door.person, after)


def _after(step: str) -> str:
    """The address of what comes after a step."""
    at = STEPS.index(step) + 1
    return reverse("plan_step", args=[STEPS[at]]) if at < len(STEPS) else reverse("plan")


def _step_context(step: str, form: StepForm, numbers: list[str]) -> dict[str, Any]:
    words = words_of_plan()
    at = STEPS.index(step)
    here = words["steps"][at]
    return {
        "t": words["around"],
        "step": here,
        "at": at + 1,
        "of": len(STEPS),
        "form": form,
        "back": STEPS[at - 1] if at else "",
        "skip": _after(step),
        "numbers": numbers,
    }


def _numbers(request: Request) -> list[str]:
    """The lines of Support that can be rung, as one would write them down.

    Those of the country that this browser remembers are first.
    """
    numbers = texts("secondvoice.support", "support.toml")["numbers"]
    code = country_of(request, numbers["countries"])
    found = first_of(code, map(dial, numbers["lines"]))
    return [f"{line.name} ({line.where}), {line.call}" for line in found if line.call]
