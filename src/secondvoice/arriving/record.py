"""What is kept for bringing things in: a secret for ids, and a file that waits."""

from __future__ import annotations

from dataclasses import dataclass

from secondvoice.records.kinds import record_kind

ID_SECRET = "import_secret"  # noqa: S105 (the name of a kind)
WAITING = "import_waiting"


@record_kind(ID_SECRET, version=1, only_one=True)
@dataclass(frozen=True, slots=True)
class ImportSecret:
    """What the ids of brought-in entries are made with, so that they tell nobody anything.

    Not the data key: that may be changed, and the ids must stay. ``secret`` is 64 hex digits.
    """

    secret: str


@record_kind(WAITING, version=1, only_one=True)
@dataclass(frozen=True, slots=True)
class ImportWaiting:
    """A file that was chosen in the browser, between the look at it and the yes or no.

    ``name`` is the file's, ``dates`` is empty, ``dmy`` or ``mdy``, ``columns`` a table's mapping.
    """

    text: str
    name: str = ""
    dates: str = ""
    columns: dict[str, str] | None = None
