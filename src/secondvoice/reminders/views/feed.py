"""The private calendar, for whoever has its address."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from secondvoice.records.plain import NotPlain, from_plain
from secondvoice.reminders.calendar_file import calendar_file
from secondvoice.reminders.models import calendar_of
from secondvoice.reminders.rules import Plan
from secondvoice.reminders.words import says
from secondvoice.site.apps import spoken
from secondvoice.tongues import tongue

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The next four weeks, or nothing here: an address that was taken back never was."""
    schedule = calendar_of(secret)
    if schedule is None:
        raise Http404
    try:
        plan = from_plain(Plan, schedule.plan)
        with spoken(schedule.language):
            body = calendar_file(plan, says(), schedule.calendar, timezone.now(), tongue())  # type: ignore[arg-type]  # a Plan, else NotPlain
    except (NotPlain, KeyError):
        raise Http404 from None
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    # Kept by the calendar alone, which asks each time whether it has changed.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    found = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return found or response
