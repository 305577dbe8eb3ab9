"""Hear it as a friend would, answer, make it right, see."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from secondvoice import practices
from secondvoice.moments import loop
from secondvoice.moments.best import best_words, refresh
from secondvoice.moments.forms import AnswerForm, HearForm, RightForm, SeeForm
from secondvoice.moments.kept import look_back_thing
from secondvoice.moments.record import LookBack, Moment, Step
from secondvoice.moments.views.common import find, go_on, keep, step_page, words_of
from secondvoice.people.views.access import posted, unlocked
from secondvoice.poles import COMPASSIONATE, Pole
from secondvoice.records.errors import NotThere
from secondvoice.support import CARE

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from secondvoice.moments.forms import StepForm
    from secondvoice.people.middleware import Request
    from secondvoice.practices import SaidBefore
    from secondvoice.records.models import Door


@require_http_methods(["GET", "POST"])
@unlocked
def hear(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Their own words, said to their friend."""
    moment = find(door, thing)
    form = HearForm.of(moment, posted(request))
    if request.method == "POST" and form.is_valid():
        moment = form.laid_into(moment).reached(Step.ANSWER)
        keep(door, thing, moment)
        if loop.care_beside(moment) == "now":
            practices.heard_danger(door)
            return redirect("moment_care", thing)
        return go_on(moment, thing, Step.HEAR)
    found = loop.readings(moment)
    if loop.in_danger(found):
        return redirect("moment_answer", thing)
    said, unread = loop.as_to_a_friend(moment, found), loop.unread(found)
    return step_page(request, Step.HEAR, moment, thing, form=form, said=said, unread=unread)


@require_http_methods(["GET", "POST"])
@unlocked
def answer(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Three short fields. What is missing is asked about once, and no is an answer."""
    moment = find(door, thing)
    form = AnswerForm.of(moment, posted(request))
    ask = ""
    found: loop.Readings | None = None
    if request.method == "POST" and form.is_valid():
        moment = form.laid_into(moment).reached(Step.RIGHT)
        found = loop.readings(moment)
        moment = loop.with_marks(moment, found)
        lacks = loop.missing(moment, found)
        if lacks and not moment.asked:
            ask = lacks[0].value
            moment = replace(moment, asked=True)
        keep(door, thing, moment)
        if loop.care(found.answer) == "now":
            practices.heard_danger(door)
            return redirect("moment_care", thing)
        # Never answered with a page: the browser would write the form's words into its history on
        # the disk, to be able to send them again.
        if ask:
            return redirect(reverse("moment_answer", args=[thing]) + "?asked")
        return go_on(moment, thing, Step.ANSWER)
    found = found or loop.readings(moment)
    if "asked" in request.GET and (lacks := loop.missing(moment, found)):
        ask = lacks[0].value
        # The page opens where it asks, also for who does not see it.
        form[_FIELD_OF[ask]].field.widget.attrs["autofocus"] = True
    said = _said_to_a_stranger(moment, found, door)
    return step_page(
        request,
        Step.ANSWER,
        moment,
        thing,
        form=form,
        ask=ask,
        next_step="moment" if moment.finished else "moment_right",
        fields=_answer_fields(form, moment, door, thing),
        parts=_parts(moment, found),
        said=said,
        befriend_first=said is None and not loop.in_danger(found),
        care=CARE,
        care_level=loop.care(found.happened, found.voice, found.answer),
        **({"back": "moment_words"} if loop.in_danger(found) else {}),
    )


@require_POST
@unlocked
def parts(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Which of the three parts the answer has by now, as a fragment.

    Keeps nothing: it may arrive late, and must not lay an older answer over a newer one.
    """
    moment = find(door, thing)
    form = AnswerForm.of(moment, request.POST)
    if form.is_valid():
        moment = loop.with_marks(form.laid_into(moment))
    context = {
        "parts": _parts(moment, loop.readings(moment)),
        "t": words_of("steps.answer", moment.friend),
    }
    return render(request, "moments/_parts.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def right(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """One small step, only where the person says that something is theirs to make right."""
    moment = find(door, thing)
    form = RightForm.of(moment, posted(request))
    if request.method == "POST" and form.is_valid():
        moment = form.laid_into(moment)
        if moment.right is None and (moment.right_if.strip() or moment.right_then.strip()):
            moment = replace(moment, right=True)
        if not moment.right:
            moment = replace(moment, right_if="", right_then="", look_back_on=None)
        moment = moment.reached(Step.SEE)
        keep(door, thing, moment)
        _plan_look_back(door, thing, moment)
        if loop.care_beside(replace(moment, why="")) == "now":
            practices.heard_danger(door)
            return redirect("moment_care", thing)
        return go_on(moment, thing, Step.RIGHT)
    return step_page(request, Step.RIGHT, moment, thing, form=form, days=_days(moment, form))


@require_http_methods(["GET", "POST"])
@unlocked
def see(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """The two voices side by side. Done is done."""
    moment = find(door, thing)
    form = SeeForm.of(moment, posted(request))
    if request.method == "POST" and form.is_valid():
        keep(door, thing, form.laid_into(moment).reached(Step.DONE))
        refresh(door)
        return redirect("moment", thing)
    critic = loop.critic_words(moment)
    hardness = words_of("steps.notice", moment.friend)
    ends = {"low": hardness["before_low"], "high": hardness["before_high"]}
    return step_page(request, Step.SEE, moment, thing, form=form, critic=critic, ends=ends)


_FIELD_OF = dict(zip((pole.value for pole in COMPASSIONATE), AnswerForm.FIELDS, strict=True))


def _parts(moment: Moment, found: loop.Readings) -> list[dict[str, object]]:
    """The three parts and which of them are there; nothing of an answer that cannot be read."""
    if loop.cannot_be_read(found.answer):
        return []
    return [{"label": pole.label, "has": pole.value in moment.parts} for pole in COMPASSIONATE]


def _days(moment: Moment, form: StepForm) -> list[dict[str, object]]:
    """The days to look back on that are offered, and the one chosen before if it is another."""
    today = timezone.localdate()
    chosen = form["look_back_on"].value()
    chosen_day = str(chosen or "")
    days: list[dict[str, object]] = [
        {
            "on": str(day := today + timedelta(days=option["days"])),
            "label": option["label"],
            "chosen": chosen_day == str(day),
        }
        for option in words_of("steps.right", moment.friend)["look_back_options"]
    ]
    if moment.look_back_on and not any(day["chosen"] for day in days):
        label = date_format(moment.look_back_on, _("j F Y"))
        days.append({"on": str(moment.look_back_on), "label": label, "chosen": True})
    return days


def _answer_fields(
    form: StepForm, moment: Moment, door: Door, thing: UUID
) -> list[dict[str, object]]:
    """The three fields with what stands beside each: own earlier words, then phrases."""
    own = best_words(door, moment, thing)
    wishes = practices.own_wishes(door)
    rows: list[dict[str, object]] = []
    for pole, name in zip(COMPASSIONATE, AnswerForm.FIELDS, strict=True):
        section = words_of(f"answer.{pole.value}", moment.friend)
        rows.append(
            {
                "field": form[name],
                "component": pole.value,
                "own": getattr(own, name),
                "wishes": wishes if pole is Pole.SELF_KINDNESS else (),
                "phrases": _phrases(section, thing),
                **{key: section[key] for key in ("title", "prompt", "hint", "ask_once")},
            }
        )
    return rows


def _said_to_a_stranger(moment: Moment, found: loop.Readings, door: Door) -> SaidBefore | None:
    """What they once said to somebody in such a moment; after words of danger, nothing of it."""
    if loop.in_danger(found):
        return None
    told = f"{moment.happened}\n{moment.voice}"
    return practices.said_to_a_stranger(door, told, loop.with_marks(moment, found).marks)


def _phrases(section: dict[str, Any], thing: UUID) -> list[dict[str, object]]:
    """All phrases of a field; four to begin with, others each time, the same within a moment."""
    phrases = list(section["phrases"])
    start = thing.int % len(phrases)
    turned = phrases[start:] + phrases[:start]
    return [{"text": phrase["text"], "later": at >= 4} for at, phrase in enumerate(turned)]


def _plan_look_back(door: Door, thing: UUID, moment: Moment) -> None:
    """Keep, move or drop the look back that belongs to the moment."""
    look_back = look_back_thing(thing)
    if moment.look_back_on is None:
        with suppress(NotThere):
            door.delete(look_back, "look_back")
        return
    day = datetime.combine(moment.look_back_on, time(0), tzinfo=UTC)
    door.keep(LookBack(thing, moment.look_back_on), thing=look_back, happened_at=day)
