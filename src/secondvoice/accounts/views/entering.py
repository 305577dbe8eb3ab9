"""Coming in by an invitation, and going on to another sign-on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import consume
from django.conf import settings as conf
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from secondvoice.accounts.forms import InvitationForm
from secondvoice.accounts.invitation_code import invitation_hash
from secondvoice.accounts.models import is_invited
from secondvoice.accounts.views.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

INVITATION = "invitation"
"""Where the session keeps the hash of an invitation until it is used."""


@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest) -> HttpResponse:
    """Take an invitation, from its address or typed, and go on to making the account.

    Raises:
        Http404: nobody is invited here.
    """
    if conf.ACCOUNTS != "invited":
        raise Http404
    sent = request.POST if request.method == "POST" else request.GET
    form = InvitationForm(sent if "code" in sent else None)
    if form.is_valid():
        if not _may(request, "invitation"):
            return _wait(request)
        found = invitation_hash(form.cleaned_data["code"])
        if is_invited(found):
            request.session[INVITATION] = found
            return redirect("account_signup")
        form.add_error("code", words_of("invited")["not_now"])
    return render(request, "accounts/invited.html", {"form": form, "t": words_of("invited")})


@require_GET
def address(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django passes it
    """Where the library leads who has an address already: to the page about signing in."""
    return redirect("mfa_index")


def onward(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Go on to another origin by a page, not by a redirect.

    A form may lead only to this site, and browsers count the redirect that answers it. Each time
    the other one is asked where it is, so it is counted.
    """

    def go(request: HttpRequest, **named: Any) -> HttpResponse:
        if not _may(request, "sign_on"):
            return _wait(request)
        try:
            response = view(request, **named)
        except OSError:
            # It cannot be reached; what the error says holds its address.
            return render(request, "socialaccount/authentication_error.html", status=502)
        there = response.headers.get("Location", "")
        if not urlsplit(there).netloc:
            return response
        return render(request, "accounts/onward.html", {"address": there, "t": words_of("oidc")})

    return go


def _may(request: HttpRequest, action: str) -> bool:
    """Count a try, also one by an address alone, which the library leaves out; False: too many."""
    return bool(consume(request, app="allauth.account", action=action, limit_get=True))


def _wait(request: HttpRequest) -> HttpResponse:
    refused: HttpResponse = ratelimit.respond_429(request)
    return refused
