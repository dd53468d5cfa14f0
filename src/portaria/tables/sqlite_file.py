"""SQLite files: values without declared types, read as text and parsed like the cells of a CSV."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import polars as pl

from portaria.core.messages import Message
from portaria.core.problem import Problem
from portaria.tables.csv_file import blank_to_null
from portaria.tables.parse import parse
from portaria.tables.raw import NOT_READABLE, NUMBER_AS_CODE, RawTable, cut
from portaria.tables.schema import SOURCE_ROW, Table, text_columns

MAGIC = b"SQLite format 3\x00"


def is_sqlite(path: Path) -> bool:
    """Whether the file says that it is a SQLite database."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def read_sqlite(
    path: Path, table: str, schema: type[Table]
) -> tuple[pl.DataFrame | None, list[Problem]] | None:
    """One table with all its problems, rows numbered from 2 as in a file; None where it is not."""
    file = f"{path.name}:{table}"
    try:
        read = _columns(path, table)
    except sqlite3.Error as error:  # damaged, held by who writes it, not UTF-8, a broken view
        message = Message(NOT_READABLE, {"format": "SQLite", "detail": cut(error)})
        return None, [Problem(file, message)]
    if read is None:
        return None
    cells = pl.DataFrame(
        {
            name: pl.Series(name, [_text(value) for value in values], dtype=pl.String)
            for name, values in read.items()
        }
    )
    numbers = pl.int_range(2, cells.height + 2, dtype=pl.UInt32, eager=True).alias(SOURCE_ROW)
    cells = cells.with_columns(*blank_to_null(cells), numbers)
    frame, problems = parse(RawTable(file, cells), schema)
    return frame, _no_codes(file, read, text_columns(schema)) + problems


def _columns(path: Path, table: str) -> dict[str, tuple[object, ...]] | None:
    """The values of each column, in the order of the table; None where there is no such table."""
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as base:
        names = {name for (name,) in base.execute("select name from sqlite_master")}
        if table not in names:
            return None
        quoted = '"' + table.replace('"', '""') + '"'
        rows = base.execute(f"select * from {quoted}")
        header = [column[0] for column in rows.description]
        columns = list(zip(*rows, strict=True)) or [()] * len(header)
    return dict(zip(header, columns, strict=True))


def _no_codes(
    file: str, read: dict[str, tuple[object, ...]], codes: frozenset[str]
) -> list[Problem]:
    """Codes that went through a number with a point (2.0 for 02), or are bytes."""
    return [
        Problem(file, Message(NUMBER_AS_CODE), row=row, column=name, value=cut(value))
        for name, values in read.items()
        if name in codes
        for row, value in enumerate(values, 2)
        if isinstance(value, float | bytes)
    ]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
