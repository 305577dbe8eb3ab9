"""Two tables that can be read without a person's key (docs/decisions/0015-reminders.md).

Neither holds a word that a person wrote. Their rows go when the last way is switched off.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from secondvoice.records.models import Personal


class Schedule(Personal):
    """A copy of one person's plan, and when the next reminder is due."""

    pk = models.CompositePrimaryKey("person_id", "id")
    # The thing among the sealed records that it is a copy of.
    id = models.UUIDField(editable=False)
    plan = models.JSONField()
    # The next that is not sent yet; empty where nothing is to be sent.
    due_at = models.DateTimeField(null=True)
    # SHA-256 of the secret in the calendar's address, in hexadecimal digits; empty: there is none.
    calendar = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=254, blank=True)
    # In which the neutral sentences are said: whoever sends them has no browser to ask. Empty, as
    # a version before this column leaves it: English.
    language = models.CharField(max_length=16, blank=True, db_default="")

    objects: ClassVar[models.Manager[Schedule]] = ScopedManager(person="person_id")

    class Meta:
        """The two questions that are asked before it is known whom they concern.

        So the person is not first in these; none of them is unique.
        """

        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="schedule_due"),
            models.Index(fields=["calendar"], name="schedule_calendar"),
        ]

    def __str__(self) -> str:
        return f"schedule of {self.person_id}"


class Device(Personal):
    """One browser that shows reminders, as it asked for them (RFC 8030)."""

    pk = models.CompositePrimaryKey("person_id", "id")
    id = models.UUIDField(editable=False)
    endpoint = models.CharField(max_length=1000)
    public_key = models.BinaryField()
    auth = models.BinaryField()
    # The address that a touch on the notice opens: this program as that browser knows it.
    opens = models.CharField(max_length=300)
    # What waits to be sent to it: since when it is due, with which words, and when to try.
    due_at = models.DateTimeField(null=True)
    text = models.CharField(max_length=40, blank=True)
    try_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Device]] = ScopedManager(person="person_id")

    class Meta:
        """As above: what is to be sent is looked for among everybody's."""

        indexes: ClassVar = [models.Index(fields=["try_at"], name="device_try")]

    def __str__(self) -> str:
        return f"device {self.id}"
