"""The addresses of bringing things in."""

from __future__ import annotations

from django.urls import path

from secondvoice.arriving.views import room

urlpatterns = [
    path("settings/import/", room.choose, name="import"),
    path("settings/import/look/", room.look, name="import_look"),
    path("settings/import/bring/", room.bring_in, name="import_bring"),
    path("settings/import/let-go/", room.let_go, name="import_let_go"),
    path("settings/import/undo/", room.undo, name="import_undo"),
]
