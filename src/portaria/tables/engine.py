"""The engines that run the set work of a source that brings none: DuckDB, or Spark."""

from __future__ import annotations

import tempfile
from typing import Any

import ibis

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.tables.address import NO_ENGINE
from portaria.tables.raw import cut

MEMORY = "3GB"
"""What DuckDB may hold; beyond it, it goes on disk."""

ENGINES = ("duckdb", "spark")
DRIVERS = {"_duckdb", "duckdb", "psycopg", "pyodbc", "oracledb", "pyspark", "py4j", "pyarrow"}
"""The modules whose exceptions are what a database, or the file it reads, has to say."""

UNKNOWN_ENGINE = declare("engine-unknown", "{engine} is no engine: write one of {known}")


def check_engine(engine: str) -> None:
    """UsageError where the engine is none of `ENGINES`."""
    if engine not in ENGINES:
        params = {"engine": engine, "known": ", ".join(ENGINES)}
        raise UsageError(Message(UNKNOWN_ENGINE, params))


def connect(engine: str) -> Any:
    """An embedded engine; UsageError where it is not installed."""
    try:
        spill = tempfile.TemporaryDirectory(prefix="portaria-")
        if engine == "spark":
            from portaria.tables.spark import session

            backend = ibis.pyspark.connect(session())
        else:
            backend = ibis.duckdb.connect(
                memory_limit=MEMORY, temp_directory=spill.name, preserve_insertion_order=False
            )
        backend.spill = spill  # lives, and is removed, with the connection
        return backend
    except ImportError as error:
        detail = {"engine": engine, "detail": cut(error)}
        raise UsageError(Message(NO_ENGINE, detail)) from error


def of_driver(error: BaseException | None) -> bool:
    """Whether an exception is what a database said, and no fault of ours."""
    return type(error).__module__.partition(".")[0] in DRIVERS
