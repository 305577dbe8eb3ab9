"""The page frame, settings and what every room shares."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The frame of the site."""

    name = "secondvoice.site"
    label = "sv_site"
