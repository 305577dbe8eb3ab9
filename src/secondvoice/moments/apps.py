"""Django's entry for the room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class MomentsConfig(AppConfig):
    """The room moments."""

    name = "secondvoice.moments"
    label = "moments"

    def ready(self) -> None:
        """Register the kinds of record that this room keeps."""
        import_module("secondvoice.moments.record")
        import_module("secondvoice.moments.experiment")
        import_module("secondvoice.moments.index")
