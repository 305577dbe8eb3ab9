"""Be the friend first: one stranger at a time, and what one said to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondvoice import practices
from secondvoice.people.forms import WordsField
from secondvoice.people.views import undoing
from secondvoice.people.views.access import posted, unlocked
from secondvoice.poles import COMPASSIONATE
from secondvoice.practices import befriend as rules
from secondvoice.practices.befriend import (
    CHOICE_THING,
    KIND,
    LOOKED_THROUGH,
    PRACTICE,
    BefriendChoice,
    Befriended,
    Situation,
    situations,
)
from secondvoice.practices.views import deleted as deleted_lately
from secondvoice.practices.views import writing
from secondvoice.practices.views.writing import find, keep, words_of
from secondvoice.records.ids import make_id
from secondvoice.records.kept import Kept
from secondvoice.support import CARE

if TYPE_CHECKING:
    from uuid import UUID

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

SHOWN = 100


class SaidForm(forms.Form):
    """What the person says to the stranger."""

    said = WordsField(rows=5)

    def clean_said(self) -> str:
        """A few words are enough; none is nothing said."""
        said: str = self.cleaned_data["said"]
        if not said.strip():
            raise forms.ValidationError(words_of("befriend")["answer"]["empty_error"])
        return said


@require_GET
@unlocked
def befriend(request: Request, door: Door) -> HttpResponse:
    """The kind of trouble, somebody who still waits, and what was said so far."""
    words = words_of("befriend")
    kept = [item for item in door.page(KIND, limit=SHOWN).items if isinstance(item, Kept)]
    waiting = next((item for item in kept if not item.value.done and item.value.said.strip()), None)
    context = {
        "t": words["room"],
        "troubles": [{"id": one, "label": words["troubles"][one]} for one in rules.troubles()],
        "chosen": rules.choice_of(door),
        "waiting": waiting and _waiting(waiting, words["room"]),
        "said": [_row(item) for item in kept if item.value.done],
        **deleted_lately.told(request, KIND, words["room"]),
    }
    return render(request, "practices/befriend.html", context)


@require_POST
@unlocked
def meet(request: Request, door: Door) -> HttpResponse:
    """Meet somebody, or somebody else. The choice is sealed: it says what troubles the person."""
    if "trouble" in request.POST:
        asked = request.POST["trouble"]
        choice = BefriendChoice(asked if asked in rules.troubles() else "")
        if choice.trouble != rules.choice_of(door):
            door.keep(choice, thing=CHOICE_THING, history=False)
    kept = [item for item in door.page(KIND, limit=LOOKED_THROUGH).items if isinstance(item, Kept)]
    # Nobody is left standing with nothing said: the next one takes the same place.
    silent = next(
        (item for item in kept if not item.value.done and not item.value.said.strip()), None
    )
    passed = (*silent.value.passed, silent.value.situation) if silent else ()
    met = [item.value.situation for item in kept if item is not silent]
    stranger = rules.next_stranger(rules.choice_of(door), met, start=door.person.int, passed=passed)
    thing = silent.thing if silent else make_id()
    now = Befriended(stranger.id, passed=passed, zone=request.choices.zone)
    keep(door, KIND, thing, now)
    return redirect("befriend_answer", thing)


@require_http_methods(["GET", "POST"])
@unlocked
def answer(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Say something to them. What is missing is asked about once, and no is an answer."""
    value = find(door, KIND, thing, Befriended).value
    stranger = _stranger(value)
    form = SaidForm(posted(request), initial={"said": value.said})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["said"]
        reading = rules.reading_of(said, stranger)
        lacks = rules.missing(reading)
        ask = bool(lacks) and not value.asked
        value = replace(
            value,
            said=said,
            parts=rules.parts(reading),
            asked=value.asked or ask,
            done=value.done or not ask,
            draft=False,
        )
        keep(door, KIND, thing, value)
        if reading is not None and reading.care == "now":
            practices.heard_danger(door)
            return redirect("befriend_care", thing)
        # Never answered with a page: the browser would write the form's words into its history.
        if ask:
            return redirect(reverse("befriend_answer", args=[thing]) + "?asked")
        return redirect(_said_now(thing))
    reading = rules.reading_of(value.said, stranger)
    lacks = rules.missing(reading)
    ask_for = lacks[0] if lacks and "asked" in request.GET else ""
    words = _named(words_of("befriend"), stranger)
    if ask_for:
        # The page opens where it asks, also for who does not see it.
        form.fields["said"].widget.attrs["autofocus"] = True
    context = {
        "t": words["answer"],
        "room": words["room"],
        "ask": words["ask"].get(ask_for, ""),
        "stranger": stranger,
        "value": value,
        "thing": thing,
        "form": form,
        "parts": _parts(rules.parts(reading)),
        "care": CARE,
        "care_level": reading.care if reading else "none",
    }
    return render(request, "practices/befriend_answer.html", context)


@require_POST
@unlocked
def draft(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Keep what is said so far. Answers with no page."""
    value = find(door, KIND, thing, Befriended).value
    form = SaidForm(request.POST, initial={"said": value.said})
    if form.is_valid() and form.cleaned_data["said"] != value.said:
        keep(door, KIND, thing, replace(value, said=form.cleaned_data["said"], draft=True))
    return HttpResponse(status=204)


@require_POST
@unlocked
def parts(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Which of the three parts are there by now, as a fragment. Keeps nothing."""
    stranger = _stranger(find(door, KIND, thing, Befriended).value)
    form = SaidForm(request.POST)
    said = form.cleaned_data["said"] if form.is_valid() else ""
    has = rules.parts(rules.reading_of(said, stranger))
    context = {"parts": _parts(has), "t": words_of("befriend")["answer"]}
    return render(request, "practices/_has.html", context)


@require_POST
@unlocked
def leave_it(request: Request, door: Door, thing: UUID) -> HttpResponse:  # noqa: ARG001  # as all
    """It is fine as it was said."""
    value = find(door, KIND, thing, Befriended).value
    if value.said.strip() and not value.done:
        keep(door, KIND, thing, replace(value, done=True, draft=False))
    return redirect(_said_now(thing))


@require_GET
@unlocked
def said(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """What was said, beside what it was said to."""
    value = find(door, KIND, thing, Befriended).value
    if not value.done:
        return redirect("befriend_answer", thing)
    stranger = _stranger(value)
    words = _named(words_of("befriend"), stranger)
    context = {
        "t": words["said"],
        "answer": words["answer"],
        "room": words["room"],
        "stranger": stranger,
        "value": value,
        "thing": thing,
        "parts": _parts(value.parts),
        # Somebody who meets one after the other is asked once.
        "asking": "said" in request.GET and not writing.said_lately(door, PRACTICE),
        "landed": words_of("minute")["landed"],
        "landed_at": reverse("befriend_landed", args=[thing]),
    }
    return render(request, "practices/befriend_said.html", context)


@require_GET
@unlocked
def care(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Words of danger in what was said: people first, and the way on left open."""
    find(door, KIND, thing, Befriended)
    label = words_of("befriend")["care"]["go_on"]
    return writing.care_page(request, reverse("befriend_answer", args=[thing]), label)


@require_POST
@unlocked
def landed(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """How it landed to be somebody's friend."""
    find(door, KIND, thing, Befriended)
    told = writing.landed_of(request)
    return writing.after_landed(request, door, PRACTICE, told, reverse("befriend"))


@require_POST
@unlocked
def delete(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Delete what was said; it can be brought back for seven days."""
    return undoing.delete(request, door, KIND, thing, room="befriend")


@require_POST
@unlocked
def restore(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Bring it back."""
    said = words_of("befriend")["room"]["restored"]
    return undoing.restore(request, door, KIND, thing, said=said, page="befriend_said")


@require_GET
@unlocked
def deleted(request: Request, door: Door) -> HttpResponse:
    """What was deleted in the last seven days."""
    words = words_of("befriend")["room"]
    return deleted_lately.page(
        request,
        door,
        KIND,
        words=words,
        line=lambda value: value.said,
        room="befriend",
        back_label=words["back"],
        restore_at="befriend_restore",
    )


def _said_now(thing: UUID) -> str:
    """The page of what was said, at the time of saying it: there it is asked how that landed."""
    return reverse("befriend_said", args=[thing]) + "?said"


def _stranger(value: Befriended) -> Situation:
    """Who it is; a newer or older program may know others.

    Raises:
        Http404: nobody here is called so.
    """
    found = situations().get(value.situation)
    if found is None:
        raise Http404
    return found


def _named(words: dict[str, Any], stranger: Situation) -> dict[str, Any]:
    """The words with the stranger's name and life in them."""

    def filled(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace("{name}", stranger.name).replace("{life}", stranger.life)
        if isinstance(value, dict):
            return {key: filled(item) for key, item in value.items()}
        return value

    named: dict[str, Any] = filled(words)
    return named


def _parts(has: tuple[str, ...]) -> list[dict[str, object]]:
    return [{"label": pole.label, "has": pole.value in has} for pole in COMPASSIONATE]


def _waiting(item: Kept[Befriended], room: dict[str, Any]) -> dict[str, Any] | None:
    stranger = situations().get(item.value.situation)
    if stranger is None:
        return None
    return {"thing": item.thing, "line": room["half"].replace("{name}", stranger.name)}


def _row(item: Kept[Befriended]) -> dict[str, Any]:
    stranger = situations().get(item.value.situation)
    return {
        "thing": item.thing,
        "when": item.happened_at,
        "name": stranger.name if stranger else "",
        "said": rules.shortened(item.value.said),
    }
