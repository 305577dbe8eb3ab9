"""The addresses of learn."""

from __future__ import annotations

from django.urls import path

from secondvoice.learn import views

urlpatterns = [
    path("learn/", views.cards, name="learn"),
    path("learn/pages/", views.pages, name="learn_pages"),
    path("learn/<slug:card>/", views.card, name="learn_card"),
]
