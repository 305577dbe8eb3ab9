"""Houses: an empty one, and one that somebody moved into once, to copy from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.keeping.house import House, house_at, write_down

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VOICES = [f"I always get the {number} wrong, zqkept{number}." for number in range(4)]
"""What is in the house before anything happens to it, oldest first."""


@pytest.fixture
def empty_house(tmp_path: Path) -> Iterator[House]:
    with house_at(tmp_path / "house") as house:
        yield house


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> House:
    with house_at(tmp_path_factory.mktemp("lived") / "house") as house:
        server = house.start()
        browser = house.visitor(server)
        house.move_in(browser)
        for voice in VOICES:
            write_down(browser, voice)
        assert server.stop() == 0
        return house


@pytest.fixture
def house(lived_in: House, tmp_path: Path) -> Iterator[House]:
    """A house with four moments in it, and nothing running."""
    with lived_in.copy(tmp_path / "house") as house:
        yield house
