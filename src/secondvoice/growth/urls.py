"""The addresses of the room. None of them holds anything that a person wrote."""

from __future__ import annotations

from django.urls import path

from secondvoice.growth.views import critic, helps, trying, voices

urlpatterns = [
    path("growth/", voices.voices, name="growth"),
    path("growth/critic/", critic.critic, name="critic"),
    path("growth/helps/", helps.helps, name="helps"),
    path("growth/helps/refuse/", helps.refuse, name="helps_refuse"),
    path("growth/experiments/", trying.experiments, name="trials"),
    path("growth/experiments/<uuid:thing>/", trying.experiment, name="trial"),
    path("growth/experiments/<uuid:thing>/day/", trying.day, name="trial_day"),
    path("growth/experiments/<uuid:thing>/stop/", trying.stop, name="trial_stop"),
    path("growth/experiments/<uuid:thing>/delete/", trying.delete, name="trial_delete"),
    path("growth/experiments/<uuid:thing>/restore/", trying.restore, name="trial_restore"),
]
