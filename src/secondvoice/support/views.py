"""Support and grounding: the same for everybody, without a script, and fit to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from secondvoice import practices
from secondvoice.support.lines import dial
from secondvoice.texts import texts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
def support(request: HttpRequest) -> HttpResponse:
    """People to turn to."""
    words = texts("secondvoice.support", "support.toml")
    context = {
        **words,
        "still": True,
        "danger_lines": [dial(line) for line in words["danger"]["numbers"]],
        "lines": [dial(line) for line in words["numbers"]["lines"]],
        "abuse_lines": [dial(line) for line in words["abuse"]["lines"]],
    }
    response = render(request, "support/support.html", context)
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
