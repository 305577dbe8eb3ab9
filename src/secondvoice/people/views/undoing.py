"""Deleting a thing and bringing it back, in the same way in every room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from secondvoice.records.errors import NotThere

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door


def delete(request: Request, door: Door, kind: str, thing: UUID, *, room: str) -> HttpResponse:
    """Delete a thing, and go to its room, which offers to bring it back.

    Args:
        request: whose.
        door: theirs.
        kind: the kind of record.
        thing: which.
        room: the name of the room's address.

    Raises:
        Http404: there is none of that id in this diary.
    """
    try:
        door.delete(thing, kind)
    except NotThere:
        raise Http404 from None
    request.session[_key(kind)] = str(thing)
    return redirect(room)


def restore(
    request: Request, door: Door, kind: str, thing: UUID, *, said: str, page: str, own: bool = True
) -> HttpResponse:
    """Bring a deleted thing back, say so, and go to its page.

    Args:
        request: whose.
        door: theirs.
        kind: the kind of record.
        thing: which.
        said: the line that says that it is back.
        page: the name of its page's address.
        own: whether that page is this thing's own; else it is its room's.

    Raises:
        Http404: it was not deleted, or longer ago than it is kept.
    """
    try:
        door.restore(thing, kind)
    except NotThere:
        raise Http404 from None
    request.session.pop(_key(kind), None)
    messages.info(request, said)
    return redirect(page, thing) if own else redirect(page)


def just_deleted(request: Request, kind: str) -> str:
    """The id of what was deleted just now, told once; empty where nothing was."""
    return str(request.session.pop(_key(kind), ""))


def _key(kind: str) -> str:
    # By kind: two rooms may call theirs the same.
    return f"{kind}_deleted"
