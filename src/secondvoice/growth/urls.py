"""The addresses of the room. None of them holds anything that a person wrote."""

from __future__ import annotations

from django.urls import path

from secondvoice.growth.views import helps, voices

urlpatterns = [
    path("growth/", voices.voices, name="growth"),
    path("growth/helps/", helps.helps, name="helps"),
    path("growth/helps/refuse/", helps.refuse, name="helps_refuse"),
]
