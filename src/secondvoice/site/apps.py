"""The page frame, settings and what every room shares."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.conf import settings
from django.utils import formats, translation

from secondvoice.tongues import speak_by

if TYPE_CHECKING:
    from collections.abc import Iterator


class Gettext:
    """Translates by the catalogues in the rooms, into the language of the request."""

    def tongue(self) -> str:
        """The language of this request; in a terminal the one of the settings, English."""
        return translation.get_language() or "en"

    def say(self, english: str) -> str:
        """The sentence in it."""
        return translation.gettext(english) if english else english

    def count(self, one: str, many: str, number: int) -> str:
        """The form for a number."""
        return translation.ngettext(one, many, number)

    def figure(self, written: str) -> str:
        """With the comma of a language that writes one."""
        return written.replace(".", str(formats.get_format("DECIMAL_SEPARATOR")))

    def grouped(self, number: int) -> str:
        """With the sign that stands between thousands in it."""
        return formats.number_format(number, force_grouping=True)


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Say what is said inside in a language that was noted down, where no browser asks for one.

    Args:
        language: a code as it was noted; one that is not spoken here any more is English.
    """
    known = language in dict(settings.LANGUAGES)
    with translation.override(language if known else settings.LANGUAGE_CODE):
        yield


class SiteConfig(AppConfig):
    """The frame of the site."""

    name = "secondvoice.site"
    label = "sv_site"

    def ready(self) -> None:
        """Let the rooms' own words be translated, too."""
        speak_by(Gettext())
