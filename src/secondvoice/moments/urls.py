"""The addresses of the loop and of the moments kept. An address names a moment, never its words."""

from __future__ import annotations

from django.urls import path

from secondvoice.moments.views import answering, experiments, keeping, noticing

urlpatterns = [
    path("", keeping.home, name="home"),
    path("moments/", keeping.moments, name="moments"),
    path("moments/new/", noticing.new, name="moment_new"),
    path("moments/deleted/", keeping.deleted, name="moments_deleted"),
    path("moments/<uuid:thing>/", keeping.moment, name="moment"),
    path("moments/<uuid:thing>/notice/", noticing.notice, name="moment_notice"),
    path("moments/<uuid:thing>/care/", noticing.care, name="moment_care"),
    path("moments/<uuid:thing>/words/", noticing.words, name="moment_words"),
    path("moments/<uuid:thing>/not-it/", noticing.not_it, name="moment_not_it"),
    path("moments/<uuid:thing>/hear/", answering.hear, name="moment_hear"),
    path("moments/<uuid:thing>/answer/", answering.answer, name="moment_answer"),
    path("moments/<uuid:thing>/parts/", answering.parts, name="moment_parts"),
    path("moments/<uuid:thing>/right/", answering.right, name="moment_right"),
    path("moments/<uuid:thing>/see/", answering.see, name="moment_see"),
    path("moments/<uuid:thing>/draft/<slug:step>/", noticing.draft, name="moment_draft"),
    path("moments/<uuid:thing>/when/", keeping.when, name="moment_when"),
    path("moments/<uuid:thing>/delete/", keeping.delete, name="moment_delete"),
    path("moments/<uuid:thing>/restore/", keeping.restore, name="moment_restore"),
    path("moments/<uuid:thing>/look-back/", keeping.look_back, name="moment_look_back"),
    path("experiments/", experiments.experiments, name="experiments"),
    path("experiments/new/<slug:card>/", experiments.new, name="experiment_new"),
    path("experiments/<uuid:thing>/", experiments.experiment, name="experiment"),
    path("experiments/<uuid:thing>/care/", experiments.care, name="experiment_care"),
    path("experiments/<uuid:thing>/delete/", experiments.delete, name="experiment_delete"),
    path("experiments/<uuid:thing>/restore/", experiments.restore, name="experiment_restore"),
]
