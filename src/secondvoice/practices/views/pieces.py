"""The library in a few pieces, each with several pages in it, for use without a network.

The pages are alike: together they are compressed to a fifth of what they are one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import resolve, reverse
from django.views.decorators.http import require_GET

from secondvoice.practices.catalogue import practices
from secondvoice.practices.views.common import STILL_HEADER, for_everybody
from secondvoice.tongues import each_tongue

if TYPE_CHECKING:
    from secondvoice.practices.catalogue import Practice

AT_A_TIME = 2
"""Practices in a piece: the program makes one in a fraction of a second, and answers others
in between."""


@require_GET
def piece(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001  # Django passes it
    """The pages of a few practices, each under its address."""
    if number >= len(pieces()):
        raise Http404
    return for_everybody(JsonResponse(_pages(number)))


def pieces() -> list[str]:
    """The addresses of all pieces."""
    count = -(-len(practices()) // AT_A_TIME)
    return [reverse("library_piece", args=[number]) for number in range(count)]


def players() -> list[str]:
    """The addresses of the players: they are the same whether the diary is open or not."""
    return [address for found in practices().values() for address in _players(found)]


@each_tongue
def _pages(number: int) -> dict[str, str]:
    begin = number * AT_A_TIME
    here = list(practices().values())[begin : begin + AT_A_TIME]
    addresses = [
        address
        for found in here
        for address in (reverse("practice", args=[found.id]), *_players(found))
    ]
    return {address: _for_everybody(address) for address in addresses}


def _players(found: Practice) -> list[str]:
    return [reverse("play", args=[found.id, form.form]) for form in found.forms]


def _for_everybody(address: str) -> str:
    """The page at that address as it is for nobody in particular."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = address
    request.META[f"HTTP_{STILL_HEADER.upper().replace('-', '_')}"] = "1"
    match = resolve(address)
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response.content.decode()
