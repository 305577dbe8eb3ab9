"""A kind of record for these tests alone."""

from __future__ import annotations

from dataclasses import dataclass

from secondvoice.records import record_kind


@record_kind("test_note")
@dataclass(frozen=True)
class Note:
    text: str = ""
    number: int | None = None


@record_kind("test_letter")
@dataclass(frozen=True)
class Letter:
    text: str = ""
