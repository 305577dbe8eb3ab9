"""Every table of a person is spread by person: on the partitioned PostgreSQL, in parts."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from tests.partitioned import PARTITIONS
from tests.partitioned.base import PERSON

pytestmark = pytest.mark.django_db


def tables_of_a_person() -> list[str]:
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if any(field.column == PERSON for field in model._meta.local_fields)
    )


def test_every_table_of_a_person_is_in_parts() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT parent.relname, count(*) FROM pg_inherits"
            " JOIN pg_class parent ON parent.oid = inhparent AND parent.relkind = 'p'"
            " GROUP BY parent.relname ORDER BY parent.relname"
        )
        found = dict(cursor.fetchall())
    assert tables_of_a_person()
    assert found == dict.fromkeys(tables_of_a_person(), PARTITIONS)
