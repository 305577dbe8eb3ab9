"""The same pass on a Spark of this machine's own. ``make test-spark`` sets up what it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import ibis
import pyarrow.parquet
import pytest

from tests.measures.group import elsewhere

if TYPE_CHECKING:
    from pathlib import Path

JAVA = "openjdk-17-jre-headless"


def have_java() -> None:
    """Install Java where that is ours to do; fail with a sentence where it is not."""
    if shutil.which("java") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", JAVA]
        for command in (["apt-get", "update", "-q"], install):
            subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
    if shutil.which("java") is None:
        pytest.fail(
            f"Spark needs Java 17 or later. Install it (on Debian: apt-get install {JAVA})."
        )


@pytest.mark.spark
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::UserWarning")
def test_spark_gives_what_memory_gives(tmp_path: Path) -> None:
    have_java()
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.warehouse.dir", str(tmp_path / "warehouse"))
        .getOrCreate()
    )
    try:
        there = ibis.pyspark.connect(spark)
        tables = []
        # As files, which is how answers come to a cluster.
        for name, instrument in (("scs", "scs"), ("scs-sf", "scs-sf"), ("scs-sf-later", "scs-sf")):
            file = tmp_path / f"{name}.parquet"
            pyarrow.parquet.write_table(elsewhere.arrow(name, instrument), file)
            tables.append(there.read_parquet(file))
        elsewhere.holds(*tables)
    finally:
        spark.stop()
