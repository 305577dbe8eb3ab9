"""The addresses of the room. Only the first is the same for everybody."""

from __future__ import annotations

from django.urls import path

from secondvoice.pocket.views import page, waiting

urlpatterns = [
    path("pocket/", page.pocket, name="pocket"),
    path("waiting/key/", waiting.key, name="waiting_key"),
    path("waiting/send/", waiting.send, name="waiting_send"),
    path("waiting/write/<slug:what>/", page.write, name="waiting_write"),
]
