"""The few statements that write, and the translation of what a database may answer."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection, models, transaction
from django_scopes import scope

from secondvoice.records.errors import Erased, KeyChanged, StoreDamaged, from_database
from secondvoice.records.models.tables import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

M = TypeVar("M", bound=models.Model)

# Only under the data key that is the person's now: whoever began before it was changed would write
# what nothing opens. The condition is in the statement, and on PostgreSQL waits for a change that
# is being made, so that none can come in between.
_INSERT_RECORD = (
    "INSERT INTO records_record"
    " (person_id, id, thing, kind, version, happened_at, deleted, sealed)"
    " SELECT %s, %s, %s, %s, %s, %s, %s, %s FROM records_person"
    " WHERE id = %s AND (key_check IS NULL OR key_check = %s)"
)
_SHARED = " FOR KEY SHARE"
# Only a newer revision moves the head. The condition is in the statement, so that two who write
# at the same time cannot leave the older one on top.
_PUT_HEAD = (
    "INSERT INTO records_head (person_id, thing, kind, happened_at, record_id, deleted_at)"
    " VALUES (%s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (person_id, thing) DO UPDATE SET"
    " happened_at = excluded.happened_at, record_id = excluded.record_id,"
    " deleted_at = excluded.deleted_at"
    " WHERE excluded.record_id > records_head.record_id"
)
_DROP_ONE = "DELETE FROM records_record WHERE person_id = %s AND thing = %s AND id = %s"
_DROP_OTHERS = "DELETE FROM records_record WHERE person_id = %s AND thing = %s AND id <> %s"


class Owner(NamedTuple):
    """Whose a row is, and which data key it is sealed under (``secondvoice.vault.key_check``)."""

    person: UUID
    check: bytes


def of(model: type[M], person: UUID) -> models.QuerySet[M]:
    """The rows of ``model`` that are this person's, and no others."""
    with scope(person=person):
        return model._default_manager.all()  # noqa: SLF001 (Django's documented name)


@contextmanager
def storing() -> Iterator[None]:
    """Turn whatever the database raises into one of our sentences.

    Raises:
        CannotKeep: with the reason.
    """
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        # The driver's message may quote a row, but by here what a person wrote is sealed.
        raise from_database(error) from error
    except ValueError:
        # A column that is no longer what it was written as; its words would quote it.
        raise StoreDamaged from None


@contextmanager
def one_transaction() -> Iterator[None]:
    """All or nothing, on disk when it ends; failures as in :func:`storing`."""
    with storing(), transaction.atomic():
        yield


def after_commit(do: Callable[[], object]) -> None:
    """Do something once the transaction has ended well; at once where none is open."""
    transaction.on_commit(do)


def write_revision(
    *,
    owner: Owner,
    id_: UUID,
    thing: UUID,
    kind: str,
    version: int,
    happened_at: datetime,
    sealed: bytes,
    deleted_at: datetime | None = None,
) -> None:
    """Add one revision to the log and move the head of its thing, in two statements.

    Args:
        owner: whose, and under which data key.
        id_: the revision.
        thing: what it is a revision of.
        kind: its kind.
        version: the version of that kind.
        happened_at: when it happened, in UTC.
        sealed: the sealed content; empty in a tombstone.
        deleted_at: for a tombstone, when; else None.

    Raises:
        KeyChanged: that data key is not the person's any more.
        Erased: there is no such person any more.
    """
    who, revision, what = as_uuid(owner.person), as_uuid(id_), as_uuid(thing)
    when = as_time(happened_at)
    tombstone = deleted_at is not None
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT_RECORD + (_SHARED if connection.features.has_select_for_update else ""),
            (who, revision, what, kind, version, when, tombstone, sealed, who, owner.check),
        )
        if cursor.rowcount == 0:
            raise KeyChanged if Person.objects.filter(id=owner.person).exists() else Erased
        cursor.execute(
            _PUT_HEAD,
            (who, what, kind, when, revision, as_time(deleted_at) if deleted_at else None),
        )


def drop_other_revisions(person: UUID, thing: UUID, newest: UUID) -> None:
    """Take every revision of ``thing`` out of the log but the ``newest``."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP_OTHERS, (as_uuid(person), as_uuid(thing), as_uuid(newest)))


def drop_revision(person: UUID, thing: UUID, revision: UUID) -> None:
    """Take one revision of ``thing`` out of the log."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP_ONE, (as_uuid(person), as_uuid(thing), as_uuid(revision)))


def as_uuid(value: UUID) -> UUID | str:
    """``value`` as this database stores it."""
    return value if connection.features.has_native_uuid_field else value.hex


def as_time(value: datetime) -> datetime | str:
    """``value`` as this database stores it."""
    return cast("datetime | str", connection.ops.adapt_datetimefield_value(value))


def from_uuid(stored: UUID | str) -> UUID:
    """A UUID as a statement of our own reads it from this database."""
    return UUID(stored) if isinstance(stored, str) else stored


def from_time(stored: datetime | str) -> datetime:
    """A time in UTC as a statement of our own reads it from this database."""
    read = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return read if read.tzinfo else read.replace(tzinfo=UTC)
