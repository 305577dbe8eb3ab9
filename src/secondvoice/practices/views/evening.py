"""The evening of the one day: its two voices side by side, and a line about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from secondvoice.moments import BothVoices, both_voices
from secondvoice.people.views.access import posted, unlocked
from secondvoice.practices import heard_danger
from secondvoice.practices.care import care_in
from secondvoice.practices.oneday import OneDay, Pause, day_words, pauses_of, stand
from secondvoice.practices.views.days import find_day
from secondvoice.practices.views.words import EveningForm
from secondvoice.support import CARE

if TYPE_CHECKING:
    from uuid import UUID

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

SIDE = timedelta(days=2)
"""So far round a day's noon everything is looked at that was on that day on some wall on earth."""


@require_http_methods(["GET", "POST"])
@unlocked
def evening(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """The day's two voices side by side, and a line about it."""
    day = find_day(door, thing)
    words = day_words(request.choices.friend)
    initial = {"added": day.added, "different": day.different}
    form = EveningForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        written = replace(day, **form.cleaned_data)
        door.keep(written, thing=thing, history=False)
        if care_in(answer=(written.added,), other=written.different) == "now":
            heard_danger(door)
            return redirect("one_day_care", thing)
        messages.info(request, words["evening"]["saved"])
        return redirect("one_day_evening", thing)
    rows = _rows(door, day, thing, request.choices.friend)
    critic = any(row["critic"] for row in rows)
    second = any(row["second"] for row in rows) or bool(day.added.strip())
    context = {
        "w": words,
        "t": words["evening"],
        "day": day,
        "thing": thing,
        "form": form,
        "rows": rows,
        "one_sided": _one_sided(words["evening"], critic=critic, second=second),
        "both": critic or second,
        "ticked": [one["text"] for one in words["done"] if one["id"] in day.done],
        "over": stand(day.on, timezone.localtime()) == "over",
        "care": CARE,
        "care_level": care_in(
            tuple(row["critic"] for row in rows),
            (day.added, *(row["second"] for row in rows)),
            day.different,
        ),
    }
    return render(request, "practices/one_day_evening.html", context)


@require_POST
@unlocked
def evening_draft(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Keep what is written in the evening so far. Answers with no page."""
    day = find_day(door, thing)
    form = EveningForm(request.POST)
    if form.is_valid() and (written := replace(day, **form.cleaned_data)) != day:
        door.keep(written, thing=thing, history=False)
    return HttpResponse(status=204)


def _rows(door: Door, day: OneDay, thing: UUID, friend: str) -> list[dict[str, Any]]:
    """What was said in the pauses of the day and in the moments written on it, in its order."""
    zone = timezone.get_current_timezone()
    noon = datetime.combine(day.on, time(12), zone)
    moments = both_voices(door, noon - SIDE, noon + SIDE, zone)
    timed = [
        *(
            (kept.happened_at, _row(kept.value, day_words(friend)))
            for kept in pauses_of(door, thing)
        ),
        # By the clock on the wall where it was written: no flight makes another day of it.
        *((said.at, _row_of_moment(said)) for said in moments if stand(day.on, said.at) == "on"),
    ]
    rows = [row for _, row in sorted(timed, key=lambda each: each[0])]
    return [row for row in rows if row["critic"] or row["second"]]


def _row(kept: Pause, words: dict[str, Any]) -> dict[str, Any]:
    """A pause as the evening shows it: the critic's words with their tone, and the answer."""
    questions = {question["id"]: question for question in words["pauses"]}

    def labels(name: str, ids: tuple[str, ...]) -> list[str]:
        return [one["label"] for one in questions[name]["choices"] if one["id"] in ids]

    friend = questions["friend"]
    return {
        "critic": kept.words.strip(),
        "about": [*labels("tone", kept.tones), *labels("assumption", kept.assumptions)],
        "asked": friend["label"],
        "say_it": "".join(labels("friend", (kept.say_it,))),
        "why": kept.why.strip(),
        "second": kept.instead.strip(),
    }


def _row_of_moment(said: BothVoices) -> dict[str, Any]:
    """A moment of the day as the evening shows it, with the way to the whole of it."""
    friend = day_words(said.friend)["pauses"][-1]
    return {
        "critic": said.critic,
        "about": [],
        "asked": friend["label"],
        "say_it": "".join(one["label"] for one in friend["choices"] if one["id"] == said.say_it),
        "why": said.why,
        "second": said.second,
        "moment": said.thing,
        "at": f"{said.at:%H:%M}",
    }


def _one_sided(words: dict[str, Any], *, critic: bool, second: bool) -> str:
    if critic and second:
        return ""
    name = "only_critic" if critic else "only_second" if second else "neither"
    return str(words[name])
