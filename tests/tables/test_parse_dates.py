"""Days and moments as text: local, of the calendar, ISO or day first."""

from __future__ import annotations

from datetime import date, datetime

import dataframely as dy
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portaria.tables.parse import parse
from portaria.tables.raw import RawTable
from portaria.tables.schema import SOURCE_ROW, Table


class Days(Table):
    """A day and a moment."""

    day = dy.Date(nullable=True)
    at = dy.Datetime(nullable=True)


def read(column, *texts):
    """The values of a column, and code, row and value of each problem."""
    cells = pl.DataFrame(
        {name: list(texts) if name == column else [None] * len(texts) for name in ("day", "at")},
        schema=dict.fromkeys(("day", "at"), pl.String),
    )
    rows = pl.int_range(2, len(texts) + 2, dtype=pl.UInt32, eager=True).alias(SOURCE_ROW)
    frame, problems = parse(RawTable("t.csv", cells.with_columns(rows)), Days)
    assert {(p.file, p.column) for p in problems} <= {("t.csv", column)}
    return frame[column].to_list(), [(p.code, p.row, p.value) for p in problems]


DAYS = [
    ("2024-02-29", date(2024, 2, 29)),
    ("29/02/2024", date(2024, 2, 29)),
    ("03/04/2024", date(2024, 4, 3)),  # the third of April: the day stands first
    ("2000-02-29", date(2000, 2, 29)),
    ("0001-01-01", date(1, 1, 1)),
    ("9999-12-31", date(9999, 12, 31)),
    ("2024-05-08T23:59:59", date(2024, 5, 8)),
    ("2024-05-08 23:59", date(2024, 5, 8)),
    ("08/05/2024 10:00", date(2024, 5, 8)),
    (None, None),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day(text, day):
    assert read("day", text) == ([day], [])


MOMENTS = [
    ("2024-02-29T23:59:59", datetime(2024, 2, 29, 23, 59, 59)),
    ("2024-02-29 23:59", datetime(2024, 2, 29, 23, 59)),
    ("29/02/2024 18:30", datetime(2024, 2, 29, 18, 30)),
    ("29/02/2024T18:30:15", datetime(2024, 2, 29, 18, 30, 15)),
    ("2024-05-08", datetime(2024, 5, 8)),
    ("08/05/2024", datetime(2024, 5, 8)),
    ("2024-05-08T00:00:00", datetime(2024, 5, 8)),
    ("2024-05-08T09:30:00.5", datetime(2024, 5, 8, 9, 30, 0, 500_000)),
    ("2024-05-08T09:30:00.000001", datetime(2024, 5, 8, 9, 30, 0, 1)),
    ("2024-05-08T09:30:00.123456", datetime(2024, 5, 8, 9, 30, 0, 123_456)),
    (None, None),
]


@pytest.mark.parametrize(("text", "moment"), MOMENTS)
def test_a_moment(text, moment):
    assert read("at", text) == ([moment], [])


@pytest.mark.parametrize("text", [
    "2023-02-29", "29/02/2023", "1900-02-29", "2024-02-30", "2024-04-31", "2024-13-01",
    "2024-00-10", "00/05/2024", "31/11/2024", "2024-5-8", "8/5/2024", "08/05/24", "05-08-2024",
    "2024/05/08", "20240508", "2024-05", "2024", "45420", "hoje", "08.05.2024", "2024-05-08T",
    "infinity", "1e3", "2024-05-08 x",
])  # fmt: skip
@pytest.mark.parametrize(("column", "code"), [("day", "not-a-date"), ("at", "not-a-moment")])
def test_what_is_no_day(column, code, text):
    assert read(column, text) == ([None], [(code, 2, text)])


@pytest.mark.parametrize(
    "text",
    ["2024-05-08T24:00", "2024-05-08 25:10", "2024-05-08T12:60",
     "2024-05-08T9:30", "2024-05-08T0930", "2024-05-08T09:30:00.1234567",
     "2024-05-08 09:30 PM", "2023-02-29T10:00"],
)  # fmt: skip
def test_what_is_no_moment(text):
    assert read("at", text) == ([None], [("not-a-moment", 2, text)])


@pytest.mark.parametrize(
    "text", ["2024-05-31T23:59:60", "0000-01-01", "01/01/0000", "0000-01-01T10:00"]
)
def test_a_second_and_a_year_that_do_not_exist(text):
    """The second after the last of May would be June."""
    assert read("at", text) == ([None], [("not-a-moment", 2, text)])


@pytest.mark.parametrize("zone", ["Z", " UTC", "+00:00", "-03:00", "-0300", "+01", " -03:00"])
@pytest.mark.parametrize("moment", ["2024-05-08T09:30:00", "08/05/2024 09:30", "2024-05-08 09:30"])
def test_a_zone_is_refused_and_never_taken_away(zone, moment):
    """Taken away, 23:30 of the last day in UTC would fall in another month here."""
    assert read("at", moment + zone) == ([None], [("time-with-zone", 2, moment + zone)])
    assert read("day", moment + zone) == ([None], [("time-with-zone", 2, moment + zone)])


def test_every_faulty_cell_is_told_with_its_row():
    values, problems = read("day", "2024-05-08", "x", None, "29/02/2023", "2024-05-09T10:00Z")
    assert values == [date(2024, 5, 8), None, None, None, None]
    assert sorted(problems) == [
        ("not-a-date", 3, "x"),
        ("not-a-date", 5, "29/02/2023"),
        ("time-with-zone", 6, "2024-05-09T10:00Z"),
    ]


@given(st.datetimes(min_value=datetime(1, 1, 1)))
def test_every_moment_is_read_back(moment):
    text = moment.isoformat()
    assert read("at", text) == ([moment], [])
    assert read("day", moment.strftime("%d/%m/") + f"{moment.year:04}") == ([moment.date()], [])


@given(st.text(alphabet="0123456789/-T: Z.+", max_size=24))
def test_no_text_is_lost_in_silence(text):
    """A cell is a moment that means what it says, or a problem."""
    cell = text.strip() or None
    values, problems = read("at", cell)
    assert (values == [None]) == (cell is None or bool(problems))
    if values[0] is not None:
        shown = f"{values[0]:%d/%m/}{values[0].year:04}"
        assert cell is not None
        assert cell[:10] in (values[0].date().isoformat(), shown)
