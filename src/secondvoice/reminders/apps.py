"""Django's entry for the room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """The room reminders."""

    name = "secondvoice.reminders"
    label = "reminders"

    def ready(self) -> None:
        """Register the kinds of record that this room keeps."""
        import_module("secondvoice.reminders.record")
