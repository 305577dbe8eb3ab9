"""Finding a chosen day and its pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from secondvoice.practices.oneday import KIND, PAUSE_KIND, OneDay, Pause
from secondvoice.records.errors import NotThere

if TYPE_CHECKING:
    from uuid import UUID

    from secondvoice.records.models import Door


def find_day(door: Door, thing: UUID) -> OneDay:
    """The day of that id.

    Raises:
        Http404: there is none in this diary.
        CannotOpen: it is there, but damaged or from a newer version.
    """
    try:
        value = door.get(KIND, thing).value
    except NotThere:
        raise Http404 from None
    if not isinstance(value, OneDay):
        raise Http404
    return value


def find_pause(door: Door, thing: UUID) -> Pause:
    """The pause of that id.

    Raises:
        Http404: there is none in this diary.
        CannotOpen: it is there, but damaged or from a newer version.
    """
    try:
        value = door.get(PAUSE_KIND, thing).value
    except NotThere:
        raise Http404 from None
    if not isinstance(value, Pause):
        raise Http404
    return value
