"""The country that somebody chose, so that its lines come first: in their browser, nowhere else.

A cookie and no record: it has to be known while the diary is locked, and it says where a person
is, which the database would have to hold unsealed
(docs/decisions/0022-a-plan-that-may-lie-open.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from secondvoice.support.views.shown import STILL_HEADER

if TYPE_CHECKING:
    from collections.abc import Container

    from django.http import HttpRequest, HttpResponse

COOKIE: Final = "sv_country"
PATH: Final = "/support/"
"""No other page is told of it."""
KEPT: Final = 365 * 24 * 60 * 60
"""Seconds."""


def country_of(request: HttpRequest, known: Container[str]) -> str:
    """The code that this browser remembers; empty where there is none.

    A page that is about to be kept for everybody has none either: there a script looks
    (``country.js``).
    """
    code = request.COOKIES.get(COOKIE, "")
    return code if code in known and STILL_HEADER not in request.headers else ""


def remember(response: HttpResponse, code: str, *, secure: bool) -> None:
    """Let the browser remember this country; an empty code: forget the one before.

    A script may read it: the page that lies by without a network is everybody's.
    """
    if not code:
        response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
        return
    response.set_cookie(COOKIE, code, KEPT, path=PATH, secure=secure, samesite="Strict")
