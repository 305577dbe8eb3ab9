"""Every address of the program: each room brings its own."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from secondvoice.site import views

urlpatterns = [
    path("favicon.ico", views.no_icon),
    path("sw.js", views.service_worker, name="service_worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("offline/", views.offline, name="offline"),
    path("language/", views.language, name="language"),
    path("", include("secondvoice.people.urls")),
    path("", include("secondvoice.moments.urls")),
    path("", include("secondvoice.measures.urls")),
    path("", include("secondvoice.practices.urls")),
    path("", include("secondvoice.growth.urls")),
    path("", include("secondvoice.pocket.urls")),
    path("", include("secondvoice.arriving.urls")),
    path("", include("secondvoice.departing.urls")),
    path("", include("secondvoice.report.urls")),
    path("", include("secondvoice.reminders.urls")),
    path("", include("secondvoice.support.urls")),
    path("", include("secondvoice.learn.urls")),
    path("", include("secondvoice.trying.urls")),
]

if settings.ACCOUNTS:
    urlpatterns.append(path("account/", include("secondvoice.accounts.urls")))
