"""The addresses of the practices."""

from __future__ import annotations

from django.urls import path

from secondvoice.practices.views import minute

urlpatterns = [
    path("minute/", minute.minute, name="minute"),
    path("minute/landed/", minute.landed, name="minute_landed"),
]
