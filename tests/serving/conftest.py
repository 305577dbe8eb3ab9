"""A PostgreSQL for the hosts, and a host with an empty database of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.postgres import cluster
from tests.serving.host import Host, another_database
from tests.serving.proxy import Proxy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with cluster() as url:
        yield url


@pytest.fixture
def empty_host(postgres: str, tmp_path: Path) -> Iterator[Host]:
    """A host without tables."""
    host = Host(tmp_path, another_database(postgres), Proxy(tmp_path))
    try:
        yield host
    finally:
        host.end()


@pytest.fixture
def host(empty_host: Host) -> Host:
    """A host with its tables."""
    status, _, error = empty_host.migrate()
    assert status == 0, error
    return empty_host
