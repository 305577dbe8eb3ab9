"""The tables of a person. The person comes first in every key and every index.

No relation cascades: erasing and exporting are statements by person (see ``personal.py``).
Nothing here holds a word or a number that a person gave, except sealed.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager


class Person(models.Model):
    """Somebody who keeps records. Known by a random id and nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    # Which data key is theirs now (``secondvoice.vault.key_check``); empty until it was changed.
    key_check = models.BinaryField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Personal(models.Model):
    """Base of every table that belongs to people."""

    # The database itself refuses a row for somebody who was erased a moment ago.
    person = models.ForeignKey(
        Person, on_delete=models.DO_NOTHING, db_index=False, related_name="+", editable=False
    )

    class Meta:
        """Has no table of its own."""

        abstract = True


class KeyWrap(Personal):
    """A person's data key, wrapped in one way (``secondvoice.vault.WrappedKey``)."""

    pk = models.CompositePrimaryKey("person_id", "id")
    id = models.UUIDField(editable=False)
    method = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    salt = models.BinaryField()
    params = models.JSONField()
    wrapped = models.BinaryField()

    objects: ClassVar[models.Manager[KeyWrap]] = ScopedManager(person="person_id")

    def __str__(self) -> str:
        return f"{self.method} {self.id}"


class Record(Personal):
    """One revision of one thing, in a log that only grows.

    A tombstone (``deleted``) says that the thing was deleted; it and a purged revision have no
    sealed bytes.
    """

    pk = models.CompositePrimaryKey("person_id", "id")
    id = models.UUIDField(editable=False)
    thing = models.UUIDField(editable=False)
    kind = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    happened_at = models.DateTimeField()
    deleted = models.BooleanField(default=False)
    sealed = models.BinaryField()

    objects: ClassVar[models.Manager[Record]] = ScopedManager(person="person_id")

    class Meta:
        """One index beside the key."""

        indexes: ClassVar = [
            models.Index(fields=["person", "thing", "id"], name="record_revisions"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Head(Personal):
    """Where each thing stands now: derived from the log, kept with it in one transaction.

    It serves the lists. ``secondvoice.records.models.rebuild_heads`` makes it anew.
    """

    pk = models.CompositePrimaryKey("person_id", "thing")
    thing = models.UUIDField(editable=False)
    kind = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    record_id = models.UUIDField()
    deleted_at = models.DateTimeField(null=True)
    record = models.ForeignObject(
        Record,
        on_delete=models.DO_NOTHING,
        from_fields=("person_id", "record_id"),
        to_fields=("person_id", "id"),
        related_name="+",
    )

    objects: ClassVar[models.Manager[Head]] = ScopedManager(person="person_id")

    class Meta:
        """What is there, and what can be restored."""

        indexes: ClassVar = [
            # Two partial indexes, because PostgreSQL sorts after "IS NULL" on a full one.
            models.Index(
                F("person"),
                F("kind"),
                F("happened_at").desc(),
                F("thing").desc(),
                name="head_live",
                condition=Q(deleted_at__isnull=True),
            ),
            models.Index(
                F("person"),
                F("kind"),
                F("deleted_at").desc(),
                F("thing").desc(),
                name="head_deleted",
                condition=Q(deleted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"
