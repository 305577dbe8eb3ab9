"""Erasing some days, or everything and whoever wrote it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings as conf
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from secondvoice.backups import copies_here, take_copies_away
from secondvoice.departing import counted, words_of
from secondvoice.departing.forms import DaysForm, SureForm
from secondvoice.departing.spans import erase_span, in_span
from secondvoice.people.ending import end_person
from secondvoice.people.forms import UnlockForm
from secondvoice.people.house import house
from secondvoice.people.middleware import lock_session
from secondvoice.people.views.access import (
    asks_for_passphrase,
    passphrase_is_right,
    posted,
    unlocked,
)
from secondvoice.people.views.words import words_of as people_words
from secondvoice.records.errors import CannotKeep
from secondvoice.records.models import leave_no_bytes

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door


@require_http_methods(["GET", "POST"])
@unlocked
def erase(request: Request, door: Door) -> HttpResponse:
    """Everything, with the keys, and where many share a house the account."""
    many, ask = house().many, asks_for_passphrase(request, door)
    old = UnlockForm(posted(request), prefix="old")
    form = SureForm(posted(request))
    copies = 0 if many else copies_here(conf.DATA)
    if (
        request.method == "POST"
        and form.is_valid()
        and (not ask or passphrase_is_right(request, door, old))
    ):
        end_person(door.person, conf.DATA)
        # All is gone and overwritten; giving back the room that it took can wait for a stop.
        with suppress(CannotKeep):
            leave_no_bytes()
        lock_session(request, sign_out=True)
        if copies and form.cleaned_data["backups_too"]:
            take_copies_away(conf.DATA)
            copies = 0
        return erased_page(request, copies=copies)
    context = {
        "t": words_of("erase"),
        "form": form,
        "old": old if ask else None,
        "now": people_words("key_change")["old"],
        "many": many,
        "copies": counted(words_of("erase"), "backups", copies),
    }
    return render(request, "departing/erase.html", context)


def erased_page(request: Request, *, copies: int) -> HttpResponse:
    """That it is gone, and what still holds it.

    Args:
        request: who sent it; the diary is locked.
        copies: how many backups lie in the data folder.
    """
    t = words_of("erased")
    context = {"t": t, "many": house().many, "copies": counted(t, "copies", copies)}
    response = render(request, "departing/erased.html", context)
    # What waited in this browser, sealed to a key that is gone, and its pages for later.
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@require_http_methods(["GET", "POST"])
@unlocked
def erase_days(request: Request, door: Door) -> HttpResponse:
    """Some days: first how much is in them, then, with the passphrase, for good."""
    ask = asks_for_passphrase(request, door)
    sure = "sure" in request.POST
    form = DaysForm(posted(request))
    old = UnlockForm(posted(request) if sure else None, prefix="old")
    t = words_of("days")
    number: int | None = None
    closed = 0
    changed = looked = ""
    if request.method == "POST" and form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        zone = timezone.get_current_timezone()
        if sure and (not ask or passphrase_is_right(request, door, old)):
            seen = _seen(request, first, last)
            found = erase_span(door, first, last, zone, number=seen)
            if seen and found.number == seen:
                messages.info(request, t["done"].format(count=seen))
                return redirect("erase_days")
            changed = t["changed"]
        else:
            found = in_span(door, first, last, zone)
        number, closed = found.number, found.closed
        looked = f"{first} {last} {number}"
    context = {
        "t": t,
        "form": form,
        "old": old if ask else None,
        "now": people_words("key_change")["old"],
        "nothing": number == 0 and not closed,
        "found": counted(t, "found", number or 0),
        "changed": changed,
        "closed": counted(t, "closed", closed),
        "looked": looked,
    }
    return render(request, "departing/days.html", context)


def _seen(request: Request, first: date, last: date) -> int:
    """How many things the page showed for just these days; 0 where it showed none, or others."""
    shown = re.fullmatch(rf"{first} {last} ([0-9]{{1,9}})", request.POST.get("looked", ""))
    return int(shown[1]) if shown else 0
