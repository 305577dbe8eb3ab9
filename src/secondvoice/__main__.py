"""``python -m secondvoice`` is the command ``secondvoice``."""

from __future__ import annotations

import sys

from secondvoice.cli import main

if __name__ == "__main__":
    sys.exit(main())
