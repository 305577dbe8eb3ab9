"""Support and grounding: the same for everybody, without a script, and fit to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from secondvoice import practices
from secondvoice.people.views.access import from_this_origin
from secondvoice.support.lines import by_country, dialled, first_of
from secondvoice.support.views.country import COOKIE, KEPT, PATH, country_of, remember
from secondvoice.support.views.shown import STILL_HEADER, shown_to, words_of_plan
from secondvoice.texts import texts

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_GET
def support(request: HttpRequest) -> HttpResponse:
    """People to turn to. First of all the person's own plan, as far as it may be shown.

    The lines of a country that this browser remembers come before all others.

    Who has none, or whose diary is locked and has nothing lying open, gets everybody's page.
    """
    words = texts("secondvoice.support", "support.toml")
    seen = shown_to(request)
    code = country_of(request, words["numbers"]["countries"])
    countries = by_country(words)
    context = {
        **words,
        "still": True,
        "t": words_of_plan(),
        "seen": seen,
        "danger_lines": first_of(code, dialled(words["danger"]["numbers"])),
        "countries": countries,
        "yours": next((country for country in countries if country.code == code), None),
        "cookie": {"name": COOKIE, "path": PATH, "kept": str(KEPT)},
        "abuse_lines": dialled(words["abuse"]["lines"]),
    }
    response = render(request, "support/support.html", context)
    patch_vary_headers(response, [STILL_HEADER, "Cookie"])
    if not seen.parts:
        response.headers["Cache-Control"] = "no-cache"
    return response


# Sent by a page that is everybody's and has no token; see from_this_origin.
@csrf_exempt
@require_POST
def country(request: HttpRequest) -> HttpResponse:
    """Let this browser remember a country, or forget it. Nothing is kept anywhere else."""
    if not from_this_origin(request):
        return HttpResponse(status=403)
    code = request.POST.get("in", "")
    known = texts("secondvoice.support", "support.toml")["numbers"]["countries"]
    code = code if code in known else ""
    response = HttpResponseRedirect(reverse("support") + ("#yours" if code else "#numbers"))
    remember(response, code, secure=request.is_secure())
    return response


@require_GET
def grounding(request: HttpRequest) -> HttpResponse:
    """Soles of the feet, and another way."""
    context = {"grounding": practices.grounding(), "still": True}
    response = render(request, "support/grounding.html", context)
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_GET
def therapist(request: HttpRequest) -> HttpResponse:
    """Working with somebody: when, how to look, what to say."""
    words = texts("secondvoice.support", "therapist.toml")
    response = render(request, "support/therapist.html", {**words, "still": True})
    response.headers["Cache-Control"] = "no-cache"
    return response
