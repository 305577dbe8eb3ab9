"""A table that lies elsewhere gives the same numbers: in a file, on PostgreSQL."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import ibis
import numpy as np
import pyarrow as pa
import pytest

from secondvoice import measures
from secondvoice.measures import group
from secondvoice.measures.group.tables import table_moments, table_retest
from tests.measures.group import elsewhere, golden
from tests.postgres import cluster

SCS_SF = measures.instrument("scs-sf")


@pytest.fixture(scope="module")
def duck() -> ibis.BaseBackend:
    return ibis.duckdb.connect()


def test_duckdb_gives_what_memory_gives(duck: ibis.BaseBackend) -> None:
    files = [str(golden.FOLDER / f"{name}.csv") for name in ("scs", "scs-sf", "scs-sf-later")]
    elsewhere.holds(*(duck.read_csv(file) for file in files))


@pytest.mark.slow
def test_postgresql_gives_what_memory_gives() -> None:
    with cluster() as url:
        asked = parse_qs(urlsplit(url).query)
        there = ibis.postgres.connect(
            host=asked["host"][0], user=asked["user"][0], database="postgres"
        )
        try:
            elsewhere.holds(
                there.create_table("scs", elsewhere.arrow("scs", "scs")),
                there.create_table("short", elsewhere.arrow("scs-sf", "scs-sf")),
                there.create_table("later", elsewhere.arrow("scs-sf-later", "scs-sf")),
            )
        finally:
            there.disconnect()


def test_a_cell_that_is_no_number_counts_as_missing(duck: ibis.BaseBackend) -> None:
    table = elsewhere.arrow("scs-sf", "scs-sf")
    column = np.array(table["scs_sf_1"].to_pylist(), dtype=np.float64)
    floats = table.set_column(1, "scs_sf_1", pa.array(column))
    assert np.isnan(column).any()
    found = table_moments(SCS_SF, ibis.memtable(floats))
    assert (found.n, found.left_out) == (340, 10)


def test_what_does_not_fit_is_told_by_its_column(duck: ibis.BaseBackend) -> None:
    table = elsewhere.arrow("scs-sf", "scs-sf")
    strange = table.set_column(3, "scs_sf_3", pa.array([9] * len(table)))
    with pytest.raises(group.GroupError, match=r"^scs_sf_3: an answer here is a whole number from"):
        table_moments(SCS_SF, ibis.memtable(strange))
    text = table.set_column(3, "scs_sf_3", pa.array(["often"] * len(table)))
    with pytest.raises(group.GroupError, match=r"^scs_sf_3 holds string, not numbers"):
        table_moments(SCS_SF, ibis.memtable(text))
    few = table.drop_columns([f"scs_sf_{i}" for i in range(1, 8)])
    with pytest.raises(group.GroupError, match=r"missing: scs_sf_1, .*, scs_sf_5 and 2 more"):
        table_moments(SCS_SF, ibis.memtable(few))


def test_a_retest_needs_to_know_who_is_who(duck: ibis.BaseBackend) -> None:
    first = ibis.memtable(elsewhere.arrow("scs-sf", "scs-sf"))
    later = elsewhere.arrow("scs-sf-later", "scs-sf")
    with pytest.raises(group.GroupError, match=r"The first table has no column 'code'"):
        table_retest(SCS_SF, first, ibis.memtable(later), "code")
    twice = pa.concat_tables([later, later.slice(0, 1)])
    with pytest.raises(group.GroupError, match=r"Somebody stands in the later table twice"):
        table_retest(SCS_SF, first, ibis.memtable(twice), "person")
    with pytest.raises(group.GroupError, match=r"Fewer than three people answered on both"):
        table_retest(SCS_SF, first, ibis.memtable(later.slice(0, 2)), "person")
