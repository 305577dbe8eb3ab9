"""Django's entry for the room."""

from __future__ import annotations

from django.apps import AppConfig


class ReportConfig(AppConfig):
    """The room report. It keeps nothing."""

    name = "secondvoice.report"
    label = "report"
