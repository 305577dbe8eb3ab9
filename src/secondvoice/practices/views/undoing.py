"""Deleting what was written, and bringing it back: for letters and for being the friend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from secondvoice.people.views.unlocking import KEEP_DELETED
from secondvoice.records.errors import NotThere
from secondvoice.records.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable
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
    request.session[f"{kind}_deleted"] = str(thing)
    return redirect(room)


def restore(
    request: Request, door: Door, kind: str, thing: UUID, *, said: str, page: str
) -> HttpResponse:
    """Bring a deleted thing back, say so, and go to its page.

    Args:
        request: whose.
        door: theirs.
        kind: the kind of record.
        thing: which.
        said: the line that says that it is back.
        page: the name of its page's address.

    Raises:
        Http404: it was not deleted, or longer ago than it is kept.
    """
    try:
        door.restore(thing, kind)
    except NotThere:
        raise Http404 from None
    messages.info(request, said)
    return redirect(page, thing)


def just_deleted(request: Request, kind: str, room: dict[str, Any]) -> dict[str, Any]:
    """What was deleted just now, told once, with the line about it from the room's words."""
    line = room["deleted"].replace("{days}", str(KEEP_DELETED.days))
    return {"just_deleted": request.session.pop(f"{kind}_deleted", ""), "deleted_line": line}


def page(
    request: Request,
    door: Door,
    kind: str,
    *,
    words: dict[str, Any],
    line: Callable[[Any], str],
    room: str,
    back_label: str,
    restore_at: str,
) -> HttpResponse:
    """What was deleted lately, each with a button that brings it back.

    Args:
        request: whose.
        door: theirs.
        kind: the kind of record.
        words: the room's, with ``deleted_title`` and ``bring_back``.
        line: the few words of a thing by which it is known again.
        room: the name of the room's address.
        back_label: what the way back there is called.
        restore_at: the name of the address that brings one back.
    """
    rows = [
        {
            "thing": item.thing,
            "when": item.happened_at,
            "words": line(item.value) if isinstance(item, Kept) else "",
            "reason": "" if isinstance(item, Kept) else item.reason,
        }
        for item in door.deleted(kind)
    ]
    context = {
        "title": words["deleted_title"],
        "bring_back": words["bring_back"],
        "rows": rows,
        "restore": restore_at,
        "back": reverse(room),
        "back_label": back_label,
    }
    return render(request, "practices/deleted.html", context)
