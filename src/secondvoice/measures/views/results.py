"""After the last answer: support where an answer asks for it, then the scores."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondvoice.measures.change import latest_change
from secondvoice.measures.following import pole_values, weakest
from secondvoice.measures.kept import TAKING, histories, precision_for, scores_of
from secondvoice.measures.scoring import needs_support
from secondvoice.measures.taking import WORDS, remarks
from secondvoice.measures.views.common import choices_of, find, places_of, shown, words_of
from secondvoice.measures.views.room import next_number
from secondvoice.people.views import undoing
from secondvoice.people.views.access import unlocked
from secondvoice.poles import COMPASSIONATE, Pole
from secondvoice.support import to_turn_to

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpResponse

    from secondvoice.measures.change import Change
    from secondvoice.measures.instrument import Instrument
    from secondvoice.measures.record import MeasureChoices, Taking
    from secondvoice.measures.scoring import Scored, Scores
    from secondvoice.people.middleware import Request
    from secondvoice.records.kept import Kept
    from secondvoice.records.models import Door

LOOKED_AT = 60
"""Of so many newest takings a result tells what is different."""

FULL = 100.0
"""The width of a bar of the whole scale, in units of its drawing."""


@require_http_methods(["GET", "POST"])
@unlocked
def support(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """People to turn to, before the score and before the next question. The way on is open."""
    kept, instrument = find(door, thing)
    taking: Taking = kept.value
    if request.method == "POST":
        door.keep(replace(taking, supported=True), thing=thing, history=False)
        left = next_number(taking, instrument)
        if taking.done or left is None:
            return redirect("result", thing)
        return redirect("question", thing, left)
    context = {
        "support": WORDS["support_first"],
        **to_turn_to(),
        "thing": thing,
        "done": taking.done,
    }
    return render(request, "measures/support.html", context)


@require_GET
@unlocked
def result(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """The scores of one taking, with what they can and cannot say, and one thing to do next."""
    kept, instrument = find(door, thing)
    taking: Taking = kept.value
    if not taking.done:
        return redirect("question", thing, next_number(taking, instrument) or 1)
    if needs_support(instrument, taking.answers) and not taking.supported:
        return redirect("taking_support", thing)
    if taking.elsewhere:
        return redirect(reverse("over_time") + f"#{instrument.id}")
    scores = scores_of(taking, instrument)
    pole = weakest(instrument, scores)
    context = {
        "t": words_of("result"),
        "scoring": WORDS["scores"],
        "instrument": instrument,
        "on": kept.happened_at,
        "thing": thing,
        "calm": taking.calm,
        "headline": _headline(scores),
        "rows": _in_rows(_shown_first(scores)),
        "sides": bool(_sides(scores)),
        "poles": _poles(scores),
        "remarks": remarks(scores),
        "change": _change(door, kept, instrument, choices_of(door)),
        "next": next_thing(pole),
        "left_out": _left_out(len(taking.passed)),
        "poles_lead": _poles_lead(instrument),
        "figures": instrument.time != "state",
    }
    return render(request, "measures/result.html", context)


@require_POST
@unlocked
def delete(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Delete a taking; it can be brought back for seven days."""
    return undoing.delete(request, door, TAKING, thing, room="measures")


@require_POST
@unlocked
def restore(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Bring a deleted taking back."""
    said = words_of("result")["back_again"]
    return undoing.restore(request, door, TAKING, thing, said=said, page="result")


def next_thing(pole: Pole | None) -> dict[str, str]:
    """One thing to do: from the pole that stands out, else the one that is always right."""
    following: dict[str, dict[str, str]] = words_of("next")
    return following[pole.value if pole else "none"]


def _headline(scores: Scores) -> str:
    """One plain sentence: the total, on which scale; or why there is none."""
    scored = _total(scores)
    if scored is None:
        return ""
    if scored.value is None:
        return str(WORDS["scores"]["without"]).format(reason=scored.reason)
    said = str(WORDS["scores"]["measured"])
    return said.format(
        value=shown(scored.value), least=shown(scored.least), most=shown(scored.most)
    )


def _total(scores: Scores) -> Scored | None:
    known = {scored.id: scored for scored in scores.scores}
    return known.get("total") or next(iter(known.values()), None)


def _sides(scores: Scores) -> tuple[Scored, ...]:
    return tuple(s for s in scores.scores if s.id in {"compassionate", "uncompassionate"})


def _shown_first(scores: Scores) -> list[Scored]:
    """The total, then its sides or parts; the six poles have a figure of their own."""
    rows = [scored for scored in scores.scores if scored.id not in set(Pole)]
    return sorted(rows, key=lambda scored: scored.id != "total")


def _in_rows(scored: Sequence[Scored]) -> list[dict[str, Any]]:
    places = places_of(one.value for one in scored if one.value is not None)
    return [_row(one, places) for one in scored]


def _row(scored: Scored, places: int) -> dict[str, Any]:
    """One score as a line with a bar."""
    return {
        "scored": scored,
        "value": "" if scored.value is None else shown(scored.value, places),
        "bar": _bar(scored),
        "why": words_of("result")["needs"].format(reason=scored.reason),
        "critical": scored.id == "uncompassionate",
    }


def _left_out(count: int) -> str:
    t = words_of("result")
    if not count:
        return ""
    return str(t["passed_one"] if count == 1 else t["passed"].format(count=count))


def _poles_lead(instrument: Instrument) -> str:
    said = str(words_of("result")["poles_lead"])
    if instrument.scale is None:
        return ""
    return said.format(least=instrument.scale.least, most=instrument.scale.most)


def _bar(scored: Scored) -> float:
    """How far along its scale a score stands, 0 to 100."""
    if scored.value is None:
        return 0.0
    return round((scored.value - scored.least) / (scored.most - scored.least) * FULL, 1)


def _poles(scores: Scores) -> list[dict[str, Any]]:
    """The six poles in three pairs, each with its opposite, in the order of an answer."""
    values = pole_values(scores)
    if not values:
        return []
    places = places_of(values.values())
    return [
        {
            "kind": {
                "label": pole.label,
                "value": shown(values[pole], places),
                "bar": _bar(scores[pole]),
            },
            "critic": {
                "label": pole.opposite.label,
                "value": shown(values[pole.opposite], places),
                "bar": _bar(scores[pole.opposite]),
            },
        }
        for pole in COMPASSIONATE
    ]


def _change(
    door: Door, kept: Kept[Taking], instrument: Instrument, choices: MeasureChoices
) -> Change | None:
    """What is different from the takings before this one, by the rule that fits their number."""
    upto = [
        item
        for item in door.page(TAKING, limit=LOOKED_AT).items
        if item.happened_at <= kept.happened_at
    ]
    history = histories(upto, timezone.get_current_timezone()).get(instrument.id, {})
    precision = precision_for(instrument, "total", choices)
    if precision is None or len(history.get("total", ())) < 2:
        return None
    return latest_change(history["total"], precision)
