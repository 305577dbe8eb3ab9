"""Support and grounding: the same for everybody, without a script, and fit to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from secondvoice import practices
from secondvoice.support.lines import by_country, dialled
from secondvoice.support.views.shown import STILL_HEADER, shown_to, words_of_plan
from secondvoice.texts import texts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
def support(request: HttpRequest) -> HttpResponse:
    """People to turn to. First of all the person's own plan, as far as it may be shown.

    Who has none, or whose diary is locked and has nothing lying open, gets everybody's page.
    """
    words = texts("secondvoice.support", "support.toml")
    seen = shown_to(request)
    context = {
        **words,
        "still": True,
        "t": words_of_plan(),
        "seen": seen,
        "danger_lines": dialled(words["danger"]["numbers"]),
        "countries": by_country(words),
        "abuse_lines": dialled(words["abuse"]["lines"]),
    }
    response = render(request, "support/support.html", context)
    patch_vary_headers(response, [STILL_HEADER])
    if not seen.parts:
        response.headers["Cache-Control"] = "no-cache"
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
