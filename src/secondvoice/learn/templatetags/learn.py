"""What other rooms show of a card: ``{% load learn %}{% card "myth-pity" %}`` is a link to it."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html

from secondvoice.learn.cards import cards

register = template.Library()


@register.simple_tag
def card(card_id: str) -> str:
    """The name of a card, as a link to it.

    Raises:
        KeyError: there is no such card.
    """
    return format_html(
        '<a href="{}">{}</a>', reverse("learn_card", args=[card_id]), cards()[card_id].title
    )


@register.simple_tag
def title(card_id: str) -> str:
    """The name of a card.

    Raises:
        KeyError: there is no such card.
    """
    return cards()[card_id].title


@register.simple_tag
def attempt(card_id: str) -> str:
    """What there is to try on a card.

    Raises:
        KeyError: there is no such card.
    """
    return cards()[card_id].attempt
