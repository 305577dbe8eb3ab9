"""A waiting write, opened: read, checked, and handed to the room that it belongs to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from secondvoice.measures.views.waiting import receive as receive_check_in
from secondvoice.moments.views.waiting import receive as receive_moment
from secondvoice.pocket.record import Received
from secondvoice.practices import heard_danger, noted_how_hard
from secondvoice.practices.views.waiting import receive as receive_practice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from secondvoice.people.record import Settings
    from secondvoice.records.models import Door

VERSION = 1
"""Of what is inside a box. An older one that waits somewhere has to be understood for ever."""
CLOCKS_DIFFER = timedelta(days=1)
FIRST = datetime(2020, 1, 1, tzinfo=UTC)


class NotUnderstood(Exception):
    """What came is no waiting write of ours. The sentence says no word of it."""

    def __init__(self) -> None:
        super().__init__("That is nothing the diary can keep.")


class NewerItem(NotUnderstood):
    """A newer version of the program wrote it."""


@dataclass(frozen=True, slots=True)
class Item:
    """A waiting write.

    Attributes:
        what: ``moment``, ``check_in`` or ``practice``.
        path: where its form would have gone.
        at: when it was written, by the device's clock; never later than now.
        day: the day it was there.
        fields: the form's, with the person's words.
    """

    what: str
    path: str
    at: datetime
    day: date
    fields: QueryDict = field(repr=False)


def read_item(data: bytes) -> Item:
    """Read what was in a box.

    Raises:
        NewerItem: a newer version of the program wrote it.
        NotUnderstood: it is nothing of ours.
    """
    try:
        written: dict[str, Any] = json.loads(data)
        version = written["v"]
        if isinstance(version, int) and version > VERSION:
            raise NewerItem
        fields = QueryDict(mutable=True)
        for name, value in written["fields"]:
            fields.appendlist(str(name), str(value))
        return Item(
            what=str(written["what"]),
            path=str(written["path"]),
            at=_sensible(datetime.fromisoformat(written["at"])),
            day=date.fromisoformat(written["day"]),
            fields=fields,
        )
    except NotUnderstood:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # Raised outside, below: what was caught may quote the content.
        pass
    raise NotUnderstood


def receive(door: Door, id_: UUID, item: Item, choices: Settings) -> str:
    """Keep a waiting write, once, however often it comes.

    Args:
        door: the person's.
        id_: the UUIDv7 that the device gave it.
        item: what it is.
        choices: the person's.

    Returns:
        The path of a page to go on at; empty where it had come before.

    Raises:
        NotUnderstood: there is nothing in it that can be kept.
        CannotKeep: the database refused; nothing was changed.
        BadId: ``id_`` is no UUIDv7, or is in use for something else.
    """
    # Held, since a check-in is laid into what is there of its month.
    with door.holding():
        mark = Received(item.what)
        if door.keep(mark, id=id_).value is not mark:
            return ""
        return _RECEIVERS.get(item.what, _nothing)(door, id_, item, choices)


def _moment(door: Door, id_: UUID, item: Item, choices: Settings) -> str:
    beside = _beside(id_)
    found = receive_moment(
        door,
        _captured(item.path).get("thing", beside),
        item.fields,
        beside=beside,
        happened_at=item.at,
        choices=choices,
    )
    if found is None:
        raise NotUnderstood
    thing, in_danger = found
    if in_danger:
        heard_danger(door)
    noted_how_hard(door, _number(item.fields.get("before", "")))
    return reverse("moment_care" if in_danger else "moment_words", args=[thing])


def _check_in(door: Door, _id: UUID, item: Item, _choices: Settings) -> str:
    if not receive_check_in(door, item.day, item.fields):
        raise NotUnderstood
    if item.day == timezone.localdate():
        noted_how_hard(door, _number(item.fields.get("hard", "")))
    return reverse("measures")


def _practice(door: Door, _id: UUID, item: Item, choices: Settings) -> str:
    named = _captured(item.path)
    care = receive_practice(
        door,
        item.fields,
        name=named.get("name", "minute"),
        form=named.get("form", ""),
        happened_at=item.at,
        zone=choices.zone,
    )
    if care is None:
        raise NotUnderstood
    return reverse("support" if care == "now" else "home")


def _nothing(_door: Door, _id: UUID, _item: Item, _choices: Settings) -> str:
    raise NotUnderstood


_RECEIVERS = {"moment": _moment, "check_in": _check_in, "practice": _practice}


def _captured(path: str) -> Mapping[str, Any]:
    """What the address of a form names: the moment, the practice."""
    try:
        return resolve(path).kwargs
    except Resolver404:
        return {}


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() and said.isascii() and int(said) <= 10 else None


def _beside(id_: UUID) -> UUID:
    """The id of a moment of its own: the mark that the write has come has ``id_`` already."""
    return UUID(int=id_.int ^ 1)


def _sensible(at: datetime) -> datetime:
    """A time that has been, whatever the device's clock says."""
    if at.tzinfo is None:
        raise NotUnderstood
    now = timezone.now()
    return now if not FIRST < at < now + CLOCKS_DIFFER else min(at, now)
