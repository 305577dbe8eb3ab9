"""The room's own page, what a measure is, and the everyday check-in."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from secondvoice import practices
from secondvoice.measures.catalogue import instruments
from secondvoice.measures.forms import CheckInForm
from secondvoice.measures.kept import CHECK_INS, TAKING, due, half_way, histories, month_thing
from secondvoice.measures.record import CheckIns, Taking
from secondvoice.measures.taking import offered
from secondvoice.measures.views.common import choices_of, in_english, in_order, named, words_of
from secondvoice.people.views import undoing
from secondvoice.people.views.access import id_sent, posted, unlocked
from secondvoice.records.errors import NotThere
from secondvoice.records.ids import make_id

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse

    from secondvoice.measures.instrument import Instrument
    from secondvoice.people.middleware import Request
    from secondvoice.records.kept import Kept
    from secondvoice.records.models import Door

LOOKED_AT = 40
"""Of so many newest takings the page tells when a measure was taken last."""

BESIDE = frozenset({"ipip-self-esteem", "who-5"})
"""What stands beside self-compassion and is not about it."""

SECONDS_A_QUESTION = 8

_WHAT = {"trait": "what_trait", "state": "what_state"}


@require_GET
@unlocked
def measures(request: Request, door: Door) -> HttpResponse:
    """Everything that a person can do here."""
    choices = choices_of(door)
    kept = door.page(TAKING, limit=LOOKED_AT).items
    today = timezone.localdate()
    taken = histories(kept, timezone.get_current_timezone())
    begun = next(half_way(kept), None)
    context = {
        "t": words_of("room"),
        "groups": _groups(choices.asked_for),
        "begun": _begun(begun),
        "deleted": undoing.just_deleted(request, TAKING),
        "due": due(taken, today, choices.weeks),
        "form": CheckInForm(initial=_said(door, today)),
        "check": words_of("check_in"),
        "last": _last(kept),
    }
    return render(request, "measures/room.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def measure(request: Request, door: Door, name: str) -> HttpResponse:
    """Before a taking: what the measure is, how long it takes, what it cannot say."""
    instrument = named(name, door)
    if instrument.kind == "card":
        return redirect("enter_score", name)
    if request.method == "POST":
        thing = _begin(request, door, instrument)
        if request.POST.get("way") == "all":
            return redirect("taking", thing)
        return redirect("question", thing, 1)
    begun = next(
        (
            kept
            for kept in half_way(door.page(TAKING, limit=LOOKED_AT).items)
            if kept.value.instrument == name
        ),
        None,
    )
    t = words_of("about")
    context = {
        "t": t,
        "go_on": words_of("room")["go_on"],
        "instrument": instrument,
        "count": t["questions"].format(count=len(instrument.items), minutes=_minutes(instrument)),
        "what": t[_WHAT.get(instrument.time, "what_weeks")],
        "thing": make_id(),
        "begun": _begun(begun),
        "in_english": in_english(),
    }
    return render(request, "measures/about.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def check_in(request: Request, door: Door) -> HttpResponse:
    """How today was, in three numbers. Sent again on the same day it takes the place of itself."""
    today = timezone.localdate()
    form = CheckInForm(posted(request), initial=_said(door, today))
    if request.method == "POST" and form.is_valid():
        # Nobody else changes the month between: the days of another page, or erased ones.
        with door.holding():
            month = month_of(door, today)
            if not (form.check_in.empty and month.on(today).empty):
                first = datetime.combine(month.month, time(12), timezone.get_current_timezone())
                door.keep(
                    month.with_day(today, form.check_in),
                    thing=month_thing(today),
                    happened_at=first,
                    history=False,
                )
                practices.noted_how_hard(door, form.check_in.hard)
                messages.info(request, words_of("check_in")["kept"])
        return redirect("measures")
    context = {"form": form, "check": words_of("check_in")}
    return render(request, "measures/check_in.html", context)


def _begin(request: Request, door: Door, instrument: Instrument) -> UUID:
    """A new taking under the id that the page was given, so that sent twice is begun once."""
    thing = id_sent(request, door, TAKING)
    if not door.was_there(thing):
        taking = Taking(
            instrument.id, instrument.version, timezone.now(), zone=request.choices.zone
        )
        door.keep(taking, thing=thing, history=False)
    return thing


def month_of(door: Door, day: date) -> CheckIns:
    """The check-ins of the month of ``day``; empty ones where there are none."""
    try:
        kept = door.get(CHECK_INS, month_thing(day)).value
    except NotThere:
        kept = None
    return kept if isinstance(kept, CheckIns) else CheckIns(day.replace(day=1))


def _said(door: Door, today: date) -> dict[str, int | None]:
    """What was said of today so far."""
    said = month_of(door, today).on(today)
    return {"day": said.day, "hard": said.hard, "kind": said.kind}


def _groups(asked_for: bool) -> list[dict[str, Any]]:
    """What can be taken, in groups: about self-compassion, beside it, on request."""
    here = sorted(
        offered(instruments().values(), asked_for=asked_for),
        key=lambda one: in_order(one.id),
    )
    kinds: dict[str, list[dict[str, Any]]] = {"self": [], "beside": [], "asked": []}
    for one in here:
        group = "asked" if one.on_request else "beside" if one.id in BESIDE else "self"
        kinds[group].append({"instrument": one, "minutes": _minutes(one)})
    return [
        {"title": words_of("room")[f"group_{name}"], "measures": found}
        for name, found in kinds.items()
        if found
    ]


def _minutes(instrument: Instrument) -> str:
    """How long it takes, about, in words."""
    minutes = round(len(instrument.items) * SECONDS_A_QUESTION / 60)
    said = ngettext("about a minute", "about {minutes} minutes", max(minutes, 1))
    return said.format(minutes=minutes)


def _begun(kept: Kept[Taking] | None) -> dict[str, Any] | None:
    """A taking that was left half-way, and the question to go on at."""
    if kept is None or not kept.value.begun_with:
        return None
    instrument = instruments()[kept.value.instrument]
    return {
        "thing": kept.thing,
        "instrument": instrument,
        "number": next_number(kept.value, instrument) or len(instrument.items),
        "said": words_of("room")["begun"].format(short=instrument.short),
    }


def next_number(taking: Taking, instrument: Instrument) -> int | None:
    """The first question, from 1, that has no answer yet; None where all have one."""
    for number, item in enumerate(instrument.items, start=1):
        if item.id not in taking.answers and item.id not in taking.passed:
            return number
    return None


def _last(kept: list[Any]) -> dict[str, Any] | None:
    """The newest finished taking, to go back to its result."""
    for item in kept:
        taking = getattr(item, "value", None)
        if isinstance(taking, Taking) and taking.done and taking.instrument in instruments():
            return {
                "thing": item.thing,
                "instrument": instruments()[taking.instrument],
                "on": item.happened_at,
            }
    return None
