"""Django's entry for the room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class PocketConfig(AppConfig):
    """The room pocket."""

    name = "secondvoice.pocket"
    label = "pocket"

    def ready(self) -> None:
        """Register the kinds of record that this room keeps."""
        import_module("secondvoice.pocket.record")
