"""Django's entry for the room."""

from __future__ import annotations

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """The room support."""

    name = "secondvoice.support"
    label = "support"
