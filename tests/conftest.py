"""The cast, as fixtures. The throwaway data folder is in ``tests/settings.py``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.cast import Someone

# Nothing is asserted by the clock: these machines do other things, too. The examples are the same
# each time, so that a change is judged by what it changed; to look further than they do, run with
# HYPOTHESIS_PROFILE=further, and write what it finds as a test of its own.
settings.register_profile("the same", deadline=None, derandomize=True, database=None)
settings.register_profile("further", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "the same"))


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
