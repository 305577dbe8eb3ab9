"""What whoever brings something in says about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from secondvoice.arriving.dates import Order


@dataclass(frozen=True, slots=True)
class Choices:
    """What a file does not say of itself.

    Attributes:
        zone: where the writer was, for times without a zone.
        dates: how ``03/04/2024`` is meant; empty where that was not said.
        columns: for a table, the field that each named column fills.
    """

    zone: tzinfo
    dates: Order = ""
    columns: Mapping[str, str] = field(default_factory=dict, repr=False)
