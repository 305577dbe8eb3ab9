"""Only where the suite runs in a house of many (``make test-accounts``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.cache import cache

if TYPE_CHECKING:
    from collections.abc import Iterator

collect_ignore_glob = [] if settings.ACCOUNTS else ["test_*.py"]


@pytest.fixture(autouse=True)
def nothing_tried_yet(db: None) -> Iterator[None]:
    """The limits on tries begin anew with each test."""
    cache.clear()
    return
