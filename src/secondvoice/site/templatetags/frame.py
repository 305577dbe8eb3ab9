"""Tags that the page frame is built from: ``{% load frame %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from secondvoice.site.assets import static_version

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """The address of a static file, with its version: ``{% asset "css/page.css" %}``."""
    return f"{settings.STATIC_URL}{name}?v={static_version()}"


@register.simple_tag
def tongue_of_page() -> SafeString:
    """The attributes of ``<html>``: in which language the page is, and which way it runs."""
    language, *region = (translation.get_language() or "en").split("-")
    code = "-".join([language, *(part.upper() for part in region)])
    # One of the settings' own codes.
    return mark_safe(f'lang="{code}"' + (' dir="rtl"' if translation.get_language_bidi() else ""))  # noqa: S308


@register.inclusion_tag("site/_languages.html")
def languages(back: str) -> dict[str, Any]:
    """One button for each language but the one that is spoken; ``back``: a page to come back to."""
    now = translation.get_language()
    return {"back": back, "others": [each for each in settings.LANGUAGES if each[0] != now]}
