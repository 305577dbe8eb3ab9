"""Ending an account whose diary is not open: never begun, or its passphrase is forgotten."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
    get_reauthentication_flows,
)
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings as conf
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from secondvoice.accounts.models import end_entirely
from secondvoice.accounts.views.words import words_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from secondvoice.accounts.middleware import AccountRequest


@require_http_methods(["GET", "POST"])
@login_required
def end(request: HttpRequest) -> HttpResponse:
    """Erase everything of who is signed in, and the account, once they have shown who they are.

    Where the diary is open, the passphrase is asked for instead, on the page of erasing.

    Raises:
        ReauthenticationRequired: they have to show it anew first.
    """
    own = cast("AccountRequest", request)
    if own.door is not None:
        return redirect("erase")
    fresh = did_recently_reauthenticate(request) or _just_signed_in(own)
    if not fresh and get_reauthentication_flows(own.user):
        if request.method == "POST":
            # An old form: the library would lay it by, and send it on.
            return redirect(request.path)
        raise ReauthenticationRequired
    t = words_of("end")
    error = ""
    if request.method == "POST" and fresh:
        if "sure" in request.POST:
            end_entirely(own.user, conf.DATA)
            logout(request)
            response = render(request, "accounts/ended.html", {"t": words_of("ended")})
            # What waited in this browser, sealed to a key that is gone, and its pages for later.
            response.headers["Clear-Site-Data"] = '"storage"'
            return response
        error = t["not_sure"]
    context = {"t": t, "fresh": fresh, "error": error, "begun": own.account_person is not None}
    return render(request, "accounts/end.html", context)


def _just_signed_in(request: AccountRequest) -> bool:
    """Whether they signed in a moment ago: who comes by another sign-on has no other way."""
    records = get_authentication_records(request, request.user)
    since = time.time() - records[-1]["at"] if records else app_settings.REAUTHENTICATION_TIMEOUT
    return bool(since < app_settings.REAUTHENTICATION_TIMEOUT)
