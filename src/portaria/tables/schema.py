"""How a table is declared: a dataframely schema whose rows remember where they came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dataframely as dy
import polars as pl

SOURCE_ROW = "\x1frow"
"""The column that remembers the row of the file; no header of a person has such a name."""

# Exact decimals keep up to 18 places: foreign diplomas bring thirds, spreadsheets bring 14 digits.
DECIMAL_PLACES = 18

OPTIONAL: dict[str, Any] = {"optional": True}
"""Metadata of a column that may be missing altogether."""


def decimal(**kwargs: Any) -> dy.Decimal:
    """An exact decimal column."""
    return dy.Decimal(38, DECIMAL_PLACES, **kwargs)


def flag() -> dy.Bool:
    """A boolean that is false when the cell is empty (a box left unticked)."""
    return dy.Bool(metadata={"blank": False})


class Table(dy.Schema):
    """Base of every input table. `SOURCE_ROW` is the row in the file, the header being row 1."""

    source_row = dy.UInt32(alias=SOURCE_ROW)


def columns_of(schema: type[Table]) -> dict[str, dy.Column]:
    """The columns a person writes, in order."""
    return {name: column for name, column in schema.columns().items() if name != SOURCE_ROW}


def text_columns(schema: type[Table]) -> frozenset[str]:
    """Columns that hold codes or names: a number there is a fault, not a value."""
    return frozenset(
        name for name, column in columns_of(schema).items() if column.dtype == pl.String
    )


def metadata(column: dy.Column) -> Mapping[str, Any]:
    """What the schema says of a column beyond its type."""
    return column.metadata or {}


def empty(schema: type[Table]) -> pl.DataFrame:
    """A table of no rows."""
    return pl.DataFrame(schema={name: c.dtype for name, c in schema.columns().items()})
