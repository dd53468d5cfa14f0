"""Rows that belong to nothing: they would be lost in silence by a join, so they are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ibis.expr.types as ir
import polars as pl

BELONGS = (
    ("movements", "enrolment", "enrolments"),
    ("movements", "class", "classes"),
    ("class_disciplines", "class", "classes"),
    ("discipline_enrolments", "enrolment", "enrolments"),
    ("discipline_enrolments", "class_discipline", "class_disciplines"),
    ("discipline_movements", "discipline_enrolment", "discipline_enrolments"),
    ("lessons", "class_discipline", "class_disciplines"),
)
"""Table, the column that names a row of another table, and that table."""

STRAYS = {"table": pl.String, "field": pl.String, "value": pl.String, "row": pl.Int64}

NAMED = {"value": pl.String, "row": pl.Int64}

Fetch = Callable[[ir.Table, Mapping[str, Any]], pl.DataFrame]


def strays(tables: Mapping[str, ir.Table], fetch: Fetch) -> pl.DataFrame:
    """Columns `STRAYS`: each name that is nowhere, with the first row that gives it."""
    found = []
    for table, column, other in BELONGS:
        rows = tables[table]
        named = rows.filter(rows[column].notnull()).anti_join(tables[other], column)
        names = named.group_by(value=named[column]).agg(row=named.source_row.min())
        told = fetch(names, NAMED)
        found.append(
            told.select(table=pl.lit(table), field=pl.lit(column), value="value", row="row")
        )
    found.append(_nobody(tables["discipline_enrolments"], fetch))
    return pl.concat(found).sort("table", "field", "value", "row")


def _nobody(rows: ir.Table, fetch: Fetch) -> pl.DataFrame:
    """Discipline enrolments of no enrolment: an isolated one stands alone, others count nowhere."""
    lost = rows.filter(rows.enrolment.isnull() & ~rows.isolated)
    told = fetch(lost.select(value=lost.discipline_enrolment, row=lost.source_row), NAMED)
    table, column = pl.lit("discipline_enrolments"), pl.lit("enrolment")
    return told.select(table=table, field=column, value="value", row="row")
