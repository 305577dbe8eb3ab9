"""The cast, as fixtures. The throwaway data folder is in ``tests/settings.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.cast import Someone

# Nothing is asserted by the clock: these machines do other things, too.
settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")


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
