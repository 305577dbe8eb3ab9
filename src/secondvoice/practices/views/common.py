"""What the views of practices share: their words, whose request it is, finding a practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import Http404

from secondvoice.practices.catalogue import UnknownPractice, practice
from secondvoice.practices.pace import Pace, pace_of
from secondvoice.texts import said_to, texts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.practices.catalogue import Form, Practice
    from secondvoice.records.models import Door

# A page of ours that is about to be kept for use without a network asks with this header, and is
# given the page that is the same for everybody, whoever's diary is open.
STILL_HEADER = "X-Still"


def words_of(name: str) -> dict[str, Any]:
    """A file of the room's words, said to nobody in particular."""
    return said_to(texts("secondvoice.practices", f"{name}.toml"), "")


def door_of(request: HttpRequest) -> Door | None:
    """The person's door, or None while it is locked or the page is wanted for everybody."""
    return None if STILL_HEADER in request.headers else getattr(request, "door", None)


def friend_of(request: HttpRequest) -> str:
    """The name of their friend, where one was named and the diary is open."""
    return "" if door_of(request) is None else cast("Request", request).choices.friend


def zone_of(request: HttpRequest) -> str:
    """Their IANA time zone, or empty."""
    return "" if door_of(request) is None else cast("Request", request).choices.zone


def their_pace(door: Door | None) -> Pace:
    """Their pace; the usual one while locked."""
    return Pace() if door is None else pace_of(door)


def named(name: str) -> Practice:
    """The practice of that id.

    Raises:
        Http404: it is not in the library.
    """
    try:
        return practice(name)
    except UnknownPractice:
        raise Http404 from None


def named_form(name: str, form: str) -> tuple[Practice, Form]:
    """A practice and one of its forms.

    Raises:
        Http404: there is none such.
    """
    found = named(name)
    try:
        return found, found.form(form)
    except UnknownPractice:
        raise Http404 from None


def for_everybody(response: HttpResponse) -> HttpResponse:
    """Mark a page that holds nothing of anybody's, so that it may be kept in the browser."""
    response.headers["Cache-Control"] = "no-cache"
    return response
