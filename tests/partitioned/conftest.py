"""Only where the suite runs on the partitioned PostgreSQL (``make test-partitioned``)."""

from __future__ import annotations

import os

collect_ignore = [] if os.environ.get("SECONDVOICE_TEST_PARTITIONED") else ["test_partitioned.py"]
