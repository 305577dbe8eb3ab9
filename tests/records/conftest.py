"""Alice, Bob and Charlie with their doors, and a database file that can be maltreated."""

from __future__ import annotations

import copy
import shutil
import sqlite3
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.utils import ConnectionHandler

from secondvoice.records.models import Door, create_person
from secondvoice.site.database import SQLITE_PRAGMAS
from secondvoice.vault import make_data_key, wrap_with_device_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django.plugin import DjangoDbBlocker


def new_door() -> Door:
    """Somebody new, with their door open."""
    person, data_key = uuid4(), make_data_key()
    create_person(person, [wrap_with_device_key(data_key, make_data_key(), person=person)])
    return Door(person, data_key)


@pytest.fixture
def door(db: None) -> Door:
    """Alice's door."""
    return new_door()


@pytest.fixture
def bobs_door(db: None) -> Door:
    return new_door()


@pytest.fixture
def charlies_door(db: None) -> Door:
    return new_door()


@pytest.fixture(scope="session")
def migrated_file(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "data.sqlite3"
    with django_db_blocker.unblock(), _in_place_of_the_usual(path):
        call_command("migrate", verbosity=0)
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture
def file_database(
    migrated_file: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[Path]:
    """A real SQLite file, set up as the program does, in the place of the tests' database."""
    path = tmp_path / "data.sqlite3"
    shutil.copy(migrated_file, path)
    with django_db_blocker.unblock(), _in_place_of_the_usual(path):
        yield path


@pytest.fixture
def reopen() -> Callable[..., None]:
    """Open the file again, as another start of the program would; settings may differ."""

    def again(**changes: object) -> None:
        connections["default"].close()
        connections.settings["default"].update(changes)
        del connections["default"]

    return again


class _in_place_of_the_usual:  # noqa: N801 (reads as the statement it is)
    """While it lasts, every thread's default database is the SQLite file at ``path``."""

    def __init__(self, path: Path) -> None:
        self.config = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(path),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": SQLITE_PRAGMAS,
            },
        }

    def __enter__(self) -> None:
        self.usual = connections.settings["default"]
        self.connection = connections["default"]
        handler = ConnectionHandler({"default": copy.deepcopy(self.config)})
        connections.settings["default"] = handler.settings["default"]
        del connections["default"]

    def __exit__(self, *_: object) -> None:
        connections["default"].close()
        connections.settings["default"] = self.usual
        connections["default"] = self.connection
