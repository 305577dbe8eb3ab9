"""``secondvoice manage …``: the web framework's own commands, with our settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondvoice.site.management.prepare import run_command

if TYPE_CHECKING:
    import argparse


def run(chosen: argparse.Namespace) -> int:
    """Hand everything after ``manage`` on."""
    run_command(chosen.rest)
    return 0
