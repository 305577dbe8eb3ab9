"""The list of cards, and one card: the same for everybody, and without a script."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.views.decorators.http import require_GET

from secondvoice.learn.cards import cards as all_cards
from secondvoice.learn.forest import plots
from secondvoice.texts import texts
from secondvoice.tongues import each_tongue


@require_GET
def cards(request: HttpRequest) -> HttpResponse:
    """Every card by its name."""
    return _still(request, "learn/cards.html", {"cards": all_cards().values()})


@require_GET
def card(request: HttpRequest, card: str) -> HttpResponse:
    """One card, and below it what it rests on."""
    found = all_cards().get(card)
    if found is None:
        raise Http404
    order = list(all_cards().values())
    place = order.index(found)
    context = {
        "card": found,
        "plots": plots(found.rests_on),
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
    }
    return _still(request, "learn/card.html", context)


@require_GET
def pages(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django passes it
    """All of them in one piece, each under its address, for use without a network.

    They are alike: together they are compressed to a fraction of what they are one by one.
    """
    response = JsonResponse(_pages())
    response.headers["Cache-Control"] = "no-cache"
    return response


def addresses() -> list[str]:
    """The addresses of the list and of every card."""
    return [reverse("learn"), *(reverse("learn_card", args=[id_]) for id_ in all_cards())]


@each_tongue
def _pages() -> dict[str, str]:
    return {address: _for_everybody(address) for address in addresses()}


def _for_everybody(address: str) -> str:
    """The page at that address; no page of this room is anybody's own."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = address
    match = resolve(address)
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response.content.decode()


def _still(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    words = texts("secondvoice.learn", "learn.toml")
    response = render(request, template, {**context, "t": words, "still": True})
    response.headers["Cache-Control"] = "no-cache"
    return response
