"""What is kept of an import, so that it can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from secondvoice.records.kinds import record_kind

IMPORT = "import"


@record_kind(IMPORT, version=1)
@dataclass(frozen=True, slots=True)
class Import:
    """One import: each thing that it brought in or changed, with the revision that it made."""

    revisions: tuple[tuple[UUID, UUID], ...] = ()
