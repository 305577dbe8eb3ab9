"""The database backend that Django loads by the name of this package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.schema import DatabaseSchemaEditor

from tests.partitioned import PARTITIONS

if TYPE_CHECKING:
    from django.db.models import Model

PERSON = "person_id"


class PartitioningEditor(DatabaseSchemaEditor):
    """Makes each table that has a person in it a table in parts, by the hash of the person."""

    def table_sql(self, model: type[Model]) -> tuple[str, list[Any]]:
        """The statement that makes the table."""
        statement, values = super().table_sql(model)
        if _by_person(model):
            statement += f" PARTITION BY HASH ({PERSON})"
        return statement, values

    def create_model(self, model: type[Model]) -> None:
        """The table, and its parts."""
        super().create_model(model)
        if not _by_person(model):
            return
        table = model._meta.db_table
        for part in range(PARTITIONS):
            self.execute(
                f"CREATE TABLE {self.quote_name(f'{table}_{part}')}"
                f" PARTITION OF {self.quote_name(table)}"
                f" FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {part})"
            )


def _by_person(model: type[Model]) -> bool:
    return any(field.column == PERSON for field in model._meta.local_fields)


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL as it is, but for how tables are made."""

    SchemaEditorClass = PartitioningEditor
