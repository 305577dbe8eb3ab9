"""The program's own server with other settings: ``python -m benchmarks.serve SETTINGS FOLDER``.

Everything but the settings is as in ``secondvoice --no-browser``, so that what is compared runs
on the same server, set up the same way.
"""

from __future__ import annotations

import os
import sys

if __name__ == "__main__":
    os.environ |= {"DJANGO_SETTINGS_MODULE": sys.argv[1], "SECONDVOICE_DATA": sys.argv[2]}
    from secondvoice.site import serve

    sys.exit(serve.run(port=None, browser=False, demo=False))
