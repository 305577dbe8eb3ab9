"""The address of the room. What is tried comes in the body of a form and is in no address."""

from __future__ import annotations

from django.urls import path

from secondvoice.trying import views

urlpatterns = [path("reader/", views.reader, name="reader")]
