"""Django's entry for the room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """The room practices."""

    name = "secondvoice.practices"
    label = "practices"

    def ready(self) -> None:
        """Register the kinds of record that this room keeps."""
        import_module("secondvoice.practices.pace")
        import_module("secondvoice.practices.record")
        for part in ("letter", "wishes", "befriend"):
            import_module(f"secondvoice.practices.{part}")
