"""The page to write on without a network, and its forms where there is one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from secondvoice.measures.forms import CheckInForm
from secondvoice.measures.views.common import words_of as measures_words
from secondvoice.moments.forms import AnswerForm, NoticeForm
from secondvoice.people.views.access import from_this_origin, id_sent, unlocked
from secondvoice.pocket import LONG, SECOND
from secondvoice.pocket.record import RECEIVED
from secondvoice.pocket.views.receiving import Item, NotUnderstood, receive
from secondvoice.texts import texts

if TYPE_CHECKING:
    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door


@require_GET
def pocket(request: HttpRequest) -> HttpResponse:
    """The same page for everybody, so that it can be kept for use offline."""
    t = texts("secondvoice.pocket", "pocket.toml")
    context = {
        "t": t,
        "words": json.dumps({**t["trouble"], **t["waiting"], "long": LONG, "second": SECOND}),
        "check": measures_words("check_in"),
        "form": CheckInForm(auto_id="check_%s"),
        "notice": NoticeForm(auto_id="moment_%s"),
        "answer": AnswerForm(auto_id="moment_%s"),
        "still": True,
    }
    response = render(request, "pocket/pocket.html", context)
    response.headers["Cache-Control"] = "no-cache"
    return response


# The page has no token in it, as the minute has none.
@csrf_exempt
@require_POST
def write(request: HttpRequest, what: str) -> HttpResponse:
    """A form of the page, sent while the program can be reached."""
    if not from_this_origin(request):
        return HttpResponse(status=403)
    return _write(request, what)


@unlocked
def _write(request: Request, door: Door, what: str) -> HttpResponse:
    item = Item(what, request.path, timezone.now(), timezone.localdate(), request.POST)
    # The id that a script gave the form, so that two touches of the button are one write.
    id_ = id_sent(request, door, RECEIVED, "id")
    try:
        way_on = receive(door, id_, item, request.choices)
    except NotUnderstood:
        return redirect("pocket")
    return redirect(way_on or "home")
