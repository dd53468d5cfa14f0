"""From text to typed cells: exact numbers, every fault a problem with its row and column."""

from __future__ import annotations

from decimal import Decimal

import dataframely as dy
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portaria.tables.parse import parse
from portaria.tables.raw import RawTable
from portaria.tables.schema import OPTIONAL, SOURCE_ROW, Table, decimal, flag


class Sample(Table):
    """One column of each kind."""

    code = dy.String(primary_key=True)
    count = dy.Integer(nullable=True, min=0, max=200)
    grade = decimal(nullable=True, min=-200, max=200)
    share = decimal(min=0, metadata={"blank": Decimal(0)})
    sure = dy.Bool(nullable=True)
    ticked = flag()
    kind = dy.Enum(["one", "two"], nullable=True)
    note = dy.String(nullable=True, metadata=OPTIONAL)


def table(*lines, **extra):
    """A raw table: dictionaries with the columns that are filled; the first stands in row 2."""
    names = [name for name in Sample.columns() if name not in (SOURCE_ROW, "note")]
    names += [name for line in lines for name in line if name not in names]
    columns = {name: [line.get(name) for line in lines] for name in dict.fromkeys(names)}
    columns.setdefault("code", [])
    columns["code"] = [line.get("code", f"A{n}") for n, line in enumerate(lines)]
    frame = pl.DataFrame(columns | extra, schema=dict.fromkeys([*columns, *extra], pl.String))
    rows = pl.int_range(2, len(lines) + 2, dtype=pl.UInt32, eager=True)
    return RawTable("t.csv", frame.with_columns(rows.alias(SOURCE_ROW)))


def told(problems):
    return sorted((p.code, p.row or 0, p.column, p.value or "") for p in problems)


def read_cell(column, text):
    frame, problems = parse(table({column: text}), Sample)
    return frame[column][0], [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("count", "150", 150),
        ("count", "+7", 7),
        ("count", "007", 7),
        ("count", "150.0", 150),
        ("count", "150,00", 150),
        ("count", "-0", 0),
        ("count", None, None),
        ("grade", "12.5", Decimal("12.5")),
        ("grade", "12,5", Decimal("12.5")),
        ("grade", "-12,50", Decimal("-12.5")),
        ("grade", "133." + "3" * 18, Decimal("133." + "3" * 18)),
        ("grade", None, None),
        ("share", None, Decimal(0)),
        ("sure", "true", True),
        ("sure", "FALSE", False),
        ("sure", "Sim", True),
        ("sure", "NÃO", False),
        ("sure", "nao", False),
        ("sure", "1", True),
        ("sure", "0", False),
        ("sure", None, None),
        ("ticked", None, False),
        ("kind", "two", "two"),
        ("kind", None, None),
        ("note", "02", "02"),
    ],
)
def test_what_a_cell_is_read_as(column, text, value):
    assert read_cell(column, text) == (value, [])


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        *(("count", text, "not-an-integer")
          for text in ("12,5", "12.5", "1e2", "doze", "1 5", "1.", ".5", "0x1", "1_0", "−1",
                       "١٥٠", "１５０", "9" * 16, "NaN", "150.0000000000000001")),
        ("count", "201", "above-maximum"),
        ("count", "-1", "below-minimum"),
        *(("grade", text, "not-a-number")
          for text in ("doze", "1e2", "1.234,5", "1,234.5", "12.", ".5", "١٥", "inf", "NaN",
                       "9" * 16, "1." + "1" * 19, "12,5 %", "--1")),
        ("grade", "200." + "0" * 17 + "1", "above-maximum"),
        ("grade", "-200,01", "below-minimum"),
        ("share", "-0,1", "below-minimum"),
        *(("sure", text, "not-a-boolean") for text in ("talvez", "yes", "2", "s")),
        ("ticked", "x", "not-a-boolean"),
        ("kind", "three", "not-allowed"),
        ("kind", "One", "not-allowed"),
        *(("note", text, "formula-in-text") for text in ("=1+1", "+1", "-1", "@SUM(1)")),
        ("code", None, "blank-cell"),
        ("code", "=A", "formula-in-text"),
    ],
)  # fmt: skip
def test_what_a_cell_is_refused_for(column, text, code):
    _, problems = parse(table({column: text}), Sample)
    assert told(problems) == [(code, 2, column, text or "")]
    assert problems[0].file == "t.csv"


def test_every_fault_is_told_with_its_own_row():
    lines = [
        {"count": "201", "sure": "talvez"},
        {"count": "20"},
        {"count": "x", "grade": "y", "kind": "z"},
    ]
    _, problems = parse(table(*lines), Sample)
    assert told(problems) == [
        ("above-maximum", 2, "count", "201"),
        ("not-a-boolean", 2, "sure", "talvez"),
        ("not-a-number", 4, "grade", "y"),
        ("not-allowed", 4, "kind", "z"),
        ("not-an-integer", 4, "count", "x"),
    ]


def test_both_rows_of_a_repeated_key_are_told():
    _, problems = parse(table({"code": "A"}, {"code": "B"}, {"code": "A"}), Sample)
    assert told(problems) == [("repeated-key", row, "code", "A") for row in (2, 4)]


def test_blank_keys_are_blank_and_not_repeated():
    _, problems = parse(table({"code": None}, {"code": None}), Sample)
    assert told(problems) == [("blank-cell", row, "code", "") for row in (2, 3)]


def test_a_missing_column_is_one_problem_and_not_one_a_row():
    raw = table({}, {}, {})
    raw.cells = raw.cells.drop("code", "share")
    _, problems = parse(raw, Sample)
    assert told(problems) == [
        ("missing-column", 1, "code", ""),
        ("missing-column", 1, "share", ""),
    ]


def test_an_optional_column_may_be_missing():
    frame, problems = parse(table({}), Sample)
    assert (problems, frame["note"].to_list()) == ([], [None])


def test_other_columns_are_kept_and_their_formulas_only_warned_of():
    frame, problems = parse(table({}, {}, remark=["=1+1", "x"]), Sample)
    assert frame["remark"].to_list() == ["=1+1", "x"]
    assert [(p.code, p.row, p.column, p.severity) for p in problems] == [
        ("formula-in-text", 2, "remark", "warning")
    ]


@pytest.mark.parametrize("name", ["count_text", "code|primary_key", "invalid", "count|max"])
def test_other_columns_may_have_any_name(name):
    frame, problems = parse(table({"count": "201"}, **{name: ["texto"]}), Sample)
    assert told(problems) == [("above-maximum", 2, "count", "201")]
    assert frame[name].to_list() == ["texto"]


def test_a_long_value_is_cut_to_one_line():
    _, problems = parse(table({"count": "1\n" + "x" * 500}), Sample)
    assert problems[0].value == "1 " + "x" * 57 + "…"


digits = st.text("0123456789", min_size=1, max_size=15)
decimals = st.text("0123456789", min_size=1, max_size=18)


class Exact(Table):
    """A number without limits."""

    value = decimal()


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["", "-", "+"]), digits, decimals, st.sampled_from(".,"))
def test_decimals_are_exact(sign, whole, part, mark):
    raw = RawTable("t.csv", pl.DataFrame({"value": [f"{sign}{whole}{mark}{part}"], SOURCE_ROW: [2]},
                                         schema_overrides={SOURCE_ROW: pl.UInt32}))  # fmt: skip
    frame, problems = parse(raw, Exact)
    assert problems == []
    assert frame["value"][0] == Decimal(f"{sign}{whole}.{part}")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["count", "grade", "sure", "ticked", "kind", "note"]),
       st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
       .map(str.strip).filter(bool))  # fmt: skip
def test_any_text_is_a_value_or_one_problem(column, text):
    frame, problems = parse(table({column: text}), Sample)
    assert len(problems) == (1 if problems else 0)
    assert problems or frame[column][0] is not None
