"""What lies open of the plan, for the page that asks for the passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from secondvoice.support.views.shown import Seen, shown_to, words_of_plan

if TYPE_CHECKING:
    from django.http import HttpRequest

register = template.Library()


@register.simple_tag(takes_context=True)
def open_plan(context: dict[str, Any]) -> Seen:
    """What this request may see of a plan."""
    request: HttpRequest = context["request"]
    return shown_to(request)


@register.simple_tag
def plan_words() -> dict[str, Any]:
    """The words round it."""
    return words_of_plan()
