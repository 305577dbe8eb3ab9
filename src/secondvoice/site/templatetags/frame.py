"""Tags that the page frame is built from: ``{% load frame %}``."""

from __future__ import annotations

from django import template
from django.conf import settings

from secondvoice.site.assets import static_version

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """The address of a static file, with its version: ``{% asset "css/page.css" %}``."""
    return f"{settings.STATIC_URL}{name}?v={static_version()}"
