"""What helps me: estimates in words, a picture, what is suggested today, and what is refused."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from secondvoice.growth import drawing
from secondvoice.growth.helps import day_seed, suggest, what_helps
from secondvoice.growth.helps.occasion import ANSWER
from secondvoice.growth.names import called, kind_called, words_of
from secondvoice.growth.occasions import occasions
from secondvoice.growth.record import REFUSED, REFUSED_THING, Refused
from secondvoice.growth.views.common import not_today, page, people_first
from secondvoice.people.views.access import unlocked
from secondvoice.practices.catalogue import practices
from secondvoice.practices.pace import offered, pace_of
from secondvoice.tongues import figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from secondvoice.growth.helps import Estimate
    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

SHOWN = 8
"""Rows of a picture at most, those done most often first."""

IN_ORDER = ("helps", "none", "heavier")
"""In which order it is told: what helps comes first."""


@require_GET
@unlocked
def helps(request: Request, door: Door) -> HttpResponse:
    """All that can be said, and one thing for today."""
    t = words_of("helps")
    if not_today(door):
        return people_first(request, door, "helps", t["title"])
    zone = timezone.get_current_timezone()
    estimates = what_helps(
        occasions(door.all("moment"), door.all("practice"), zone), now=timezone.now()
    )
    overall = [one for one in estimates if not one.kind]
    known = sorted(
        (one for one in overall if one.verdict != "early"),
        key=lambda one: (IN_ORDER.index(one.verdict), -one.mid),
    )
    by_kind = [one for one in estimates if one.kind and one.verdict != "early"]
    refused = refused_of(door)
    return page(
        request,
        door,
        "helps",
        t=t,
        groups=[
            _group(t[name], of, t)
            for name, of in (
                ("practices", [one for one in known if not one.what.startswith(ANSWER)]),
                ("answers", [one for one in known if one.what.startswith(ANSWER)]),
            )
            if of
        ],
        early=[_row(one, t) for one in overall if one.verdict == "early"],
        kinds=[_row(one, t) for one in by_kind],
        suggested=_suggested(door, estimates, refused),
        refused=[(name, called(name)) for name in refused.practices],
    )


@require_POST
@unlocked
def refuse(request: Request, door: Door) -> HttpResponse:
    """Don't offer this again, or do."""
    name, again = request.POST.get("practice", ""), "bring_back" in request.POST
    before = refused_of(door)
    if again:
        after = before.without(name)
    elif name in practices():
        after = before.with_one(name)
    else:
        raise Http404
    if after != before:
        door.keep(after, thing=REFUSED_THING, history=False)
    return redirect("helps")


def refused_of(door: Door) -> Refused:
    """What the person does not want to be offered again."""
    kept = door.latest(REFUSED)
    return kept.value if kept is not None and isinstance(kept.value, Refused) else Refused()


def _suggested(
    door: Door, estimates: Sequence[Estimate], refused: Refused
) -> dict[str, Any] | None:
    """One practice for today with the reason, inside the pace."""
    pace = pace_of(door)
    open_ = [name for name, each in practices().items() if offered(each, pace)]
    seed = day_seed(door.person, timezone.localdate())
    found = suggest(estimates, open_, seed=seed, refused=refused.practices)
    if found is None:
        return None
    return {"practice": practices()[found.what], "why": found.sentence}


def _group(title: str, of: Sequence[Estimate], t: dict[str, Any]) -> dict[str, Any]:
    """Estimates of one sort: told, drawn and as a table."""
    often = {one.what for one in sorted(of, key=lambda one: -one.times)[:SHOWN]}
    drawn = [one for one in of if one.what in often]
    return {"title": title, "rows": [_row(one, t) for one in of], "chart": _chart(drawn)}


def _row(estimate: Estimate, t: dict[str, Any]) -> dict[str, Any]:
    times = t["times_one"] if estimate.times == 1 else t["times"].format(times=estimate.times)
    return {
        "what": called(estimate.what),
        "kind": kind_called(estimate.kind) if estimate.kind else "",
        "sentence": estimate.sentence,
        "verdict": t["verdicts"][estimate.verdict],
        "times": times,
        "count": estimate.times,
        "range": t["range"].format(low=_points(estimate.low), high=_points(estimate.high)),
    }


def _chart(estimates: Sequence[Estimate]) -> drawing.Dots:
    """The picture; what was not seen to do anything is drawn as an outline."""
    figures = [
        drawing.Figure(called(one.what), one.low, one.mid, one.high, weak=one.verdict == "none")
        for one in estimates
    ]
    least = min(-1, math.floor(min(one.low for one in estimates)))
    most = max(3, math.ceil(max(one.high for one in estimates)))
    return drawing.dots(figures, least=least, most=most, step=1)


def _points(value: float) -> str:
    """To the tenth, with a true minus; never "−0.0"."""
    return figure(f"{round(value, 1) + 0.0:.1f}").replace("-", drawing.MINUS)
