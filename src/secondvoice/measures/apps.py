"""Django's entry for the room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """The room measures."""

    name = "secondvoice.measures"
    label = "measures"

    def ready(self) -> None:
        """Register the kinds of record that this room keeps."""
        import_module("secondvoice.measures.record")
