"""Parquet: typed columns as the text a CSV would hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from portaria.tables.parquet_file import read_parquet
from portaria.tables.schema import SOURCE_ROW

CODES = frozenset({"code", "name"})


@pytest.fixture
def read(tmp_path):
    """Write a frame and read it back as an input table."""

    def write_and_read(frame):
        frame.write_parquet(tmp_path / "t.parquet")
        return read_parquet(tmp_path / "t.parquet", CODES)

    return write_and_read


def faults(raw):
    return [(problem.code, problem.row, problem.column) for problem in raw.problems]


@pytest.mark.parametrize(
    ("values", "dtype", "texts"),
    [
        (["a", " b ", "", None], pl.String, ["a", "b", None, None]),
        (["x", "y"], pl.Categorical, ["x", "y"]),
        (["x", "y"], pl.Enum(["x", "y"]), ["x", "y"]),
        ([1, None, -3], pl.Int64, ["1", None, "-3"]),
        ([7], pl.UInt8, ["7"]),
        ([150.0, 12.55], pl.Float64, ["150.0", "12.55"]),
        ([133.33333333333334], pl.Float64, ["133.33333333333334"]),
        ([12.55], pl.Float32, ["12.55"]),
        ([Decimal("12.50"), Decimal(100)], pl.Decimal(9, 4), ["12.5", "100"]),
        ([Decimal(100)], pl.Decimal(9, 0), ["100"]),
        ([True, False, None], pl.Boolean, ["true", "false", None]),
        ([date(2017, 7, 17)], pl.Date, ["2017-07-17"]),
        ([None, None], pl.Null, [None, None]),
    ],
)
def test_values_as_text(values, dtype, texts, read):
    raw = read(pl.DataFrame({"value": pl.Series(values, dtype=dtype)}))
    assert raw.problems == []
    assert raw.cells["value"].to_list() == texts
    assert raw.cells[SOURCE_ROW].to_list() == list(range(2, len(values) + 2))


@pytest.mark.parametrize("dtype", [pl.Int64, pl.Float64, pl.Date, pl.Boolean, pl.Decimal(9, 2)])
def test_codes_that_are_no_text_are_one_problem(dtype, read):
    raw = read(pl.DataFrame({"code": pl.Series([0, 1, 0]).cast(dtype), "value": [1, 2, 3]}))
    assert faults(raw) == [("number-as-code", None, "code")]


def test_blank_codes_without_a_type_are_blank(read):
    raw = read(pl.DataFrame({"code": [None, None], "value": [1, 2]}))
    assert raw.problems == []
    assert raw.cells["code"].to_list() == [None, None]


@pytest.mark.parametrize("name", ["value", "code"])
@pytest.mark.parametrize(
    "values",
    [
        pl.Series([[1, 2], [3]]),
        pl.Series([{"a": 1}, {"a": 2}]),
        pl.Series([b"\xff\xfe", b"\x00"]),
        pl.Series([[1, 2], [3, 4]], dtype=pl.Array(pl.Int64, 2)),
    ],
    ids=["lists", "structs", "bytes", "arrays"],
)
def test_columns_that_no_table_of_text_can_hold(name, values, read):
    """Kept as some text where nobody asked for them, or a problem; never a fault of the program."""
    raw = read(pl.DataFrame({name: values, "other": ["a", "b"]}))
    assert raw.cells.width == 0 or raw.cells["other"].to_list() == ["a", "b"]
    if name == "code":
        assert {problem.column for problem in raw.problems} == {"code"}


def test_a_column_of_rows_is_not_taken_for_the_rows_of_the_file(read):
    raw = read(pl.DataFrame({"source_row": [90, 91], "value": ["a", "b"]}))
    assert raw.cells[SOURCE_ROW].to_list() == [2, 3]


def test_no_rows(read):
    raw = read(pl.DataFrame({"code": []}, schema={"code": pl.String}))
    assert (raw.problems, raw.cells.height, raw.cells.columns) == ([], 0, ["code", SOURCE_ROW])


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1 nothing PAR1", b"code,value\nA,1\n"])
def test_a_file_of_another_kind(data, tmp_path):
    (tmp_path / "t.parquet").write_bytes(data)
    raw = read_parquet(tmp_path / "t.parquet", CODES)
    assert faults(raw) == [("file-not-readable", None, "")]
    assert "Parquet" in str(raw.problems[0].message)


def test_no_damaged_byte_brings_it_down(tmp_path, capfd):
    """Each byte in turn: read, or refused with a problem. Polars panics at some of them."""
    path = tmp_path / "t.parquet"
    pl.DataFrame({"code": ["C1", "C2"], "grade": [150, 120]}).write_parquet(path)
    whole = path.read_bytes()
    wrong = {}
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + b"\xff" + whole[place + 1 :])
        try:
            raw = read_parquet(path, CODES)
        except BaseException as error:  # a panic is no Exception
            wrong[place] = type(error).__name__
        else:
            assert raw.problems or raw.cells.columns
    assert wrong == {}
