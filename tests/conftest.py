"""What every test stands on: a throwaway data folder, light key derivation, the cast."""

from __future__ import annotations

import os
import tempfile

# Before Django reads its settings: never the data folder of whoever runs the tests.
os.environ["SECONDVOICE_DATA"] = tempfile.mkdtemp(prefix="secondvoice-test-")
os.environ["SECONDVOICE_KDF_MEMORY_KIB"] = "8192"
os.environ["SECONDVOICE_KDF_PASSES"] = "1"
