"""Finding one's own wishes, in four steps; and the wishes for a minute that is under way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondvoice import practices
from secondvoice.people.forms import WordsField
from secondvoice.people.views import undoing
from secondvoice.people.views.access import posted, unlocked
from secondvoice.practices.views import deleted as deleted_lately
from secondvoice.practices.views import writing
from secondvoice.practices.views.writing import words_of
from secondvoice.practices.wishes import (
    KIND,
    MOST,
    PRACTICE,
    STEPS,
    THING,
    Wishes,
    as_wishes,
    begun,
    can_begin,
    own_wishes,
    wishes_of,
)
from secondvoice.reader import read

if TYPE_CHECKING:
    from django.http import HttpRequest

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

LONGEST_WISH = 200


class WishesForm(forms.Form):
    """One step: a field for notes, or up to four wishes."""

    def __init__(self, step: str, wishes: Wishes, data: Any = None) -> None:
        super().__init__(data)
        self.step = step
        self.numbers = range(MOST) if step == "wishes" else range(len(wishes.tried))
        if step in ("need", "hear"):
            self.fields[step] = WordsField(rows=4)
            self.initial[step] = getattr(wishes, step)
            return
        before = wishes.tried or wishes.kept
        for number in self.numbers:
            self.fields[f"wish_{number}"] = forms.CharField(
                required=False,
                max_length=LONGEST_WISH,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
            self.initial[f"wish_{number}"] = before[number] if number < len(before) else ""
            if step == "sound":
                self.fields[f"how_{number}"] = forms.ChoiceField(
                    required=False, choices=[(how, how) for how in ("keep", "begin", "drop")]
                )

    def laid_into(self, wishes: Wishes) -> Wishes:
        """The wishes with what this step says; listening to them is what keeps them."""
        values = self.cleaned_data
        if self.step in ("need", "hear"):
            return replace(wishes, **{self.step: values.get(self.step, "")})
        texts = [values.get(f"wish_{number}", "") for number in self.numbers]
        if self.step == "wishes":
            return replace(wishes, tried=as_wishes(texts))
        return wishes.keeping(
            _sounding(text, values.get(f"how_{number}", "")) for number, text in enumerate(texts)
        )


@require_GET
@unlocked
def phrases(request: Request, door: Door) -> HttpResponse:
    """The wishes that there are, and the way to find some."""
    wishes = wishes_of(door)
    room = words_of("phrases")["room"]
    context = {
        "t": room,
        "wishes": wishes,
        "half": not wishes.empty and not wishes.kept,
        "at": _furthest(wishes),
        "before": words_of("backdraft")["before"],
        "told": writing.their_pace(door).told or not wishes.empty,
        "grounding_only": writing.only_grounding(writing.their_pace(door)),
        "asking": "kept" in request.GET and bool(wishes.kept),
        "landed": words_of("minute")["landed"],
        "landed_at": reverse("phrases_landed"),
        **deleted_lately.told(request, KIND, room),
    }
    return render(request, "practices/phrases.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def step(request: Request, door: Door, step: str) -> HttpResponse:
    """One of the four steps. Any may stay empty, but a wish needs a word."""
    if step not in STEPS:
        raise Http404
    wishes = wishes_of(door)
    if step == "sound" and not wishes.tried:
        return redirect("phrases_step", "wishes")
    form = WishesForm(step, wishes, posted(request))
    if request.method == "POST" and form.is_valid():
        after = form.laid_into(wishes)
        if step == "wishes" and not after.tried:
            form.add_error(None, words_of("phrases")["steps"]["wishes"]["empty_error"])
        else:
            return _on(request, door, step, after)
    return render(request, "practices/phrases_step.html", _step_context(step, wishes, form))


@require_POST
@unlocked
def draft(request: Request, door: Door, step: str) -> HttpResponse:
    """Keep what is in a step's fields so far. Answers with no page."""
    # How they sound is a choice and not something typed: it is taken when it is sent.
    if step in STEPS and step != "sound":
        wishes = wishes_of(door)
        form = WishesForm(step, wishes, request.POST)
        form.is_valid()
        written = form.laid_into(wishes)
        if written != wishes and not written.empty:
            _keep(request, door, replace(written, draft=True))
    return HttpResponse(status=204)


@require_POST
@unlocked
def landed(request: Request, door: Door) -> HttpResponse:
    """How finding them landed."""
    said = writing.landed_of(request)
    return writing.after_landed(request, door, PRACTICE, said, reverse("phrases"))


@require_POST
@unlocked
def delete(request: Request, door: Door) -> HttpResponse:
    """Let the wishes go; they can be brought back for seven days."""
    return undoing.delete(request, door, KIND, THING, room="phrases")


@require_POST
@unlocked
def restore(request: Request, door: Door) -> HttpResponse:
    """Bring them back."""
    said = words_of("phrases")["room"]["restored"]
    return undoing.restore(request, door, KIND, THING, said=said, page="phrases", own=False)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The person's own wishes, to stand before the phrases of a minute; nothing while locked.

    The page of the minute is the same for everybody and is kept in the browser. This is not.
    """
    door = getattr(request, "door", None)
    wishes = own_wishes(door) if door is not None else ()
    if not wishes:
        return HttpResponse(status=204)
    context = {"wishes": wishes, "label": words_of("phrases")["offered"]["minute"]}
    return render(request, "practices/_own_wishes.html", context)


def _on(request: Request, door: Door, step: str, wishes: Wishes) -> HttpResponse:
    """Keep it, and go to the next step, to the wishes, or to people."""
    _keep(request, door, replace(wishes, draft=False))
    text = "\n".join((wishes.need, wishes.hear, *wishes.tried, *wishes.kept))
    if text.strip() and read(text).care == "now":
        practices.heard_danger(door)
        return redirect("phrases_care")
    if step != STEPS[-1]:
        return redirect("phrases_step", STEPS[STEPS.index(step) + 1])
    room, steps = words_of("phrases")["room"], words_of("phrases")["steps"]
    messages.info(request, room["kept"] if wishes.kept else steps["sound"]["none_left"])
    return redirect(reverse("phrases") + ("?kept" if wishes.kept else ""))


@require_GET
@unlocked
def care(request: Request, _door: Door) -> HttpResponse:
    """Words of danger: people first, and the way on left open."""
    label = words_of("phrases")["care"]["go_on"]
    return writing.care_page(request, reverse("phrases"), label)


def _keep(request: Request, door: Door, wishes: Wishes) -> None:
    writing.keep(door, KIND, THING, replace(wishes, zone=request.choices.zone))


def _sounding(text: str, how: str) -> str:
    if how == "drop":
        return ""
    return begun(text.strip()) if how == "begin" else text


def _furthest(wishes: Wishes) -> str:
    """The first step in which nothing stands yet."""
    if wishes.tried:
        return "sound"
    if wishes.hear.strip():
        return "wishes"
    return "hear" if wishes.need.strip() else "need"


def _step_context(step: str, wishes: Wishes, form: WishesForm) -> dict[str, Any]:
    words = words_of("phrases")
    at = STEPS.index(step)
    tried = [
        {
            "wish": form.initial[f"wish_{number}"],
            "field": form[f"wish_{number}"],
            "how": f"how_{number}",
            "can_begin": can_begin(form.initial[f"wish_{number}"]),
        }
        for number in form.numbers
        if step in ("wishes", "sound")
    ]
    return {
        "t": words["steps"][step],
        "around": words["around"],
        "step": step,
        "at": at + 1,
        "of": len(STEPS),
        "form": form,
        "rows": tried,
        "notes": form[step] if step in ("need", "hear") else None,
        "wishes": wishes,
        "room": words["room"],
        "back": STEPS[at - 1] if at else "",
        "skip": STEPS[at + 1] if step in ("need", "hear") else "",
    }
