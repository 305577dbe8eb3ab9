"""The two views and nothing else."""

from __future__ import annotations

from benchmarks.floor.views import urlpatterns

__all__ = ["urlpatterns"]
