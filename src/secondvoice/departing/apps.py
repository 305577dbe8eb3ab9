"""Django's entry for the room."""

from __future__ import annotations

from django.apps import AppConfig


class DepartingConfig(AppConfig):
    """The room departing."""

    name = "secondvoice.departing"
    label = "departing"
