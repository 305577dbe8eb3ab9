"""The addresses of taking it out, and of erasing it."""

from __future__ import annotations

from django.urls import path

from secondvoice.departing.views import erasing, taking

urlpatterns = [
    path("settings/take-out/", taking.take_out, name="take_out"),
    path("settings/erase/", erasing.erase, name="erase"),
    path("settings/erase/days/", erasing.erase_days, name="erase_days"),
]
