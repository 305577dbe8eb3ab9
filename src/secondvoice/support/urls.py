"""The addresses of support."""

from __future__ import annotations

from django.urls import path

from secondvoice.support import views

urlpatterns = [
    path("support/", views.support, name="support"),
    path("support/grounding/", views.grounding, name="grounding"),
    path("support/therapist/", views.therapist, name="therapist"),
]
