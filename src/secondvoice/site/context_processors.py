"""What the page frame needs to know about a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

# The first part of a path, and the place in the navigation that it belongs to.
_PLACES = {
    "": "today",
    **{place: place for place in ("moments", "measures", "support")},
    **dict.fromkeys(("practices", "minute", "kindness", "backdraft", "written"), "practices"),
    **dict.fromkeys(("course", "one-day", "letters", "phrases", "be-the-friend"), "practices"),
    "growth": "measures",
}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give the templates the frame's state.

    ``demo``: everything here is made up. ``unlocked``: the person's key is at hand. ``friend``:
    the name of the friend they chose, or "". ``theme``: "light", "dark" or "auto".
    ``lock_after``: minutes of quiet after which the page locks itself, 0 while locked. ``nav``: the
    place that is current, or "".

    A request that was refused before the diary's own middleware ran has none of the person's
    part; the frame is then that of a locked diary.
    """
    unlocked = getattr(request, "door", None) is not None
    choices = getattr(request, "choices", None) if unlocked else None
    return {
        "demo": bool(getattr(settings, "DEMO", False)),
        "unlocked": unlocked,
        "friend": getattr(choices, "friend", ""),
        "theme": getattr(choices, "look", "auto"),
        "lock_after": getattr(choices, "lock_after", 0),
        "nav": _place(request.path),
    }


def _place(path: str) -> str:
    """The place a path belongs to; the steps of the loop are where one began: today."""
    first, *rest = path.strip("/").split("/")
    if first == "moments" and (rest[1:] or rest == ["new"]):
        return "today"
    return _PLACES.get(first, "")
