"""The plan as a page or a script shows it: all of it while unlocked, else what lies open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.db import DatabaseError

from secondvoice.people.middleware import came_by_the_front_door
from secondvoice.people.views.access import whose
from secondvoice.records.errors import RecordsError
from secondvoice.support.models import open_plan
from secondvoice.support.plan import pieces, plan_of
from secondvoice.texts import texts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.http import HttpRequest

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

STILL_HEADER = "X-Still"
"""A page that is about to be kept for everybody is asked for with it."""

Part = dict[str, Any]
"""``id`` and ``title`` of a step, and its ``lines``: each a list of pieces, the words and what a
telephone dials (``support.plan.pieces``)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody may see of a plan. ``unlocked``: it is all of it."""

    parts: list[Part]
    unlocked: bool


def words_of_plan() -> dict[str, Any]:
    """The room's words round the plan."""
    return texts("secondvoice.support", "plan.toml")


def parts_of(written: Mapping[str, list[str]]) -> list[Part]:
    """The steps that have something in them, as they are shown.

    Args:
        written: lines by the id of their step.
    """
    return [
        {
            "id": step["id"],
            "title": step["title"],
            "lines": [pieces(line) for line in written[step["id"]]],
        }
        for step in words_of_plan()["steps"]
        if step["id"] in written
    ]


def own_parts(door: Door) -> list[Part]:
    """The person's whole plan; nothing where there is none."""
    return parts_of(plan_of(door).written())


def open_parts_of(person: UUID) -> list[Part]:
    """What of a person's plan lies open."""
    return parts_of(open_plan(person))


def shown_to(request: HttpRequest) -> Seen:
    """What this request may see of the plan of the person who lives here.

    Nothing where it did not come by the front door: another user of this computer can open
    Support, and that is all they can. Nothing, too, where the plan cannot be read: Support itself
    opens on a damaged disk.
    """
    if STILL_HEADER in request.headers:
        return Seen([], unlocked=False)
    try:
        return _shown_to(cast("Request", request))
    except (RecordsError, DatabaseError):
        return Seen([], unlocked=False)


def _shown_to(request: Request) -> Seen:
    if request.door is not None:
        return Seen(own_parts(request.door), unlocked=True)
    if settings.FRONT_DOOR and not came_by_the_front_door(request):
        return Seen([], unlocked=False)
    person = whose(request)
    return Seen([] if person is None else open_parts_of(person), unlocked=False)
