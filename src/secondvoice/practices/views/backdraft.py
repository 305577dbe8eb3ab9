"""Backdraft: what it is, and the way back. The same for everybody, without unlocking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from secondvoice.practices.views.common import for_everybody, words_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
def backdraft(request: HttpRequest) -> HttpResponse:
    """Told in three sentences, and the five steps back in order."""
    context = {"backdraft": words_of("backdraft"), "still": True}
    return for_everybody(render(request, "practices/backdraft.html", context))
