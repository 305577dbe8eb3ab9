"""The program with other settings, for conditions that the environment cannot ask of it.

Run as ``python -m tests.keeping.impatient``; else it is those settings. ``KEEPING_WAIT``: seconds
to wait for a locked database. ``KEEPING_PAGES``: the size in pages beyond which the database may
not grow, which SQLite tells apart in nothing from a full disk.
"""

from __future__ import annotations

import os
import sys

if __name__ == "__main__":
    from secondvoice import cli

    cli.SETTINGS = "tests.keeping.impatient"
    sys.exit(cli.main())

if __name__ == "tests.keeping.impatient":
    from secondvoice.site.settings import *  # noqa: F403
    from secondvoice.site.settings import DATABASES

    _options = DATABASES["default"]["OPTIONS"]
    _options["timeout"] = float(os.environ.get("KEEPING_WAIT", "0.2"))
    if os.environ.get("KEEPING_PAGES"):
        _options["init_command"] += f"PRAGMA max_page_count={os.environ['KEEPING_PAGES']};"
