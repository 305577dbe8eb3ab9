"""Switching the ways on and off: the calendar's address, a browser, letters."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from secondvoice.people.house import house
from secondvoice.people.views.access import unlocked
from secondvoice.records.models import one_transaction
from secondvoice.reminders import mail
from secondvoice.reminders.endpoints import Browser
from secondvoice.reminders.forms import AddressForm, CodeForm, DeviceForm
from secondvoice.reminders.models import add_device, remove_device
from secondvoice.reminders.views.common import chosen_by, keep
from secondvoice.reminders.views.room import room
from secondvoice.reminders.words import words

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

SECRET_BYTES = 32
CODE_DIGITS = 6
MOST_WRONG = 5
"""Wrong codes, after which another letter is needed: nobody guesses one of a million in five."""


@require_POST
@unlocked
def calendar(request: Request, door: Door) -> HttpResponse:
    """Make an address, in the place of one that is there, or take it back."""
    chosen = chosen_by(door, request)
    on = request.POST.get("way") == "on"
    keep(door, replace(chosen, calendar=secrets.token_urlsafe(SECRET_BYTES) if on else ""))
    messages.info(request, words("calendar")["made" if on else "gone"])
    return redirect(reverse("reminders") + "#calendar")


@require_POST
@unlocked
def device(request: Request, door: Door) -> HttpResponse:
    """A browser that allowed notices."""
    form = DeviceForm(settings.PUSH_ALSO_ALLOWED, request.POST)
    if not form.is_valid():
        messages.info(request, words("device")["failed"])
        return redirect(reverse("reminders") + "#device")
    browser = Browser(**form.cleaned_data, opens=request.build_absolute_uri(reverse("minute")))
    with one_transaction():
        add_device(door.person, browser)
        keep(door, chosen_by(door, request))
    messages.info(request, words("device")["added"])
    return redirect(reverse("reminders") + "#device")


@require_POST
@unlocked
def device_remove(request: Request, door: Door, one: UUID) -> HttpResponse:
    """No more notices there."""
    with one_transaction():
        remove_device(door.person, one)
        keep(door, chosen_by(door, request))
    messages.info(request, words("device")["gone"])
    return redirect(reverse("reminders") + "#device")


@require_POST
@unlocked
def email(request: Request, door: Door) -> HttpResponse:
    """Ask for a code, bring it, or stop."""
    match request.POST.get("way"):
        case "ask" if settings.MAIL is not None:
            return _ask(request, door, settings.MAIL)
        case "confirm":
            return _confirm(request, door)
        case _:
            chosen = chosen_by(door, request)
            keep(door, replace(chosen, address="", asked="", code="", wrong=0))
            messages.info(request, words("email")["gone"])
            return redirect(reverse("reminders") + "#email")


def _ask(request: Request, door: Door, host: mail.MailHost) -> HttpResponse:
    chosen = chosen_by(door, request)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return room(request, door, chosen, address_form=form)
    address = str(form.cleaned_data["address"])
    if not house().may_write_to(request, address):
        messages.info(request, words("email")["often"])
        return redirect(reverse("reminders") + "#email")
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    letter = words("letter")
    body = letter["code"].format(code=code)
    if mail.post(host, address, letter["subject_code"], body, timezone.now()):
        keep(door, replace(chosen, asked=address, code=code, wrong=0))
        messages.info(request, words("email")["sent"])
    else:
        messages.info(request, words("email")["not_sent"])
    return redirect(reverse("reminders") + "#email")


def _confirm(request: Request, door: Door) -> HttpResponse:
    chosen = chosen_by(door, request)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return room(request, door, chosen, code_form=form)
    sent = str(form.cleaned_data["code"])
    if not chosen.code or not hmac.compare_digest(sent.encode(), chosen.code.encode()):
        wrong = chosen.wrong + 1
        code = chosen.code if wrong < MOST_WRONG else ""
        keep(door, replace(chosen, wrong=wrong, code=code))
        form.add_error("code", words("email")["wrong"])
        return room(request, door, replace(chosen, wrong=wrong, code=code), code_form=form)
    keep(door, replace(chosen, address=chosen.asked, asked="", code="", wrong=0))
    messages.info(request, words("email")["confirmed"])
    return redirect(reverse("reminders") + "#email")
