"""Where a diary is open: which sessions are a person's, so that they can see and end them.

The person first, as everywhere: the session table itself knows nobody. Nothing of the browser is
here; its kind is in the session, and goes with it.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from secondvoice.people.browsers import said
from secondvoice.people.limits import still_open
from secondvoice.records.ids import make_id
from secondvoice.records.models import Personal, one_transaction
from secondvoice.records.models.store import of

if TYPE_CHECKING:
    from uuid import UUID


class Opening(Personal):
    """One session in which a person's diary was opened."""

    pk = models.CompositePrimaryKey("person_id", "id")
    id = models.UUIDField(editable=False)
    session = models.CharField(max_length=40)

    objects: ClassVar[models.Manager[Opening]] = ScopedManager(person="person_id")

    def __str__(self) -> str:
        return f"opening {self.id}"


class OpenPlace(NamedTuple):
    """A browser in which a diary is open now.

    Attributes:
        id: of the opening.
        browser: its kind.
        opened: when it was unlocked, in the person's time zone.
        used: when it was last used, to half a minute; likewise.
        here: whether it is the session that asks.
    """

    id: UUID
    browser: str
    opened: datetime
    used: datetime
    here: bool


def note_opening(person: UUID, session_key: str) -> None:
    """Remember that a session is this person's."""
    with one_transaction():
        Opening.objects.create(person_id=person, id=make_id(), session=session_key)


def forget_opening(person: UUID, session_key: str) -> None:
    """Forget one whose session has ended; none is there is fine."""
    with one_transaction():
        of(Opening, person).filter(session=session_key).delete()


def open_places(person: UUID, here: str | None) -> list[OpenPlace]:
    """Where a person's diary is open now, this session first, then the last used.

    Args:
        person: whose.
        here: the key of the session that asks.
    """
    found = []
    for opening, kept in _sessions(person):
        if kept is None:
            continue
        found.append(
            OpenPlace(
                opening.id,
                said(str(kept.get("browser", ""))),
                timezone.localtime(datetime.fromtimestamp(kept["began"], UTC)),
                timezone.localtime(datetime.fromtimestamp(kept["seen"], UTC)),
                opening.session == here,
            )
        )
    return sorted(found, key=lambda each: (not each.here, -each.used.timestamp()))


def lock_place(person: UUID, opening: UUID) -> bool:
    """End one session of a person, with the half of the key that is in its row.

    Returns:
        Whether there was one.
    """
    with one_transaction():
        rows = of(Opening, person).filter(id=opening)
        keys = list(rows.values_list("session", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        rows.delete()
    return bool(keys)


def lock_everywhere(person: UUID) -> int:
    """End every session of a person.

    Returns:
        How many there were.
    """
    with one_transaction():
        rows = of(Opening, person)
        keys = list(rows.values_list("session", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        rows.delete()
    return len(keys)


def tidy_openings(person: UUID, *, but: str | None) -> None:
    """Forget the sessions that have ended by themselves, and end those that are due to.

    Args:
        person: whose.
        but: the key of the session that is just beginning, whose row says nothing yet.
    """
    with one_transaction():
        for opening, kept in _sessions(person):
            if kept is None and opening.session != but:
                Session.objects.filter(session_key=opening.session).delete()
                of(Opening, person).filter(id=opening.id).delete()


def _sessions(person: UUID) -> list[tuple[Opening, dict[str, Any] | None]]:
    """Each opening with what its session holds, or None where it is open no more."""
    with one_transaction():
        openings = list(of(Opening, person))
        rows = Session.objects.filter(
            session_key__in=[each.session for each in openings], expire_date__gt=timezone.now()
        )
        held = {row.session_key: row.get_decoded() for row in rows}
    now = int(time.time())
    return [
        (each, kept if (kept := held.get(each.session)) and still_open(kept, now) else None)
        for each in openings
    ]
