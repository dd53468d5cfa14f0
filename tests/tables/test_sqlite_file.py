"""SQLite files: cells without types, read as text and told like those of a CSV."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime

import pytest

from portaria.tables.schema import SOURCE_ROW
from portaria.tables.sqlite_file import is_sqlite, read_sqlite

from .people import People, told

HEADER = "person, visit, at, born, kind, minutes, badge, note"
ROW = ("P1", 1, "2024-05-08 09:30:00", "2000-02-29", "guest", 50, 1, "02")


@pytest.fixture
def base(tmp_path):
    """A file made by SQL statements and rows of `people`."""

    def make(*rows, header=HEADER, statements=(), name="base.sqlite"):
        path = tmp_path / name
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"CREATE TABLE people ({header})")
            marks = ", ".join("?" * len(header.split(",")))
            connection.executemany(f"INSERT INTO people VALUES ({marks})", rows)
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        return path

    return make


def row(**cells):
    names = HEADER.split(", ")
    return tuple(cells.get(name, value) for name, value in zip(names, ROW, strict=True))


def test_cells_come_out_in_the_types_of_the_schema(base):
    frame, problems = read_sqlite(base(ROW), "people", People)
    assert problems == []
    assert frame.row(0, named=True) == {
        SOURCE_ROW: 2, "person": "P1", "visit": 1, "at": datetime(2024, 5, 8, 9, 30),
        "born": date(2000, 2, 29), "kind": "guest", "minutes": 50, "badge": True, "note": "02",
    }  # fmt: skip


def test_a_number_in_a_column_without_type_is_written_as_it_is(base):
    frame, problems = read_sqlite(base(row(person=102, note=7)), "people", People)
    assert problems == []
    assert frame.select("person", "note").row(0) == ("102", "7")


CELLS = [
    # column, cell, code, value told
    ("at", "2024-05-08T09:30:00Z", "time-with-zone", "2024-05-08T09:30:00Z"),
    ("born", "2023-02-29", "not-a-date", "2023-02-29"),
    ("born", 20000229, "not-a-date", "20000229"),
    ("visit", None, "blank-cell", ""),
    ("kind", "Guest", "not-allowed", "Guest"),
    ("minutes", -5, "below-minimum", "-5"),
    ("minutes", 50.5, "not-an-integer", "50.5"),
    ("badge", "talvez", "not-a-boolean", "talvez"),
    ("note", 2.0, "number-as-code", "2.0"),
    ("note", b"\x00\x01", "number-as-code", "b'\\x00\\x01'"),
]


@pytest.mark.parametrize(("column", "cell", "code", "value"), CELLS)
def test_a_faulty_cell_is_told_with_file_table_and_row(column, cell, code, value, base):
    path = base(ROW, row(visit=2), row(**{"visit": 3, column: cell}))
    _, problems = read_sqlite(path, "people", People)
    assert told(problems) == [(code, "base.sqlite:people", "", 4, column, value)]


def test_a_repeated_key_is_told_with_every_row(base):
    _, problems = read_sqlite(base(ROW, row(visit=2), ROW), "people", People)
    assert [(code, number) for code, _, _, number, _, _ in told(problems)] == [
        ("repeated-key", 2),
        ("repeated-key", 4),
    ]


def test_a_missing_table_is_none_and_an_empty_one_is_read(base):
    path = base()
    assert read_sqlite(path, "doors", People) is None
    frame, problems = read_sqlite(path, "people", People)
    assert (frame.height, problems) == (0, [])


def test_a_view_will_do(base):
    path = base(ROW, statements=["CREATE VIEW guests AS SELECT *, 1 AS source_row FROM people"])
    frame, problems = read_sqlite(path, "guests", People)
    assert (frame.height, problems) == (1, [])


def test_a_missing_column_is_told(base):
    _, problems = read_sqlite(base(header="person, visit, at, born"), "people", People)
    assert [(p.code, p.column) for p in problems if p.column == "badge"] == [
        ("missing-column", "badge")
    ]


@pytest.mark.parametrize("name", ["it's 100% of #1?.sqlite", "a b.db", "ação.sqlite"])
def test_any_name_of_a_file(name, base):
    frame, problems = read_sqlite(base(ROW, name=name), "people", People)
    assert (frame.height, problems) == (1, [])


def test_reading_leaves_the_file_as_it_is(base, tmp_path):
    path = base(ROW)
    before = path.read_bytes()
    read_sqlite(path, "people", People)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["base.sqlite"]


def test_a_damaged_file_is_one_problem(base):
    path = base(*[row(visit=n) for n in range(2000)])
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(bytes(data))
    assert is_sqlite(path)
    frame, problems = read_sqlite(path, "people", People)
    assert frame is None
    assert [(p.code, p.file) for p in problems] == [("file-not-readable", "base.sqlite:people")]


def test_a_broken_view_and_text_that_is_not_utf8_are_problems(base):
    path = base(
        row(note="x"),
        statements=[
            "UPDATE people SET note = CAST(X'E7E3' AS TEXT)",
            "CREATE VIEW broken AS SELECT * FROM nowhere",
        ],
    )
    for table in ("people", "broken"):
        frame, problems = read_sqlite(path, table, People)
        assert frame is None
        assert [p.code for p in problems] == ["file-not-readable"]


def test_other_files_are_no_sqlite(tmp_path):
    for content in (b"", b"SQLite", b"PAR1 and so on"):
        (tmp_path / "file").write_bytes(content)
        assert not is_sqlite(tmp_path / "file")
