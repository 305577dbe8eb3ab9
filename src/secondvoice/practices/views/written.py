"""What somebody wrote in practices: to read again, and to delete."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003 (Django reads a view's signature)

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from secondvoice.people.views.access import unlocked
from secondvoice.practices.catalogue import practices
from secondvoice.practices.record import KIND, Practice
from secondvoice.practices.views.common import words_of
from secondvoice.records.errors import NotThere
from secondvoice.records.kept import Kept

if TYPE_CHECKING:
    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

MOST = 60
"""How many times of practising with words in them are shown, the newest first."""


@require_GET
@unlocked
def written(request: Request, door: Door) -> HttpResponse:
    """Their own words, newest first, under the name of the practice."""
    found = []
    for item in door.all(KIND):
        if isinstance(item, Kept) and isinstance(item.value, Practice) and item.value.written:
            here = practices().get(item.value.practice)
            title = here.title if here else item.value.practice
            found.append({"kept": item, "title": title, "practice": here})
        if len(found) == MOST:
            break
    context = {"t": words_of("player")["written"], "items": found}
    return render(request, "practices/written.html", context)


@require_POST
@unlocked
def delete(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Delete one, at once and for good."""
    try:
        door.delete(thing, KIND, undo=False)
    except NotThere:
        raise Http404 from None
    messages.info(request, words_of("player")["written"]["deleted"])
    return redirect("practices_written")
