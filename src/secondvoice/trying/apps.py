"""Django's entry for the room."""

from __future__ import annotations

from django.apps import AppConfig


class TryingConfig(AppConfig):
    """The room for trying the reader."""

    name = "secondvoice.trying"
    label = "trying"
