"""The rows of a typed database table against a schema: blanks, limits, repeated keys.

A row is told by its number where the table has one (a file), else by its key, which takes the place
of the sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import dataframely as dy
import ibis
import ibis.expr.types as ir
import polars as pl

from portaria.core.messages import Message
from portaria.core.problem import Problem
from portaria.tables.columns import GIVEN, SOURCE_ROW_COLUMN
from portaria.tables.parse import (
    ABOVE,
    BELOW,
    BLANK,
    NOT_ALLOWED,
    NOT_BOOLEAN,
    NOT_DATE,
    NOT_MOMENT,
    REPEATED_KEY,
)
from portaria.tables.raw import cut
from portaria.tables.schema import Table, columns_of

MOST_TOLD = 1000
"""Rows told of one fault: a table whose every row is wrong is told by its first thousand."""

Fetch = Callable[[ir.Table, Mapping[str, Any]], pl.DataFrame]
Fault = tuple[str, Message, ir.BooleanValue]


def integrity(table: ir.Table, schema: type[Table], file: str, fetch: Fetch) -> list[Problem]:
    """Every row that breaks the schema. One pass over the table, and more only where one does."""
    faults = list(_faults(table, schema))
    problems: list[Problem] = []
    if faults:
        counts = {str(i): fault[2].ifelse(1, 0).sum() for i, fault in enumerate(faults)}
        found = fetch(table.aggregate(**counts), dict.fromkeys(counts, pl.Int64)).row(0)
        broken = [fault for fault, count in zip(faults, found, strict=True) if count]
        names = schema.primary_key() or list(columns_of(schema))
        problems = [p for fault in broken for p in _told(table, fault, names, file, fetch)]
    return problems + list(_repeated(table, schema, file, fetch))


def _faults(table: ir.Table, schema: type[Table]) -> Iterator[Fault]:
    for name, column in columns_of(schema).items():
        value = table[name]
        if isinstance(column, dy.Bool):
            if GIVEN + name in table.columns:
                yield name, Message(NOT_BOOLEAN), value.isnull()
            continue
        if not column.nullable:
            yield name, Message(BLANK), value.isnull()
        if isinstance(column, dy.Enum):
            allowed = list(column.categories)
            message = Message(NOT_ALLOWED, {"allowed": ", ".join(allowed)})
            yield name, message, value.notnull() & ~value.isin(allowed)
        if isinstance(column, dy.Date | dy.Datetime):
            yield name, *_endless(value, column)
        if isinstance(column, dy.Integer):
            if column.min is not None:
                yield name, Message(BELOW, {"limit": column.min}), value < column.min
            if column.max is not None:
                yield name, Message(ABOVE, {"limit": column.max}), value > column.max


def _endless(value: ir.Value, column: dy.Column) -> tuple[Message, ir.BooleanValue]:
    """Databases know an infinity, and years of five digits."""
    if isinstance(column, dy.Date):
        beyond = (value < ibis.date(str(date.min))) | (value > ibis.date(str(date.max)))
        return Message(NOT_DATE), beyond
    first, last = ibis.timestamp("0001-01-01"), ibis.timestamp("9999-12-31T23:59:59.999999")
    return Message(NOT_MOMENT), (value < first) | (value > last)


def _told(
    table: ir.Table, fault: Fault, names: Sequence[str], file: str, fetch: Fetch
) -> Iterator[Problem]:
    """The rows with a fault. names: the columns that say which row it is."""
    name, message, wrong = fault
    shown = GIVEN + name if GIVEN + name in table.columns else name
    texts = {f"name_{i}": table[each].cast("string") for i, each in enumerate(names)}
    rows = table.filter(wrong).select(
        row=table[SOURCE_ROW_COLUMN], value=table[shown].cast("string"), **texts
    )
    columns = {"row": pl.Int64, "value": pl.String, **dict.fromkeys(texts, pl.String)}
    for row, value, *key in fetch(rows.limit(MOST_TOLD), columns).sort(pl.all()).iter_rows():
        where = "" if row is not None else cut(", ".join(each or "–" for each in key))
        yield Problem(file, message, where, row, name, None if value is None else cut(value))


def _repeated(table: ir.Table, schema: type[Table], file: str, fetch: Fetch) -> Iterator[Problem]:
    """Rows whose key stands more than once: each row of a file, each key of a database."""
    keys = schema.primary_key()
    if not keys:
        return
    unknown = reduce(or_, (table[key].isnull() for key in keys))
    groups = table.filter(~unknown).group_by(keys).agg(n=ibis._.count())
    twice = groups.filter(groups.n > 1)
    if fetch(twice.limit(1), {"n": pl.Int64}).is_empty():
        return
    rows = table.semi_join(twice, keys)
    told = rows.select(
        row=rows[SOURCE_ROW_COLUMN], **{key: rows[key].cast("string") for key in keys}
    ).distinct()
    columns = {"row": pl.Int64, **dict.fromkeys(keys, pl.String)}
    for row, *values in fetch(told.limit(MOST_TOLD), columns).sort(pl.all()).iter_rows():
        key = cut(", ".join(values))
        yield Problem(file, Message(REPEATED_KEY, {"key": key}), "", row, keys[0], key)
