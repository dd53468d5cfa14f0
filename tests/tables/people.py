"""A small schema with a column of each kind, for the tests of databases."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import dataframely as dy
import duckdb
import polars as pl

from portaria.tables.folder import TableSpec
from portaria.tables.schema import OPTIONAL, Table, flag


class People(Table):
    """A person who comes in."""

    person = dy.String(primary_key=True)
    visit = dy.Integer(primary_key=True)
    at = dy.Datetime()
    born = dy.Date(nullable=True)
    kind = dy.Enum(("guest", "staff"), nullable=True)
    minutes = dy.Integer(nullable=True, min=0, max=1440)
    badge = flag()
    note = dy.String(nullable=True, metadata=OPTIONAL)


class Doors(Table):
    """A door; nothing tells two rows apart."""

    door = dy.String()
    opened = dy.Date()


SPECS = {"people": TableSpec(People), "doors": TableSpec(Doors, required=False)}
ROW: dict[str, Any] = {
    "person": "P1", "visit": 1, "at": datetime(2024, 5, 8, 9, 30), "born": date(2000, 2, 29),
    "kind": "guest", "minutes": 50, "badge": True, "note": "02",
}  # fmt: skip
COLUMNS = {
    "person": pl.String, "visit": pl.Int64, "at": pl.Datetime("us"), "born": pl.Date,
    "kind": pl.String, "minutes": pl.Int64, "badge": pl.Boolean, "note": pl.String,
}  # fmt: skip


def people(*rows: dict[str, Any], **columns: Any) -> pl.DataFrame:
    """Rows that say only how they differ from `ROW`; each column of another type as a dtype."""
    numbered = [ROW | {"visit": number} | row for number, row in enumerate(rows or ({},), 1)]
    return pl.DataFrame(numbered, schema=COLUMNS | columns, strict=False)


def duck(path: Path, *statements: str) -> Path:
    """A DuckDB file made by SQL statements."""
    with duckdb.connect(str(path)) as base:
        for statement in statements:
            base.execute(statement)
    return path


def duck_with(path: Path, frame: pl.DataFrame, *statements: str) -> Path:
    """A DuckDB file with a table `people`, changed by SQL statements."""
    with duckdb.connect(str(path)) as base:
        base.register("given", frame.to_arrow())
        base.execute("CREATE TABLE people AS SELECT * FROM given")
        for statement in statements:
            base.execute(statement)
    return path


def told(problems: list[Any]) -> list[tuple[str, str, str, int | None, str, str]]:
    """Code, file, sheet, row, column and value of each problem."""
    return sorted(
        ((p.code, p.file, p.sheet, p.row, p.column, p.value or "") for p in problems),
        key=str,
    )
