"""The log of a replica: one JSON object a line, on standard output.

Nothing of a person is in it: a request is told by its method, the name of its route, its status
and how long it took; never by its path, in which ids stand, an address, a header or a field. All
else is told as everywhere (``site/logs.py``), without words.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from secondvoice.site.logs import Wordless

REQUESTS = "secondvoice.requests"
EVENTS = "secondvoice.replica"


class JsonLines(Wordless):
    """Write a record as one JSON object: time, level, replica, event, and what belongs to it.

    Args:
        replica: its name.
    """

    def __init__(self, replica: str) -> None:
        super().__init__()
        self._replica = replica

    def format(self, record: logging.LogRecord) -> str:
        """One line for ``record``; its own fields are those of ``extra={"fields": …}``."""
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "time": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z",
            "level": record.levelname.lower(),
            "replica": self._replica,
        }
        fields = getattr(record, "fields", None)
        if fields is None:
            line |= {"event": "message", "says": super().format(record)}
        else:
            line |= fields
        return json.dumps(line, ensure_ascii=True)


def write_lines(replica: str) -> None:
    """Send warnings and worse, our requests and events, to standard output as JSON."""
    # A reader of the log that went away is no reason to refuse a request.
    logging.raiseExceptions = False
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines(replica))
    logging.getLogger().handlers[:] = [handler]
    for name in (REQUESTS, EVENTS):
        logging.getLogger(name).setLevel(logging.INFO)


def tell_request(method: str, route: str, status: int, seconds: float) -> None:
    """Write the line of one request that was answered."""
    logging.getLogger(REQUESTS).info(
        "",
        extra={
            "fields": {
                "event": "request",
                "method": method,
                "route": route,
                "status": status,
                "ms": round(seconds * 1000, 1),
            }
        },
    )


def tell(event: str, **fields: str | float) -> None:
    """Write the line of something that happened to the replica itself."""
    logging.getLogger(EVENTS).info("", extra={"fields": {"event": event, **fields}})
