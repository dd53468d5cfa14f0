"""Parquet files: typed columns, written as the text a CSV would hold and parsed like one."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from portaria.core.messages import Message, declare
from portaria.core.problem import Problem
from portaria.tables.canonical import shortest
from portaria.tables.csv_file import blank_to_null
from portaria.tables.raw import EMPTY_FILE, NOT_READABLE, NUMBER_AS_CODE, RawTable, cut
from portaria.tables.schema import SOURCE_ROW

NESTED_COLUMN = declare(
    "nested-column", "the column holds lists, structures or bytes: write one plain value a row"
)


def read_parquet(path: Path, text_columns: frozenset[str]) -> RawTable:
    """Read as text. A column of codes stored as numbers is one problem for the whole column."""
    file = path.name
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        message = Message(NOT_READABLE, {"format": "Parquet", "detail": cut(error)})
        return RawTable(file, pl.DataFrame(), problems=[Problem(file, message)])
    return as_text(file, frame, text_columns)


def as_text(file: str, frame: pl.DataFrame, text_columns: frozenset[str]) -> RawTable:
    """A typed frame as the text a CSV would hold, its first row being row 2 of `file`."""
    textual = (pl.String, pl.Categorical, pl.Enum, pl.Null)
    plain = {
        name: not (dtype.is_nested() or dtype == pl.Binary) for name, dtype in frame.schema.items()
    }
    problems = [
        Problem(file, Message(NUMBER_AS_CODE), column=name, value=str(dtype))
        for name, dtype in frame.schema.items()
        if name in text_columns and dtype not in textual
    ]
    problems += [
        Problem(file, Message(NESTED_COLUMN), column=name, value=str(frame.schema[name]))
        for name, flat in plain.items()
        if not flat and name not in text_columns
    ]
    flat = [name for name, is_flat in plain.items() if is_flat]
    nothing = pl.lit(None, pl.String)
    cells = frame.select(
        _text(name, frame.schema[name]) if name in flat else nothing.alias(name)
        for name in frame.columns
    )
    rows = pl.int_range(2, frame.height + 2, dtype=pl.UInt32, eager=True).alias(SOURCE_ROW)
    if frame.width == 0:
        return RawTable(file, pl.DataFrame(), problems=[Problem(file, Message(EMPTY_FILE))])
    return RawTable(file, cells.with_columns(*blank_to_null(cells), rows), problems=problems)


def _text(name: str, dtype: pl.DataType) -> pl.Expr:
    """A typed cell as a person would write it: an exact decimal without the zeros of its scale."""
    text = pl.col(name).cast(pl.String)
    return shortest(text) if isinstance(dtype, pl.Decimal) and dtype.scale else text
