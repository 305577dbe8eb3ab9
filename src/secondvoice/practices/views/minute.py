"""The minute, and how it landed. Both open without unlocking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from secondvoice.practices.record import Landed, Practice, is_landed
from secondvoice.records.errors import CannotKeep
from secondvoice.texts import said_to, texts

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_GET
def minute(request: HttpRequest) -> HttpResponse:
    """The break: the same page for everybody, so that it can be kept for use offline."""
    response = render(request, "practices/minute.html", {**_words(), "still": True})
    response.headers["Cache-Control"] = "no-cache"
    return response


# The page is kept in the browser without a token in it; what stands in for the token is that the
# request must come from a page of this very origin, as the browser itself reports it.
@csrf_exempt
@require_POST
def landed(request: HttpRequest) -> HttpResponse:
    """How it landed: kept if the diary is open, thanked for in any case."""
    words = _words()
    value = request.POST.get("landed", "")
    chosen = next((one for one in words["landed"]["options"] if one["id"] == value), None)
    kept, problem = False, ""
    if is_landed(value) and from_this_origin(request):
        try:
            kept = _keep(request, value)
        except CannotKeep as error:
            problem = str(error)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"kept": kept, "problem": problem})
    context = {**words, "still": True, "chosen": chosen, "kept": kept, "problem": problem}
    return render(request, "practices/landed.html", context)


def from_this_origin(request: HttpRequest) -> bool:
    """Whether the browser says that the request was sent by a page of this origin."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    # A browser from before 2023: it sends Origin with every POST.
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _keep(request: HttpRequest, value: Landed) -> bool:
    door = getattr(request, "door", None)
    if door is None:
        return False
    zone = getattr(getattr(request, "choices", None), "zone", "")
    door.keep(Practice("minute", value, zone))
    return True


def _words() -> dict[str, Any]:
    # Nobody's name: the page is the same for everybody.
    return said_to(texts("secondvoice.practices", "minute.toml"), "")
