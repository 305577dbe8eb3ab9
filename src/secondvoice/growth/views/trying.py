"""An experiment on oneself: planned before it begins, told day by day, read once at its end."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondvoice import practices as room
from secondvoice.growth import drawing
from secondvoice.growth.forms import DayForm, PlanForm
from secondvoice.growth.helps import NOTHING
from secondvoice.growth.names import called, words_of
from secondvoice.growth.record import EXPERIMENT, Experiment, Told
from secondvoice.growth.trials import (
    begun,
    open_days,
    plan_of,
    result_of,
    running,
)
from secondvoice.growth.views.common import not_today, page, people_first
from secondvoice.people.views import undoing
from secondvoice.people.views.access import posted, unlocked
from secondvoice.practices.catalogue import practices
from secondvoice.practices.pace import offered, pace_of
from secondvoice.records.errors import NotThere
from secondvoice.records.kept import Kept
from secondvoice.tongues import figure

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from secondvoice.growth.helps.experiment import Plan, Result
    from secondvoice.people.middleware import Request
    from secondvoice.practices.catalogue import Practice
    from secondvoice.records.models import Door


@require_http_methods(["GET", "POST"])
@unlocked
def experiments(request: Request, door: Door) -> HttpResponse:
    """Those there were, and the plan of a new one where none is running."""
    t = words_of("trying")
    if not_today(door):
        return people_first(request, door, "trying", t["title"])
    today = timezone.localdate()
    kept = [one for one in door.all(EXPERIMENT) if isinstance(one, Kept)]
    now = [one for one in kept if running(one.value, today)]
    tomorrow = today + timedelta(days=1)
    form = PlanForm(
        _may_be_tried(door), posted(request), initial={"start": tomorrow, "size": "usual"}
    )
    if request.method == "POST" and not now and form.is_valid():
        chosen = form.cleaned_data
        made = begun(
            chosen["one"], chosen["other"], chosen["start"], chosen["size"], secrets.randbits(64)
        )
        return redirect("trial", door.keep(made).thing)
    return page(
        request,
        door,
        "trying",
        t=t,
        form=None if now else form,
        running=[_row(one, today, t) for one in now],
        earlier=[_row(one, today, t) for one in kept if one not in now],
        deleted=undoing.just_deleted(request, EXPERIMENT),
    )


@require_GET
@unlocked
def experiment(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Its plan, what today is for, and after the last day what came of it."""
    t = words_of("trying")
    kept = find(door, thing)
    if not_today(door):
        return people_first(request, door, "trying", t["title"])
    today = timezone.localdate()
    plan, result = plan_of(kept), result_of(kept, today)
    return page(
        request,
        door,
        "trying",
        template="growth/experiment.html",
        t=t,
        thing=thing,
        title=_title(kept, t),
        kept=kept,
        going=running(kept, today),
        begins=t["begins"].format(date=date_format(plan.first, _("l j F")))
        if today < plan.first and not kept.stopped
        else "",
        today=_today(door, kept, plan, today, t),
        days=[_day(kept, day, today, t) for day in open_days(kept, today)],
        blocks=[
            {
                "first": block.first,
                "last": block.last,
                "what": called(block.what) if block.what else t["nothing"],
                "now": block.first <= today <= block.last,
            }
            for block in plan.blocks
        ],
        result=None if kept.stopped or today <= plan.last else result_shown(kept, result, t),
    )


@require_POST
@unlocked
def day(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """The number of today or yesterday. Sent again it takes the place of itself."""
    today, form = timezone.localdate(), DayForm(request.POST)
    # All days are one record; one that is erased meanwhile must not come back with it.
    with door.holding():
        kept = find(door, thing)
        on = next(
            (one for one in open_days(kept, today) if str(one) == request.POST.get("on", "")), None
        )
        if on is None or not form.is_valid():
            raise Http404
        said = form.cleaned_data
        door.keep(kept.told(Told(on, said["hard"], said["done"])), thing=thing, history=False)
    messages.info(request, words_of("trying")["kept"])
    if on == today:
        room.noted_how_hard(door, said["hard"])
    return redirect("trial", thing)


@require_POST
@unlocked
def stop(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """It ends before its last day, and nothing is said of it."""
    with door.holding():
        kept = find(door, thing)
        going = running(kept, timezone.localdate())
        if going:
            door.keep(replace(kept, stopped=True), thing=thing, history=False)
    if going:
        messages.info(request, words_of("trying")["stopped"])
    return redirect("trials")


@require_POST
@unlocked
def delete(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Out of the list; it can be brought back for seven days."""
    return undoing.delete(request, door, EXPERIMENT, thing, room="trials")


@require_POST
@unlocked
def restore(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Bring it back."""
    said = words_of("trying")["back"]
    return undoing.restore(request, door, EXPERIMENT, thing, said=said, page="trial")


def find(door: Door, thing: UUID) -> Experiment:
    """An experiment of this diary.

    Raises:
        Http404: there is none of that id.
        CannotOpen: it is there, but damaged or from a newer version.
    """
    try:
        value = door.get(EXPERIMENT, thing).value
    except NotThere:
        raise Http404 from None
    if not isinstance(value, Experiment):
        raise Http404
    return value


def _may_be_tried(door: Door) -> list[Practice]:
    """What the pace offers today. Strong ones are not for every day, however steady one is."""
    pace = pace_of(door)
    found = [one for one in practices().values() if not one.strong and offered(one, pace)]
    return sorted(found, key=lambda one: one.title)


def _title(kept: Experiment, t: dict[str, Any]) -> str:
    other = called(kept.other) if kept.other != NOTHING else t["nothing"]
    return str(t["named"].format(one=called(kept.one), other=other))


def _row(item: Kept[Experiment], today: date, t: dict[str, Any]) -> dict[str, Any]:
    kept = item.value
    plan = plan_of(kept)
    said = t["was_stopped"] if kept.stopped else ""
    if running(kept, today):
        said = t["until"].format(last=date_format(plan.last, _("j F")))
    return {
        "thing": item.thing,
        "title": _title(kept, t),
        "said": said or result_of(kept, today).sentence,
    }


def _today(
    door: Door, kept: Experiment, plan: Plan, today: date, t: dict[str, Any]
) -> dict[str, Any] | None:
    """What today is for, inside the pace; None on a day outside the plan."""
    block = plan.on(today)
    if block is None or kept.stopped:
        return None
    if block.what == NOTHING:
        return {"line": t["today_nothing"]}
    practice = practices().get(block.what)
    if practice is None or not offered(practice, pace_of(door)):
        return {"line": t["today_left_out"]}
    return {"line": t["today_is"], "practice": practice}


def _day(kept: Experiment, on: date, today: date, t: dict[str, Any]) -> dict[str, Any]:
    told = kept.on(on)
    form = DayForm(
        initial={"hard": told.hard}, auto_id=f"id_%s_{'today' if on == today else 'yesterday'}"
    )
    return {
        "on": on,
        "label": t["how_today" if on == today else "how_yesterday"],
        "field": form["hard"],
        "done": told.done,
        "told": told.hard is not None or told.done is not None,
        "is_today": on == today,
    }


def result_shown(kept: Experiment, result: Result, t: dict[str, Any]) -> dict[str, Any]:
    """What came of it, as the page shows it: sentence, figures, picture and table."""
    one, other = called(kept.one), called(kept.other) if kept.other else t["nothing"]
    rows = [
        {
            "first": pair.first,
            "one": figure(f"{pair.one:.1f}"),
            "other": figure(f"{pair.other:.1f}"),
            "lighter": _signed(pair.lighter),
        }
        for pair in result.pairs
    ]
    figures = ""
    if result.lighter is not None and result.low is not None and result.high is not None:
        figures = t["figures"].format(
            mid=_signed(result.lighter),
            low=_signed(result.low),
            high=_signed(result.high),
            p=max(1, round(100 * (result.p or 0))),
            days=result.days,
            pairs=len(result.pairs),
        )
    done = ""
    if result.as_planned is not None:
        done = t["as_planned"].format(share=round(100 * result.as_planned))
    pairs = [(f"{p.first.day}.{p.first.month}.", p.one, p.other) for p in result.pairs]
    return {
        "sentence": result.sentence,
        "figures": figures,
        "done": done,
        "one": one,
        "other": other,
        "rows": rows,
        "note": t["picture_note"].format(one=f"“{one}”", other=other),
        "chart": drawing.pairs(pairs) if pairs else None,
    }


def _signed(value: float) -> str:
    return figure(f"{round(value, 1) + 0.0:.1f}").replace("-", drawing.MINUS)
