"""Our words on the library's pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from secondvoice.accounts.views.words import words_of

if TYPE_CHECKING:
    from django.forms import BoundField

register = template.Library()


@register.simple_tag
def said(section: str) -> dict[str, Any]:
    """The words of a page."""
    return words_of(section)


@register.simple_tag
def offered() -> dict[str, Any]:
    """What this house offers: ``passwords``, ``letters``, ``sign_on`` (or None), ``kind``."""
    return {
        "passwords": settings.PASSWORDS,
        "letters": settings.MAIL is not None,
        "sign_on": settings.OIDC,
        "kind": settings.ACCOUNTS,
    }


@register.filter
def label(field: BoundField) -> str:
    """What stands above a field. The library's placeholder, which says the same, goes."""
    widget = field.field.widget
    widget.attrs.pop("placeholder", None)
    if getattr(widget, "input_type", "") == "email":
        # As every other field looks; the form itself sees whether it is an address.
        widget.input_type = "text"
        widget.attrs |= {"inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}
    return str(words_of("labels").get(field.name, field.label))


@register.filter
def hint(field: BoundField) -> str:
    """What stands below that; mostly nothing."""
    return str(words_of("hints").get(field.name, ""))


@register.filter
def as_json(value: Any) -> str:
    """A value as JSON, for an attribute; the template escapes it."""
    return json.dumps(value)


@register.filter
def in_fours(secret: str) -> str:
    """A secret to be typed, in groups of four."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


@register.filter
def drawn(svg: str) -> SafeString:
    """A picture that this program has drawn, to stand in the page itself."""
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308  # the library drew it from a secret
