"""Trying something out of Learn: setting out, being asked, and what was seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondvoice import practices
from secondvoice.moments import experiment as rules
from secondvoice.moments.experiment import KIND, NOT_YET, Experiment, words
from secondvoice.moments.views.common import words_of
from secondvoice.people.forms import WordsField
from secondvoice.people.views import undoing
from secondvoice.people.views.access import posted, unlocked
from secondvoice.people.views.unlocking import KEEP_DELETED
from secondvoice.reader import read
from secondvoice.records.errors import NotThere
from secondvoice.support import CARE

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.kept import Kept
    from secondvoice.records.models import Door

SHOWN = 100


class SetOutForm(forms.Form):
    """What somebody expects, and when they would like to be asked."""

    expects = WordsField(rows=2)
    on = forms.ChoiceField()

    def __init__(self, data: Any, card: str) -> None:
        days = words_of("steps.right", "")["look_back_options"]
        super().__init__(data, initial={"on": str(rules.cards()[card]["days"])})
        self.fields["on"] = forms.ChoiceField(
            choices=[(str(each["days"]), each["label"]) for each in days],
            error_messages=dict.fromkeys(
                ("required", "invalid_choice"), words()["new"]["on_wrong"]
            ),
        )


class SawForm(forms.Form):
    """What happened: one of the answers, and words for it."""

    outcome = forms.ChoiceField()
    saw = WordsField(rows=3)

    def __init__(self, data: Any, value: Experiment) -> None:
        super().__init__(data, initial={"outcome": value.outcome, "saw": value.saw})
        choices = [(each["id"], each["label"]) for each in rules.options(value.card)]
        none_chosen = words()["answer"]["none_chosen"]
        self.fields["outcome"] = forms.ChoiceField(
            choices=choices,
            error_messages=dict.fromkeys(("required", "invalid_choice"), none_chosen),
        )


@require_GET
@unlocked
def experiments(request: Request, door: Door) -> HttpResponse:
    """All of them, newest first."""
    t = words()["list"]
    context = {
        "t": t,
        "items": [_row(item) for item in rules.known(door.page(KIND, limit=SHOWN).items)],
        "just_deleted": undoing.just_deleted(request, KIND),
        "deleted": t["deleted"].replace("{days}", str(KEEP_DELETED.days)),
    }
    return render(request, "moments/experiments.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def new(request: Request, door: Door, card: str) -> HttpResponse:
    """Set out to try what a card suggests."""
    if card not in rules.cards():
        raise Http404
    t = words()["new"]
    form = SetOutForm(posted(request), card)
    if request.method == "POST" and form.is_valid():
        on = timezone.localdate() + timedelta(days=int(form.cleaned_data["on"]))
        kept = door.keep(Experiment(card, on, form.cleaned_data["expects"]))
        if _in_danger(door, kept.value.expects):
            return redirect("experiment_care", kept.thing)
        messages.info(request, t["started"].replace("{date}", _day(on)))
        return redirect("home")
    context = {"t": t, "card_id": card, "form": form, "setback": card == rules.STEPS_COUNT}
    return render(request, "moments/experiment_new.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def experiment(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """What there was to try, what was expected, and what happened."""
    kept = _find(door, thing)
    value = kept.value
    form = SawForm(posted(request), value)
    if request.method == "POST" and form.is_valid():
        outcome, saw = form.cleaned_data["outcome"], form.cleaned_data["saw"]
        if outcome == NOT_YET:
            again = timezone.localdate() + timedelta(days=rules.AGAIN_AFTER)
            value = replace(value, on=again, outcome="", saw=saw)
        else:
            value = replace(value, outcome=outcome, saw=saw)
        door.keep(value, thing=thing)
        if _in_danger(door, saw):
            return redirect("experiment_care", thing)
        replies = {each["id"]: each["reply"] for each in rules.options(value.card)}
        messages.info(request, replies[outcome])
        return redirect("experiments" if value.outcome else "home")
    t = words()["answer"]
    context = {
        "t": t,
        "thing": thing,
        "value": value,
        "form": form,
        "question": rules.cards()[value.card]["question"],
        "since": t["since"].replace("{date}", _day(kept.happened_at)),
        "steps": _steps(door, kept, t),
    }
    return render(request, "moments/experiment.html", context)


@require_GET
@unlocked
def care(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Words of danger: people first, and the way on left open."""
    _find(door, thing)
    context = {
        "way_on": reverse("experiments"),
        "way_on_label": words()["answer"]["care_go_on"],
        "care": CARE,
    }
    return render(request, "practices/care.html", context)


@require_POST
@unlocked
def delete(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Delete one; it can be brought back for seven days."""
    return undoing.delete(request, door, KIND, thing, room="experiments")


@require_POST
@unlocked
def restore(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Bring it back."""
    said = words()["list"]["restored"]
    return undoing.restore(request, door, KIND, thing, said=said, page="experiments", own=False)


def due(door: Door) -> list[dict[str, Any]]:
    """Those to be asked about today, for the first page; at most three."""
    lead = words()["due"]["lead"]
    today = timezone.localdate()
    return [
        {
            "thing": item.thing,
            "card": item.value.card,
            "lead": lead.replace("{date}", _day(item.happened_at)),
            "link": words()["due"]["link"],
        }
        for item in rules.due(door.page(KIND, limit=SHOWN).items, today)
    ][:3]


def _find(door: Door, thing: UUID) -> Kept[Experiment]:
    try:
        kept = door.get(KIND, thing)
    except NotThere:
        raise Http404 from None
    if next(rules.known([kept]), None) is None:
        raise Http404
    return kept


def _in_danger(door: Door, text: str) -> bool:
    if not text.strip() or read(text).care != "now":
        return False
    practices.heard_danger(door)
    return True


def _row(item: Kept[Experiment]) -> dict[str, Any]:
    value = item.value
    labels = {each["id"]: each["label"] for each in rules.options(value.card)}
    return {
        "thing": item.thing,
        "when": item.happened_at,
        "value": value,
        "answer": labels.get(value.outcome, ""),
        "open": words()["list"]["open"].replace("{date}", _day(value.on)),
    }


def _steps(door: Door, kept: Kept[Experiment], t: dict[str, str]) -> str:
    """What the small steps of "make it right" say to it, where they say something."""
    if kept.value.card != rules.STEPS_COUNT:
        return ""
    found = rules.steps_since(door.page("look_back", limit=SHOWN).items, kept.happened_at)
    if not found.looked_back:
        return ""
    if found.looked_back == 1:
        return t["steps_one_tried" if found.tried else "steps_one_not"]
    line = t["steps_many"].replace("{count}", str(found.looked_back))
    return line.replace("{tried}", str(found.tried))


def _day(when: date | datetime) -> str:
    local = timezone.localtime(when) if isinstance(when, datetime) else when
    return str(date_format(local, _("l j F")))
