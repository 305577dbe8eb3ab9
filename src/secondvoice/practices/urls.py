"""The addresses of the practices."""

from __future__ import annotations

from django.urls import path

from secondvoice.practices import views

urlpatterns = [
    path("minute/", views.minute, name="minute"),
    path("minute/landed/", views.landed, name="minute_landed"),
]
