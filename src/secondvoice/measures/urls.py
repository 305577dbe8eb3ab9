"""The addresses of the measures. One that belongs to a taking names neither measure nor answer."""

from __future__ import annotations

from django.urls import path

from secondvoice.measures.views import choosing, elsewhere, over_time, results, room, taking

urlpatterns = [
    path("measures/", room.measures, name="measures"),
    path("measures/check-in/", room.check_in, name="check_in"),
    path("measures/about/<slug:name>/", room.measure, name="measure"),
    path("measures/over-time/", over_time.over_time, name="over_time"),
    path("measures/beside/", over_time.beside, name="beside"),
    path("measures/choices/", choosing.choices, name="measure_choices"),
    path("measures/choices/<slug:name>/", choosing.figures, name="measure_figures"),
    path("measures/elsewhere/", elsewhere.elsewhere, name="elsewhere"),
    path("measures/elsewhere/<slug:name>/", elsewhere.enter_score, name="enter_score"),
    path("measures/taking/<uuid:thing>/", taking.whole, name="taking"),
    path("measures/taking/<uuid:thing>/<int:number>/", taking.question, name="question"),
    path("measures/taking/<uuid:thing>/draft/", taking.draft, name="taking_draft"),
    path("measures/taking/<uuid:thing>/support/", results.support, name="taking_support"),
    path("measures/taking/<uuid:thing>/score/", results.result, name="result"),
    path("measures/taking/<uuid:thing>/delete/", results.delete, name="taking_delete"),
    path("measures/taking/<uuid:thing>/restore/", results.restore, name="taking_restore"),
]
