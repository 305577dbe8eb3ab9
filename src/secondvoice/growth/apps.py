"""Django's entry for the room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class GrowthConfig(AppConfig):
    """The room growth."""

    name = "secondvoice.growth"
    label = "growth"

    def ready(self) -> None:
        """Register the kinds of record that this room keeps."""
        import_module("secondvoice.growth.record")
