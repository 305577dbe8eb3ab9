"""Django's entry for the room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ArrivingConfig(AppConfig):
    """The room arriving."""

    name = "secondvoice.arriving"
    label = "arriving"

    def ready(self) -> None:
        """Register the kinds of record that this room keeps."""
        import_module("secondvoice.arriving.record")
