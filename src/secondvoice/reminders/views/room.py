"""The page of reminders: what there is, what comes next, and by which ways."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondvoice.people.views.access import posted, unlocked
from secondvoice.records.ids import made_at
from secondvoice.reminders.clock import wall
from secondvoice.reminders.forms import (
    AddressForm,
    CodeForm,
    HoursForm,
    ReminderForm,
    values_of,
)
from secondvoice.reminders.models import devices_of
from secondvoice.reminders.rules import MOST_REMINDERS, Reminder, never_arrives, next_due
from secondvoice.reminders.views.common import (
    chosen_by,
    day_said,
    due_said,
    keep_plan,
    when_said,
)
from secondvoice.reminders.words import says, words
from secondvoice.vault.push import vapid_public_key

if TYPE_CHECKING:
    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door
    from secondvoice.reminders.record import Reminders
    from secondvoice.reminders.rules import Plan

SHOWN_NEXT = 7


@require_GET
@unlocked
def reminders(request: Request, door: Door) -> HttpResponse:
    """All of it on one page."""
    return room(request, door, chosen_by(door, request))


def room(
    request: Request, door: Door, chosen: Reminders, **forms: AddressForm | CodeForm
) -> HttpResponse:
    """The page, with a form that was not right, if there was one."""
    plan, devices = chosen.plan, devices_of(door.person)
    any_way = bool(chosen.calendar or chosen.address or devices)
    key = base64.urlsafe_b64encode(vapid_public_key(settings.SECRET_KEY.encode()))
    context: dict[str, Any] = {
        "t": words("room"),
        "yours": [_shown(one, plan) for one in plan.reminders],
        "full": len(plan.reminders) >= MOST_REMINDERS,
        "parts": words("parts_of_day"),
        "no_way": bool(plan.reminders) and not any_way,
        **_coming(plan),
        "ways": words("ways"),
        "on_this_computer": settings.FRONT_DOOR,
        "calendar": words("calendar"),
        "address": _address(request, chosen) if chosen.calendar else "",
        "device": words("device"),
        "devices": [
            {
                "id": one.id,
                "since": words("device")["since"].format(
                    day=day_said(timezone.localtime(made_at(one.id))),
                    relay=urlsplit(one.endpoint).hostname,
                ),
            }
            for one in devices
        ],
        "push_key": key.rstrip(b"=").decode(),
        "email": words("email"),
        "email_set_up": settings.MAIL is not None,
        "email_on": words("email")["on"].format(address=chosen.address) if chosen.address else "",
        "email_asked": chosen.asked,
        "address_form": forms.get("address_form", AddressForm()),
        "code_form": forms.get("code_form", CodeForm()),
    }
    return render(request, "reminders/room.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def new(request: Request, door: Door) -> HttpResponse:
    """One more."""
    chosen = chosen_by(door, request)
    if len(chosen.plan.reminders) >= MOST_REMINDERS:
        return redirect("reminders")
    form = ReminderForm(uuid4(), chosen.plan.quiet, posted(request), initial=_begun(request))
    if request.method == "POST" and form.is_valid():
        plan = chosen.plan
        keep_plan(door, chosen, replace(plan, reminders=_sorted(plan.reminders, form.reminder)))
        messages.info(request, words("room")["kept"])
        return redirect("reminders")
    context = {"t": words("one"), "title": words("one")["title_new"], "form": form}
    return render(request, "reminders/one.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def change(request: Request, door: Door, one: UUID) -> HttpResponse:
    """One that is there."""
    chosen = chosen_by(door, request)
    now = _found(chosen.plan, one)
    form = ReminderForm(one, chosen.plan.quiet, posted(request), initial=values_of(now))
    if request.method == "POST" and form.is_valid():
        others = tuple(other for other in chosen.plan.reminders if other.id != one)
        plan = replace(chosen.plan, reminders=_sorted(others, form.reminder))
        keep_plan(door, chosen, plan)
        messages.info(request, words("room")["kept"])
        return redirect("reminders")
    context = {"t": words("one"), "title": words("one")["title"], "form": form, "one": one}
    return render(request, "reminders/one.html", context)


@require_POST
@unlocked
def remove(request: Request, door: Door, one: UUID) -> HttpResponse:
    """Take one away."""
    chosen = chosen_by(door, request)
    others = tuple(other for other in chosen.plan.reminders if other.id != one)
    keep_plan(door, chosen, replace(chosen.plan, reminders=others))
    messages.info(request, words("room")["removed"])
    return redirect("reminders")


@require_http_methods(["GET", "POST"])
@unlocked
def hours(request: Request, door: Door) -> HttpResponse:
    """Quiet hours, the time zone, a pause."""
    chosen = chosen_by(door, request)
    plan = chosen.plan
    initial = {
        "quiet_start": wall(plan.quiet.start) if plan.quiet else None,
        "quiet_end": wall(plan.quiet.end) if plan.quiet else None,
        "zone": plan.zone,
        "paused": _is_paused(plan),
        "back_on": plan.back_on if _is_paused(plan) else None,
    }
    form = HoursForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        keep_plan(door, chosen, form.applied_to(plan))
        messages.info(request, words("room")["kept"])
        return redirect("reminders")
    return render(request, "reminders/hours.html", {"t": words("hours"), "form": form})


@require_POST
@unlocked
def pause(request: Request, door: Door) -> HttpResponse:
    """Stop everything, or let it go on, in one touch."""
    chosen = chosen_by(door, request)
    plan = replace(chosen.plan, paused=request.POST.get("way") == "pause", back_on=None)
    keep_plan(door, chosen, plan)
    messages.info(request, words("room")["stopped" if plan.paused else "goes_on"])
    return redirect("reminders")


def _coming(plan: Plan) -> dict[str, Any]:
    t = words("room")
    paused = _is_paused(plan)
    coming = next_due(plan, timezone.now(), SHOWN_NEXT)
    known = says()
    said = t["next_none"] if not coming else ""
    if paused:
        until = plan.back_on
        said = t["next_paused_until"].format(day=day_said(until)) if until else t["next_paused"]
    return {
        "paused": paused,
        "said": said,
        "next": [
            {"when": due_said(due, plan.zone), "words": known.get(due.text, known["moment"])}
            for due in coming
        ],
        "zone": t["times_in"].format(zone=plan.zone),
    }


def _shown(one: Reminder, plan: Plan) -> dict[str, Any]:
    return {
        "id": one.id,
        "when": when_said(one),
        "words": says().get(one.text, says()["moment"]),
        "quiet": never_arrives(one, plan.quiet),
    }


def _is_paused(plan: Plan) -> bool:
    today = timezone.localdate()
    return plan.paused and (plan.back_on is None or plan.back_on > today)


def _address(request: Request, chosen: Reminders) -> str:
    return request.build_absolute_uri(reverse("calendar_feed", args=[chosen.calendar]))


def _begun(request: Request) -> dict[str, Any]:
    """What the form begins with: a part of the day that was asked for, else the usual."""
    begun: dict[str, Any] = {"times": 1, "days": list(range(7)), "text": "moment"}
    part = words("parts_of_day").get(request.GET.get("part", ""))
    if part is not None:
        begun |= {name: part[name] for name in ("start", "end", "days")}
    return begun


def _sorted(others: tuple[Reminder, ...], one: Reminder) -> tuple[Reminder, ...]:
    return tuple(sorted((*others, one), key=lambda it: (it.start, it.end or it.start)))


def _found(plan: Plan, one: UUID) -> Reminder:
    for reminder in plan.reminders:
        if reminder.id == one:
            return reminder
    raise Http404
