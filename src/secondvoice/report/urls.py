"""The addresses of the report. What was chosen is in none of them."""

from __future__ import annotations

from django.urls import path

from secondvoice.report.views import room

urlpatterns = [
    path("report/", room.choose, name="report"),
    path("report/look/", room.look, name="report_look"),
    path("report/pdf/", room.pdf, name="report_pdf"),
]
