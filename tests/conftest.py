"""The cast, as fixtures. The throwaway data folder is in ``tests/settings.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Someone


@pytest.fixture
def alice(db: None) -> Someone:
    """Alice, with her diary open in her browser."""
    from tests.cast import move_in

    someone = move_in()
    someone.unlock()
    return someone


@pytest.fixture
def locked_alice(db: None) -> Someone:
    """Alice, with her diary locked."""
    from tests.cast import move_in

    return move_in()
