"""The list of cards, and one card: the same for everybody, and without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from secondvoice.learn.cards import cards as all_cards
from secondvoice.learn.forest import plots
from secondvoice.texts import texts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


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


def _still(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    words = texts("secondvoice.learn", "learn.toml")
    response = render(request, template, {**context, "t": words, "still": True})
    response.headers["Cache-Control"] = "no-cache"
    return response
