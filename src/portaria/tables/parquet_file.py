"""Parquet files: typed columns, written as the text a CSV would hold and parsed like one."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from portaria.core.messages import Message
from portaria.core.problem import Problem
from portaria.tables.csv_file import blank_to_null
from portaria.tables.raw import NOT_READABLE, NUMBER_AS_CODE, RawTable, cut
from portaria.tables.schema import SOURCE_ROW


def read_parquet(path: Path, text_columns: frozenset[str]) -> RawTable:
    """Read as text. A column of codes stored as numbers is one problem for the whole column."""
    file = path.name
    try:
        frame = pl.read_parquet(path).drop(SOURCE_ROW, strict=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        message = Message(NOT_READABLE, {"format": "Parquet", "detail": cut(error)})
        return RawTable(file, pl.DataFrame(), problems=[Problem(file, message)])
    textual = (pl.String, pl.Categorical, pl.Enum, pl.Null)
    problems = [
        Problem(file, Message(NUMBER_AS_CODE), column=name, value=str(dtype))
        for name, dtype in frame.schema.items()
        if name in text_columns and dtype not in textual
    ]
    cells = frame.select(pl.all().cast(pl.String))
    rows = pl.int_range(2, frame.height + 2, dtype=pl.UInt32, eager=True).alias(SOURCE_ROW)
    return RawTable(file, cells.with_columns(*blank_to_null(cells), rows), problems=problems)
