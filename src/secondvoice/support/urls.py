"""The addresses of support. Those of the plan are somebody's own; the others are everybody's."""

from __future__ import annotations

from django.urls import path

from secondvoice.support.views import lying_open, pages, plan

urlpatterns = [
    path("support/", pages.support, name="support"),
    path("support/country/", pages.country, name="support_country"),
    path("support/grounding/", pages.grounding, name="grounding"),
    path("support/therapist/", pages.therapist, name="therapist"),
    path("support/plan/", plan.plan, name="plan"),
    path("support/plan/mine/", plan.mine, name="plan_mine"),
    path("support/plan/open/", lying_open.lying_open, name="plan_open"),
    path("support/plan/open/take-back/", lying_open.take_back, name="plan_take_back"),
    path("support/plan/delete/", plan.delete, name="plan_delete"),
    path("support/plan/restore/", plan.restore, name="plan_restore"),
    path("support/plan/<slug:step>/", plan.step, name="plan_step"),
    path("support/plan/<slug:step>/draft/", plan.draft, name="plan_draft"),
    path("support/plan/<slug:step>/care/", plan.care, name="plan_care"),
]
