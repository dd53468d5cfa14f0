"""The same rows where the data lives: DuckDB, a real PostgreSQL, a local Spark session."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import ibis
import polars as pl
import pytest
from postgres import has_postgres, postgres_url
from reference.scae.random_logs import random_network, write_source

from portaria.regulations.scae.results import Made, result_tables
from portaria.regulations.scae.schemas import TABLES
from portaria.regulations.scae.source import open_source
from portaria.tables.database import Database
from regulations.scae.engine import empty_ledger, load_with

MONTHS = ("2024-04", "2024-06", "2024-12", "2025-01")
SEEDS = (3, 5)


def has_java() -> bool:
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return False
    return shutil.which("java") is not None


def tables_without_rows(made: Made) -> dict[str, pl.DataFrame]:
    """The results without `row`: a database has no row numbers."""
    tables = result_tables(made)
    return tables | {"findings": tables["findings"].drop("row")}


def same_loads(
    one: Database, other: Database, config: dict[str, object], months: Sequence[str] = MONTHS
) -> None:
    sent = 0
    for month in months:
        first = load_with(one, config, month, empty_ledger())
        second = load_with(other, config, month, empty_ledger())
        tables = tables_without_rows(second)
        for name, frame in tables_without_rows(first).items():
            assert frame.equals(tables[name]), f"{month}: {name}"
        sent += first.load.load.height
    assert sent > 20


def in_postgres(source: Path) -> str:
    """The tables of a folder copied into a fresh database, typed as a school system has them."""
    address = postgres_url("scae")
    database, server = open_source(str(source)), ibis.connect(address)
    for name, spec in TABLES.items():
        columns = [
            column for column in spec.schema.columns() if column in database.tables[name].columns
        ]
        rows = database.backend.to_pyarrow(database.tables[name].select(*columns))
        server.create_table(name, rows)
    return address


def as_parquet(source: Path, folder: Path) -> Path:
    """The same folder with typed Parquet files."""
    shutil.copytree(source, folder)
    database = open_source(str(source))
    for name in TABLES:
        frame = pl.from_arrow(database.backend.to_pyarrow(database.tables[name]))
        assert isinstance(frame, pl.DataFrame)
        frame.drop("source_row").write_parquet(folder / f"{name}.parquet")
        (folder / f"{name}.csv").unlink()
    return folder


@pytest.mark.parametrize("seed", SEEDS)
def test_postgresql(seed: int, tmp_path: Path, needs: Callable[[bool, str], None]) -> None:
    needs(has_postgres(), "PostgreSQL")
    network = random_network(seed, people=60, faulty=True)
    source = tmp_path / "source"
    write_source(network.source(), network.config, source)
    server = open_source(in_postgres(source))
    assert not server.problems
    same_loads(open_source(str(source)), server, network.config)


def test_spark(tmp_path: Path, needs: Callable[[bool, str], None]) -> None:
    needs(has_java(), "Spark and Java")
    network = random_network(SEEDS[0], people=120, faulty=True)
    source = tmp_path / "source"
    write_source(network.source(), network.config, source)
    parquet = as_parquet(source, tmp_path / "parquet")
    spark = open_source(str(parquet), "spark")
    assert not spark.problems
    same_loads(open_source(str(parquet)), spark, network.config, MONTHS[1:3])
