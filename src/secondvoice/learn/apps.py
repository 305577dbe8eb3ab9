"""Django's entry for the room."""

from __future__ import annotations

from django.apps import AppConfig


class LearnConfig(AppConfig):
    """The room learn."""

    name = "secondvoice.learn"
    label = "learn"
