"""``secondvoice serve``: one replica of a host."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from secondvoice.site.datafolder import CannotStart

if TYPE_CHECKING:
    import argparse


def run(_chosen: argparse.Namespace) -> int:
    """Serve until told to stop.

    Returns:
        The exit status.

    Raises:
        SettingError: the environment does not say all that is needed, or wrongly.
        CannotStart: the port is taken, or this system cannot end a worker in order.
    """
    if sys.platform == "win32":
        raise CannotStart("'secondvoice serve' runs on Linux and its like, not on Windows.")
    from secondvoice.site.hosted import running
    from secondvoice.site.hosted.options import read_options, settle

    options = read_options()
    settle()
    return running.run(options)
