"""What a test has to know of a table that may be in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from tests.partitioned import PARTITIONS

if TYPE_CHECKING:
    from uuid import UUID


def index_and_parts(index: str) -> set[str]:
    """The name of an index, and of what it consists of where its table is in parts."""
    names = {index}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass",
                [index],
            )
            names |= {name for (name,) in cursor.fetchall()}
    return names


def lie_together(one: UUID, other: UUID, table: str) -> bool:
    """Whether the rows of two people lie in one part of a table; always, where it is whole."""
    if connection.settings_dict["ENGINE"] != "tests.partitioned":
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(satisfies_hash_partition(%s::regclass, %s, part, %s)"
            " AND satisfies_hash_partition(%s::regclass, %s, part, %s))"
            " FROM generate_series(0, %s) AS part",
            [table, PARTITIONS, one, table, PARTITIONS, other, PARTITIONS - 1],
        )
        return bool(cursor.fetchone()[0])
