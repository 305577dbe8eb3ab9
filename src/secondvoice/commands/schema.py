"""``secondvoice schema``: what a line of an export may be, for programs that read one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def run(_chosen: argparse.Namespace) -> int:
    """Print the JSON Schema."""
    from secondvoice.site.management.prepare import load

    # Every room brings its kinds.
    load()
    from secondvoice.records.schema import line_schema

    print(json.dumps(line_schema(), indent=1))
    return 0
