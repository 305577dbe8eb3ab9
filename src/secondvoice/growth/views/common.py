"""What the views of the room share: whether today is a day for it, and the ways between pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from secondvoice.growth.names import words_of
from secondvoice.practices.pace import pace_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

PAGES: tuple[tuple[str, str], ...] = (
    ("voices", "growth"),
    ("helps", "helps"),
    ("critic", "critic"),
    ("trying", "trials"),
)
"""The pages of the room: the name of each in the words, and in the URLconf."""


def not_today(door: Door) -> bool:
    """Whether the pages say less: after words of danger, and on a very hard day."""
    return pace_of(door).grounding_only(datetime.now(UTC))


def page(request: Request, door: Door, here: str, **context: Any) -> HttpResponse:
    """A page of the room with the ways to its others.

    Args:
        request: who asks.
        door: theirs.
        here: which of ``PAGES`` it belongs to; its template has the same name.
        context: what the template needs besides.
    """
    room = words_of("room")
    frame = {
        "room": room,
        "others": [(room[name], url) for name, url in PAGES if name != here],
        "not_today": not_today(door),
    }
    template = context.pop("template", f"growth/{here}.html")
    return render(request, template, {**frame, **context})


def people_first(request: Request, door: Door, here: str, title: str) -> HttpResponse:
    """In place of a page that can wait: people, and the floor."""
    return page(request, door, here, template="growth/not_today.html", title=title)
