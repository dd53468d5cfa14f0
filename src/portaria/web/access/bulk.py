"""Many rows at once: COPY on PostgreSQL, one prepared INSERT on SQLite, and reading back.

The ORM would take four to ten times as long for the tables of a national contest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import polars as pl
from django.db import connection, models

CHUNK = 20_000
BY_FIELD = (models.UUIDField, models.DateField, models.JSONField)
"""Fields whose values each database takes in its own form."""

Row = tuple[Any, ...]


def write_frame(model: type[models.Model], frame: pl.DataFrame, **same: Any) -> None:
    """Insert the rows of a frame; its columns that are fields of the model are written.

    `same`: columns with one value in every row, such as `contest_id`. Exact decimals become their
    digits. The caller holds the transaction.
    """
    fields = {field.attname for field in model._meta.concrete_fields}
    frame = frame.with_columns(pl.lit(value).alias(name) for name, value in same.items())
    frame = frame.select(_plain(frame[name]) for name in frame.columns if name in fields)
    write_rows(model, frame.columns, frame.iter_rows())


def write_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows of plain values. `columns`: attributes of the model, in the order of the rows.

    A field that stands in no column and has a default gets it: databases know no defaults of
    Django's. The caller holds the transaction.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    left_out = [
        field
        for name, field in fields.items()
        if name not in columns and field.has_default() and not field.primary_key
    ]
    spare = tuple(field.get_default() for field in left_out)
    written = [*(fields[name] for name in columns), *left_out]
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(field.column or "") for field in written)
    by_field = [(i, field) for i, field in enumerate(written) if isinstance(field, BY_FIELD)]
    ready = (_prepared((*row, *spare), by_field) for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in ready:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(written))
        statement = f"INSERT INTO {table} ({names}) VALUES ({places})"
        while chunk := list(islice(ready, CHUNK)):
            cursor.executemany(statement, chunk)


def _prepared(row: Row, by_field: Sequence[tuple[int, models.Field]]) -> Row:
    if not by_field:
        return row
    cells = list(row)
    for index, field in by_field:
        cells[index] = field.get_db_prep_save(cells[index], connection)
    return tuple(cells)


def _plain(cells: pl.Series) -> pl.Series:
    """Cells as a database takes them: an exact decimal as its own digits, without spare zeros."""
    if isinstance(cells.dtype, pl.Decimal):
        text = cells.cast(pl.String).str.replace(r"(\.\d*?)0+$", "$1")
        return text.str.strip_suffix(".").alias(cells.name)
    if isinstance(cells.dtype, pl.Enum | pl.Categorical):
        return cells.cast(pl.String)
    return cells


def read_rows(
    model: type[models.Model],
    columns: Mapping[str, Any],
    where: Mapping[str, Any],
    order: Sequence[str] = (),
) -> pl.DataFrame:
    """The rows of a model that `where` keeps, as a frame with these columns and types.

    columns: field names to Polars types; decimals come as their digits. where: field names to
    values, or to lists of them.
    """
    rows = model._default_manager.filter(**where).order_by(*order).values_list(*columns)
    statement, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found = cursor.fetchall()
    raw = {name: pl.Int64 if kind == pl.Boolean else kind for name, kind in columns.items()}
    if connection.vendor == "postgresql":
        raw = dict(columns)
    frame = pl.DataFrame(found, schema=raw, orient="row", infer_schema_length=None)
    return frame.cast({name: kind for name, kind in columns.items() if kind == pl.Boolean})
