"""What was deleted lately: told in its room, and a page of it. For letters and being the friend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse

from secondvoice.people.views.undoing import just_deleted
from secondvoice.people.views.unlocking import KEEP_DELETED
from secondvoice.records.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door


def told(request: Request, kind: str, room: dict[str, Any]) -> dict[str, Any]:
    """What was deleted just now, told once, with the line about it from the room's words."""
    line = room["deleted"].replace("{days}", str(KEEP_DELETED.days))
    return {"just_deleted": just_deleted(request, kind), "deleted_line": line}


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
