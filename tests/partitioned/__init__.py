"""A PostgreSQL whose tables of a person are partitioned by person, to run the whole suite on.

A table that is spread over machines by person (Citus, or another that speaks PostgreSQL) must have
the person in every key. PostgreSQL's own partitioning by hash refuses a key without it, too, so the
suite shows on one server that the schema can be spread. What it does not show is in docs/hosting.md.
"""

from __future__ import annotations

PARTITIONS = 4
