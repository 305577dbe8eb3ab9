"""In a pocket: what is written without a network waits on the device, sealed, and is kept later.

The device's half is ``site/static/js/waiting.js``, which the service worker loads; the format that
both agree on is in docs/storage.md, and why it is so in docs/decisions/0014-waiting-writes.md.
"""

from __future__ import annotations

from typing import Any, Final

from secondvoice.texts import texts

SECOND: Final = ("name_it", "not_alone", "kind_words")
"""Fields with the second voice's words."""

LONG: Final = ("voice", "happened", "why", *SECOND, "right_if", "right_then")
"""Fields with a person's own words."""


def words_of(section: str) -> dict[str, Any]:
    """A section of the room's own words, some of which the service worker says."""
    table: dict[str, Any] = texts("secondvoice.pocket", "pocket.toml")[section]
    return table
