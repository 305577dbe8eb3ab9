"""Django's entry for the room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """The room support."""

    name = "secondvoice.support"
    label = "support"

    def ready(self) -> None:
        """Register the kind of record that this room keeps."""
        import_module("secondvoice.support.plan")
