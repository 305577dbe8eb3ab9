"""Making a person, their wrapped keys, and erasing everything of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast

from django.apps import apps
from django.db import connection

from secondvoice.records.errors import KeyChanged, NotThere, RecordsError
from secondvoice.records.ids import made_at, make_id
from secondvoice.records.models.store import of, one_transaction, storing
from secondvoice.records.models.tables import KeyWrap, Person, Personal
from secondvoice.vault import Method, WrappedKey, key_check

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


_BEGINNING: Final = 0x5EC0_4D07_1CE1
"""The number of the lock in PostgreSQL that somebody holds who begins in a house of one."""


class LastKey(RecordsError):
    """Without this key nothing of the person could ever be opened again."""

    sentence = "This is the only key to these records. Add another before taking it away."


def create_person(person_id: UUID, wraps: Iterable[WrappedKey]) -> None:
    """Make a person together with their wrapped keys, all or nothing.

    Args:
        person_id: a random UUIDv4, made by the caller since the keys are bound to it.
        wraps: at least one.

    Raises:
        LastKey: there is no key among ``wraps``.
        CannotKeep: the database refused.
    """
    keys = list(wraps)
    if not keys:
        raise LastKey("A person needs at least one key.")
    with one_transaction():
        Person.objects.create(id=person_id, created_at=datetime.now(UTC))
        for wrap in keys:
            save_wrap(person_id, wrap)


def person_keys(person_id: UUID) -> list[WrappedKey]:
    """The wrapped keys of a person, the oldest first; empty when there is no such person."""
    with storing():
        return [_wrapped(row) for row in of(KeyWrap, person_id).order_by("id")]


def first_person() -> UUID | None:
    """The person who began first; on one's own machine the only one. None: nobody has begun."""
    with storing():
        return Person.objects.order_by("created_at").values_list("id", flat=True).first()


def begin_alone() -> None:
    """Let nobody else begin until the transaction ends; whoever does so meanwhile waits here.

    On SQLite they wait at the start of theirs already, which is for one who writes at a time.

    Raises:
        CannotKeep: the database refused.
    """
    if connection.vendor == "postgresql":
        with storing(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_BEGINNING,))


def key_made(person_id: UUID, method: Method) -> datetime | None:
    """When the newest wrapped key of ``method`` was made, in UTC; None where there is none."""
    with storing():
        ids = list(of(KeyWrap, person_id).filter(method=method).values_list("id", flat=True))
    return made_at(max(ids)) if ids else None


def save_wrap(person_id: UUID, wrap: WrappedKey) -> None:
    """Add one wrapped key beside those that are there."""
    with storing():
        KeyWrap.objects.create(
            person_id=person_id,
            id=make_id(),
            method=wrap.method,
            version=wrap.version,
            salt=wrap.salt,
            params=wrap.params,
            wrapped=wrap.wrapped,
        )


def replace_wrap(
    person_id: UUID,
    wrap: WrappedKey,
    *,
    of_key: bytes,
    instead_of: Iterable[WrappedKey] | None = None,
) -> None:
    """Put ``wrap`` in the place of every key of its method, all or nothing.

    Args:
        person_id: whose.
        wrap: the new one.
        of_key: the data key in it.
        instead_of: the keys of its method that it was made after; None: whatever is there.

    Raises:
        KeyChanged: the data key was changed meanwhile, or others than ``instead_of`` wrap it;
            nothing else was.
        NotThere: there is no such person.
    """
    with one_transaction():
        hold(person_id, of_key)
        if instead_of is not None:
            unchanged(person_id, instead_of, wrap.method)
        of(KeyWrap, person_id).filter(method=wrap.method).delete()
        save_wrap(person_id, wrap)
    empty_the_log()


def drop_wrap(person_id: UUID, method: Method) -> None:
    """Take away every key of ``method``; none is there is fine.

    Raises:
        LastKey: no other would be left.
    """
    with one_transaction():
        one_at_a_time(person_id)
        if not of(KeyWrap, person_id).exclude(method=method).exists():
            raise LastKey
        of(KeyWrap, person_id).filter(method=method).delete()


def personal_models() -> list[type[Personal]]:
    """Every table that belongs to people, the wrapped keys first."""
    found = [model for model in apps.get_models() if issubclass(model, Personal)]
    return sorted(found, key=lambda model: model is not KeyWrap)


def erase_person(person_id: UUID) -> None:
    """Erase everything of a person: the keys first, then every row, then the person.

    Raises:
        CannotKeep: the database refused; all is as it was.
    """
    with one_transaction():
        for model in personal_models():
            of(model, person_id).delete()
        Person.objects.filter(id=person_id).delete()
    empty_the_log()


def hold(person_id: UUID, data_key: bytes) -> None:
    """Let nobody else change the keys until the transaction ends.

    Raises:
        KeyChanged: ``data_key`` is not the person's any more.
        NotThere: there is no such person.
    """
    one_at_a_time(person_id)
    current = Person.objects.values_list("key_check", flat=True).get(id=person_id)
    if current is not None and bytes(current) != key_check(data_key):
        raise KeyChanged


def unchanged(person_id: UUID, seen: Iterable[WrappedKey], *methods: Method) -> None:
    """Make sure that the wrapped keys are those that were seen. Called after :func:`hold`.

    Who made new ones from a secret that opened these would put it back in the place of a newer.

    Args:
        person_id: whose.
        seen: as :func:`person_keys` gave them, in their order.
        methods: of which methods; none named: of all.

    Raises:
        KeyChanged: they are others.
    """
    now = [one for one in person_keys(person_id) if not methods or one.method in methods]
    if now != list(seen):
        raise KeyChanged


def one_at_a_time(person_id: UUID) -> None:
    """Let nobody else hold the person until the transaction ends, nor add a record of theirs.

    Raises:
        NotThere: there is no such person.
    """
    if not Person.objects.select_for_update().filter(id=person_id).exists():
        raise NotThere


def empty_the_log() -> None:
    """Empty SQLite's write-ahead log, which still holds the pages from before the erasure.

    Left alone inside a transaction and on PostgreSQL, whose log is the host's to keep or not.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with storing(), connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _wrapped(row: KeyWrap) -> WrappedKey:
    return WrappedKey(
        method=cast("Method", row.method),
        version=row.version,
        salt=bytes(row.salt),
        params=row.params,
        wrapped=bytes(row.wrapped),
    )
