"""Keeping the unsealed copy in step with what the person chose, and no longer than needed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django_scopes import scopes_disabled

from secondvoice.records.ids import make_id
from secondvoice.records.models import one_transaction, storing
from secondvoice.records.models.store import of
from secondvoice.records.plain import to_plain
from secondvoice.reminders.models.tables import Device, Schedule
from secondvoice.reminders.rules import next_due
from secondvoice.tongues import tongue

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from secondvoice.reminders.endpoints import Browser
    from secondvoice.reminders.record import Reminders

MOST_DEVICES = 10


def follow(person: UUID, thing: UUID, chosen: Reminders, now: datetime) -> None:
    """Make the copy say what ``chosen`` says; with no way on, leave none.

    Call it in one transaction with the keeping of ``chosen``.

    Args:
        person: whose.
        thing: the sealed record.
        chosen: what they chose, as it is kept there.
        now: an aware time; only what is due after it will be sent.

    Raises:
        CannotKeep: the database refused.
    """
    with one_transaction():
        sends = bool(chosen.address) or of(Device, person).exists()
        if not sends and not chosen.calendar:
            of(Schedule, person).delete()
            return
        coming = next_due(chosen.plan, now) if sends else []
        row = {
            "plan": to_plain(chosen.plan),
            "due_at": coming[0].at if coming else None,
            "calendar": digest(chosen.calendar) if chosen.calendar else "",
            "address": chosen.address,
            "language": tongue(),
        }
        # What waits for another try was due by the plan as it was.
        of(Device, person).update(due_at=None, try_at=None, text="")
        of(Schedule, person).exclude(id=thing).delete()
        if not of(Schedule, person).filter(id=thing).update(**row):
            Schedule.objects.create(person_id=person, id=thing, **row)


def add_device(person: UUID, browser: Browser) -> None:
    """Add a browser, in the place of itself if it is there; the oldest goes where there are many.

    Call :func:`follow` after it, in the same transaction.
    """
    with one_transaction():
        of(Device, person).filter(endpoint=browser.endpoint).delete()
        ids = of(Device, person).order_by("-id").values_list("id", flat=True)
        of(Device, person).filter(id__in=list(ids[MOST_DEVICES - 1 :])).delete()
        Device.objects.create(
            person_id=person,
            id=make_id(),
            endpoint=browser.endpoint,
            public_key=browser.public_key,
            auth=browser.auth,
            opens=browser.opens,
        )


def remove_device(person: UUID, id_: UUID) -> None:
    """Take a browser away; that it is not there is fine. Call :func:`follow` after it."""
    with storing():
        of(Device, person).filter(id=id_).delete()


def lose_device(device: Device) -> None:
    """Take away a browser that has let go of us; with the last way, the copy goes too."""
    person = device.person_id
    with one_transaction():
        of(Device, person).filter(id=device.id).delete()
        if of(Device, person).exists():
            return
        of(Schedule, person).filter(calendar="", address="").delete()
        of(Schedule, person).filter(address="").update(due_at=None)


def speak_to(person: UUID, language: str) -> None:
    """From now on say what reminds a person in another language; nothing where there is no copy.

    Args:
        person: whose.
        language: its code.

    Raises:
        CannotKeep: the database refused.
    """
    with storing():
        of(Schedule, person).update(language=language)


def language_of(person: UUID) -> str:
    """In which language a person is reminded; empty: in English."""
    with storing():
        return of(Schedule, person).values_list("language", flat=True).first() or ""


def devices_of(person: UUID) -> list[Device]:
    """A person's browsers, the newest first."""
    with storing():
        return list(of(Device, person).order_by("-id"))


def calendar_of(secret: str) -> Schedule | None:
    """Whose calendar the address with this secret is, or None."""
    with storing(), scopes_disabled():
        return Schedule.objects.filter(calendar=digest(secret)).first()


def digest(secret: str) -> str:
    """What of the secret in a calendar's address is kept: the database does not open it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
