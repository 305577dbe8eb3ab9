"""The program's own settings, on a throwaway data folder and with light key derivation.

A settings module of its own because it is read before any conftest: never the data folder of
whoever runs the tests.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_DATA = tempfile.mkdtemp(prefix="secondvoice-test-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
os.environ["SECONDVOICE_DATA"] = _DATA
os.environ["SECONDVOICE_KDF_MEMORY_KIB"] = "8192"
os.environ["SECONDVOICE_KDF_PASSES"] = "1"

from secondvoice.site.settings import *  # noqa: E402, F403

if os.environ.get("SECONDVOICE_TEST_PARTITIONED"):
    DATABASES["default"]["ENGINE"] = "tests.partitioned"  # noqa: F405
