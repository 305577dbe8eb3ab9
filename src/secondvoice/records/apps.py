"""Django's entry for the room."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The room records."""

    name = "secondvoice.records"
    label = "records"
