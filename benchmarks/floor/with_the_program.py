"""The program's addresses and the two views: what its middleware alone costs."""

from __future__ import annotations

from benchmarks.floor.views import urlpatterns as floor
from secondvoice.site.urls import urlpatterns as program

urlpatterns = [*program, *floor]
