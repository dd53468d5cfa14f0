"""The columns of a database: types checked, nothing cast that could lose something."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import ibis
import polars as pl
import pytest

from portaria.tables.columns import SOURCE_ROW_COLUMN, typed_table

from .people import People, people


def typed(frame, codes=False, cast=None):
    """The typed rows, or the problems as code, column and value."""
    table = ibis.memtable(frame.to_arrow())
    if cast:
        table = table.mutate(**{name: table[name].cast(kind) for name, kind in cast.items()})
    made, problems = typed_table(table, People, "people", codes)
    if made is None:
        return sorted((p.code, p.column, p.value or "") for p in problems)
    return pl.from_arrow(made.to_pyarrow())


ACCEPTED = [
    # column, type, value, value in the schema's type
    ("at", pl.Datetime("ms"), datetime(2024, 2, 29, 23, 59), datetime(2024, 2, 29, 23, 59)),
    ("at", pl.Datetime("ns"), datetime(2024, 2, 29, 23, 59), datetime(2024, 2, 29, 23, 59)),
    ("at", pl.Date, date(2024, 2, 29), datetime(2024, 2, 29)),
    ("born", pl.Datetime("us"), datetime(2024, 2, 29, 23, 59), date(2024, 2, 29)),
    ("born", pl.Null, None, None),
    ("visit", pl.Int16, 7, 7),
    ("visit", pl.UInt64, 7, 7),
    ("visit", pl.Decimal(10, 0), Decimal(7), 7),
    ("badge", pl.Boolean, None, False),
    ("badge", pl.Int64, 1, True),
    ("badge", pl.Int64, 0, False),
    ("badge", pl.String, " s ", True),
    ("badge", pl.String, "Sim", True),
    ("badge", pl.String, "true", True),
    ("badge", pl.String, "N", False),
    ("badge", pl.String, "não", False),
    ("badge", pl.String, "", False),
    ("badge", pl.String, None, False),
    ("badge", pl.Null, None, False),
    ("badge", pl.String, "talvez", None),  # told by the rows, with the word
    ("badge", pl.Int64, 2, None),
    ("note", pl.String, "  02 ", "02"),
    ("note", pl.String, "   ", None),
    ("note", pl.Null, None, None),
    ("note", pl.Int64, 2, "2"),
]


@pytest.mark.parametrize(("column", "dtype", "value", "meant"), ACCEPTED)
def test_a_value_in_the_type_of_the_schema(column, dtype, value, meant):
    frame = people({column: value}, **{column: dtype})
    assert typed(frame)[column].to_list() == [meant]


REFUSED = [
    # column, type, code, the type as it is told
    ("at", pl.String, "wrong-column-type", "string"),
    ("at", pl.Int64, "wrong-column-type", "int64"),
    ("at", pl.Datetime("us", "UTC"), "time-with-zone", "timestamp('UTC', 6)"),
    ("at", pl.Datetime("ms", "America/Sao_Paulo"), "time-with-zone",
     "timestamp('America/Sao_Paulo', 3)"),
    ("born", pl.String, "wrong-column-type", "string"),
    ("born", pl.Datetime("us", "UTC"), "time-with-zone", "timestamp('UTC', 6)"),
    ("visit", pl.String, "wrong-column-type", "string"),
    ("visit", pl.Float64, "wrong-column-type", "float64"),
    ("visit", pl.Decimal(10, 2), "wrong-column-type", "decimal(10, 2)"),
    ("badge", pl.Date, "wrong-column-type", "date"),
    ("note", pl.Float64, "wrong-column-type", "float64"),
    ("note", pl.List(pl.String), "wrong-column-type", "array<string>"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "dtype", "code", "given"), REFUSED)
def test_a_type_that_could_lose_something_is_one_problem_of_the_column(column, dtype, code, given):
    frame = people().with_columns(pl.lit(None).cast(dtype).alias(column))
    assert typed(frame) == [(code, column, given)]


def test_json_is_text():
    frame = people({"note": '{"a": 1}'})
    assert typed(frame, cast={"note": "json"})["note"].to_list() == ['{"a": 1}']


def test_a_number_as_code_is_a_fault_in_a_file_only():
    """A number column of a database is a key of that database; in a Parquet file 02 became 2."""
    frame = people({"note": 2}, note=pl.Int64)
    assert typed(frame, codes=True) == [("number-as-code", "note", "int64")]
    assert typed(frame, codes=False)["note"].to_list() == ["2"]


@pytest.mark.parametrize(
    ("codes", "code"), [(True, "missing-column"), (False, "missing-database-column")]
)
def test_missing_columns_are_told_at_once_but_for_optional_ones(codes, code):
    frame = people().drop("at", "badge", "note")
    assert typed(frame, codes) == [(code, "at", ""), (code, "badge", "")]
    assert typed(people().drop("note"), codes)["note"].to_list() == [None]


def test_every_column_is_told_at_once():
    frame = people().with_columns(at=pl.lit("x"), visit=pl.lit(1.0), badge=pl.lit(None, pl.Date))
    assert [column for _, column, _ in typed(frame)] == ["at", "badge", "visit"]


def test_further_columns_do_not_matter_nor_does_their_order():
    frame = people().with_columns(extra=pl.lit(1), name=pl.lit("x"))
    shuffled = frame.select(sorted(frame.columns, reverse=True))
    names = ["person", "visit", "at", "born", "kind", "minutes", "badge", "note"]
    assert typed(shuffled).columns == [*names, SOURCE_ROW_COLUMN]


def test_a_column_of_the_database_is_not_taken_for_the_rows_of_a_file():
    frame = people().with_columns(pl.lit("seven").alias(SOURCE_ROW_COLUMN))
    assert typed(frame)[SOURCE_ROW_COLUMN].to_list() == [None]
    numbered = people().with_columns(pl.lit(2).alias(SOURCE_ROW_COLUMN))
    assert typed(numbered, codes=True)[SOURCE_ROW_COLUMN].to_list() == [2]
