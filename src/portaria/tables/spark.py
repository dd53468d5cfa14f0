"""A local Spark session for the sources that are run there (extra `[spark]`)."""

from __future__ import annotations

from typing import Any


def session() -> Any:
    """One session of this process, quiet, without a web page, in UTC (times here have no zone)."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[*]").appName("portaria")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.timestampType": "TIMESTAMP_NTZ",
        "spark.sql.shuffle.partitions": "4",
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "ERROR",
    }.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
