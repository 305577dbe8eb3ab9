"""Is it whole, can it be opened, is it ours: what ``secondvoice doctor`` and start-up ask."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from secondvoice.records.kept import Report, Unopened
from secondvoice.records.models.door import Door
from secondvoice.records.models.heads import derived_heads, stored_heads
from secondvoice.records.models.store import of, storing
from secondvoice.records.models.tables import Record

if TYPE_CHECKING:
    from uuid import UUID


def examine(person_id: UUID, data_key: bytes | None = None) -> Report:
    """Examine the records of one person without changing anything.

    Args:
        person_id: whose.
        data_key: their data key, to also open every revision; None looks only from outside.

    Raises:
        CannotKeep: the database cannot be read.
    """
    counts: Counter[str] = Counter()
    deleted = 0
    heads_ok = True
    with storing():
        for stored, derived in zip_longest(stored_heads(person_id), derived_heads(person_id)):
            heads_ok = heads_ok and stored == derived
        for head in derived_heads(person_id):
            if head.deleted_at is None:
                counts[head.kind] += 1
            else:
                deleted += 1
        revisions = of(Record, person_id).count()
    unopened: list[Unopened] = []
    if data_key is not None:
        unopened = [item for item in Door(person_id, data_key).log() if isinstance(item, Unopened)]
    return Report(dict(sorted(counts.items())), deleted, revisions, unopened, heads_ok)


def newer_database() -> str | None:
    """One sentence when a newer version of the program has used this database, else None.

    It changes nothing. Ask it before migrating and before serving.

    Raises:
        CannotKeep: the database cannot be read.
    """
    with storing():
        loader = MigrationLoader(connection)
        unknown = set(loader.applied_migrations) - set(loader.disk_migrations)
    if not unknown:
        return None
    if any(app == "accounts" for app, _ in unknown):
        return (
            "Many people share these records, each with an account, so this leaves them alone. Set "
            "SECONDVOICE_ACCOUNTS as it was and start again; nothing was changed."
        )
    return (
        "These records were last used by a newer version of Second Voice, so this one leaves "
        "them alone. Update the program and start again; nothing was changed."
    )
