"""The program's own settings, with the two views that do nothing beside its pages."""

from __future__ import annotations

from secondvoice.site.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.floor.with_the_program"
