"""The rows of a database table: blanks, words, limits, keys, days without end."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import polars as pl
import pytest

from portaria.tables.columns import SOURCE_ROW_COLUMN, typed_table
from portaria.tables.integrity import MOST_TOLD, integrity

from .people import Doors, People, people, told


def fetch(table, schema):
    return pl.from_arrow(table.select(*schema).to_pyarrow()).cast(pl.Schema(schema))


def problems_of(frame, schema=People, rows=False):
    """The problems of a table; `rows`: it is a file, whose rows have numbers."""
    if rows:
        frame = frame.with_row_index(SOURCE_ROW_COLUMN, offset=2)
    typed, problems = typed_table(ibis.memtable(frame.to_arrow()), schema, "people", rows)
    assert problems == []
    return told(integrity(typed, schema, "people", fetch))


def test_a_sound_table_has_no_problem():
    blanks = {"born": None, "kind": None, "minutes": None, "note": None}
    limits = [{"minutes": 0}, {"minutes": 1440}, {"born": date(1, 1, 1)}, {"born": date.max}]
    assert problems_of(people({}, blanks, *limits)) == []
    assert problems_of(people().head(0)) == []


CELLS = [
    # what differs in the row, the key of the row, and code, column and value of the problem
    ({"person": "  "}, "–, 2", ("blank-cell", "person", "")),
    ({"visit": None}, "P7, –", ("blank-cell", "visit", "")),
    ({"at": None}, "P7, 2", ("blank-cell", "at", "")),
    ({"kind": "Guest"}, "P7, 2", ("not-allowed", "kind", "Guest")),
    ({"minutes": -1}, "P7, 2", ("below-minimum", "minutes", "-1")),
    ({"minutes": 1441}, "P7, 2", ("above-maximum", "minutes", "1441")),
]


@pytest.mark.parametrize(("cell", "key", "problem"), CELLS)
def test_a_faulty_cell_is_told_by_its_row_or_by_the_key_of_its_row(cell, key, problem):
    frame = people({}, {"person": "P7"} | cell)
    code, *what = problem
    assert problems_of(frame, rows=True) == [(code, "people", "", 3, *what)]
    assert problems_of(frame) == [(code, "people", key, None, *what)]


def test_without_a_key_the_whole_row_says_which_it_is():
    frame = pl.DataFrame({"door": ["D1", None], "opened": [None, date(2024, 5, 6)]})
    assert problems_of(frame, Doors) == [
        ("blank-cell", "people", "D1, –", None, "opened", ""),
        ("blank-cell", "people", "–, 2024-05-06", None, "door", ""),
    ]


def test_a_box_that_is_neither_ticked_nor_empty_is_told_with_its_word():
    frame = people({"badge": "talvez"}, {"badge": "S"}, {"badge": None}, badge=pl.String)
    assert problems_of(frame) == [("not-a-boolean", "people", "P1, 1", None, "badge", "talvez")]
    numbers = people({"badge": 2}, {"badge": 1}, {"badge": 0}, badge=pl.Int64)
    assert problems_of(numbers) == [("not-a-boolean", "people", "P1, 1", None, "badge", "2")]


@pytest.mark.parametrize(
    ("column", "kind", "given"),
    [
        ("born", "date", "infinity"),
        ("born", "date", "-infinity"),
        ("born", "date", "10000-01-01"),
        ("at", "timestamp", "infinity"),
        ("at", "timestamp", "10000-01-01 00:00:00"),
    ],
)
def test_days_beyond_the_calendar_are_told(column, kind, given):
    """A database knows them; nothing else does."""
    table = ibis.memtable(people().to_arrow()).mutate(**{column: ibis.literal(given).cast(kind)})
    typed, _ = typed_table(table, People, "people", False)
    code = "not-a-date" if kind == "date" else "not-a-moment"
    found = told(integrity(typed, People, "people", fetch))
    assert found == [(code, "people", "P1, 1", None, column, given)]


def test_a_repeated_key_is_told_once_a_row_of_a_file_and_once_a_key_of_a_database():
    frame = people({"visit": 1}, {"visit": 2}, {"visit": 1}, {"person": "P2", "visit": 2})
    twice = ("person", "P1, 1")
    assert problems_of(frame, rows=True) == [
        ("repeated-key", "people", "", 2, *twice),
        ("repeated-key", "people", "", 4, *twice),
    ]
    assert problems_of(frame) == [("repeated-key", "people", "", None, *twice)]


def test_keys_are_compared_without_their_outer_blanks():
    frame = people({"person": " P1", "visit": 1}, {"person": "P1 ", "visit": 1})
    assert problems_of(frame) == [("repeated-key", "people", "", None, "person", "P1, 1")]


def test_a_blank_key_is_blank_and_not_repeated():
    frame = people({"person": None, "visit": 1}, {"person": None, "visit": 1})
    assert {code for code, *_ in problems_of(frame)} == {"blank-cell"}


def test_a_table_without_a_key_may_hold_a_row_twice():
    frame = pl.DataFrame({"door": ["D1", "D1"], "opened": [date(2024, 5, 6)] * 2})
    assert problems_of(frame, Doors) == []


def test_faults_of_several_columns_are_told_at_once():
    frame = people({"kind": "x", "minutes": -5, "at": None}, {"visit": 1, "born": None})
    assert sorted(code for code, *_ in problems_of(frame)) == [
        "below-minimum", "blank-cell", "not-allowed", "repeated-key",
    ]  # fmt: skip


def test_a_table_that_is_wrong_throughout_is_told_by_its_first_thousand_rows():
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(MOST_TOLD + 50)]
    frame = pl.DataFrame(
        {"door": [None] * len(days), "opened": days}, schema_overrides={"door": pl.String}
    )
    assert len(problems_of(frame, Doors)) == MOST_TOLD
