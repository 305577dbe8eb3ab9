"""Addresses of parts that may not be there in every installation."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def address(name: str, *args: object) -> str:
    """The path of that name; empty where this program has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
