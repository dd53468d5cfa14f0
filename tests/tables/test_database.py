"""A source that answers queries where it lives: folder, Parquet, DuckDB, SQLite, PostgreSQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import polars as pl
import psycopg
import pytest
from postgres import has_postgres, postgres_url

from portaria.core.errors import MachineError, UsageError
from portaria.tables.address import without_password
from portaria.tables.columns import SOURCE_ROW_COLUMN
from portaria.tables.database import open_database

from .people import COLUMNS, SPECS, duck_with, people, told

CSV = """\
person,visit,at,born,kind,minutes,badge,note
P1,1,2024-05-08T09:30:00,2000-02-29,guest,50,true,02
P2,1,08/05/2024 10:00,,,,,
"""
SECRET = "segredo"
ADDRESS = f"postgresql://ana:{SECRET}@127.0.0.1:1/escola"


def rows_of(database, *names):
    schema = {name: COLUMNS.get(name, pl.Int64) for name in names}
    return database.fetch(database.tables["people"], schema).sort(pl.all()).rows()


def folder(path: Path, **files) -> str:
    """A folder of files by name, `people.csv` as `people_csv`."""
    path.mkdir()
    for name, content in files.items():
        target = path / name.replace("_", ".")
        if isinstance(content, pl.DataFrame):
            content.write_parquet(target)
        else:
            target.write_text(content, encoding="utf-8")
    return str(path)


@pytest.fixture
def server(needs):
    """The address of a PostgreSQL database with a table `people`, changed by SQL statements."""
    needs(has_postgres(), "PostgreSQL")

    def make(*statements):
        url = postgres_url("tables")
        with psycopg.connect(url, autocommit=True) as base:
            base.execute(
                "CREATE TABLE people (person text, visit bigint, at timestamp, born date,"
                " kind text, minutes bigint, badge boolean, note text)"
            )
            base.execute(
                "INSERT INTO people VALUES ('P1', 1, '2024-05-08 09:30', '2000-02-29', 'guest',"
                " 50, true, '02'), ('P2', 1, '2024-05-08 10:00', null, null, null, null, null)"
            )
            for statement in statements:
                base.execute(statement)
        return url

    return make


# --- the same rows from everywhere --------------------------------------------------------------


def sqlite_with(path: Path, frame: pl.DataFrame) -> str:
    plain = frame.with_columns(pl.col("at", "born").cast(pl.String), pl.col("badge").cast(pl.Int64))
    with closing(sqlite3.connect(path)) as base:
        base.execute(f"CREATE TABLE people ({', '.join(plain.columns)})")
        base.executemany("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?)", plain.rows())
        base.commit()
    return str(path)


def test_the_same_rows_from_every_kind_of_source(tmp_path, server):
    second = {"person": "P2", "visit": 1, "at": datetime(2024, 5, 8, 10)}
    frame = people({}, second | dict.fromkeys(("born", "kind", "minutes", "badge", "note")))
    sources = {
        "csv": folder(tmp_path / "csv", people_csv=CSV),
        "parquet": folder(tmp_path / "parquet", people_parquet=frame),
        "duckdb": str(duck_with(tmp_path / "base.duckdb", frame)),
        "sqlite": sqlite_with(tmp_path / "base.sqlite", frame),
        "postgres": server(),
    }
    found = {}
    for kind, source in sources.items():
        database = open_database(source, SPECS)
        assert database.problems == [], kind
        assert database.given == {"people"}
        found[kind] = rows_of(database, *COLUMNS)
        assert database.fetch(database.tables["doors"], {"opened": pl.Date}).is_empty()
    assert all(rows == found["csv"] for rows in found.values())
    assert found["csv"][0][3:] == (date(2000, 2, 29), "guest", 50, True, "02")
    assert found["csv"][1][3:] == (None, None, None, False, None)


def test_rows_are_those_of_the_file_and_a_database_has_none(tmp_path):
    frame = people({}, {}, {})
    for source, rows in {
        folder(tmp_path / "csv", people_csv=CSV): [2, 3],
        folder(tmp_path / "parquet", people_parquet=frame): [2, 3, 4],
        str(duck_with(tmp_path / "base.duckdb", frame)): [None] * 3,
    }.items():
        database = open_database(source, SPECS)
        assert [row for (row,) in rows_of(database, SOURCE_ROW_COLUMN)] == rows


def test_columns_with_our_own_names_do_not_disturb(tmp_path):
    extra = CSV.replace("note", "note,source_row,given_badge").replace("\nP", "\nP")
    text = "\n".join(
        line + ("" if not number else ",x,y") for number, line in enumerate(extra.splitlines())
    )
    frame = people().with_columns(source_row=pl.lit("x"), given_badge=pl.lit("y"))
    for source in (
        folder(tmp_path / "csv", people_csv=text + "\n"),
        folder(tmp_path / "parquet", people_parquet=frame),
        str(duck_with(tmp_path / "base.duckdb", frame)),
    ):
        database = open_database(source, SPECS)
        assert database.problems == []
        assert rows_of(database, "person", "badge")[0] == ("P1", True)


@pytest.mark.parametrize("name", ["it's [2024] *.duckdb", "a b?.db", "dados"])
def test_any_name_of_a_file_or_folder(name, tmp_path):
    assert open_database(str(duck_with(tmp_path / name, people())), SPECS).problems == []
    inside = folder(tmp_path / f"{name} folder", people_parquet=people())
    assert rows_of(open_database(inside, SPECS), "person") == [("P1",)]


def test_views_will_do(tmp_path, server):
    rename = "ALTER TABLE people RENAME TO persons"
    view = "CREATE VIEW people AS SELECT * FROM persons"
    path = duck_with(tmp_path / "base.duckdb", people({}, {"person": "P2"}), rename, view)
    for source in (str(path), server(rename, view)):
        assert rows_of(open_database(source, SPECS), "person") == [("P1",), ("P2",)]


# --- what is missing, or given twice ------------------------------------------------------------


def test_missing_tables(tmp_path, server):
    (tmp_path / "base.sqlite").write_bytes(b"")
    with closing(sqlite3.connect(tmp_path / "base.sqlite")) as base:
        base.execute("CREATE TABLE other (x)")
        base.commit()
    duck = duck_with(tmp_path / "base.duckdb", people(), "ALTER TABLE people RENAME TO persons")
    in_database = "missing-database-table"
    for source, code, file in (
        (folder(tmp_path / "empty"), "missing-table", "people.csv"),
        (str(tmp_path / "base.sqlite"), in_database, "base.sqlite:people"),
        (str(duck), in_database, "people"),
        (server("ALTER TABLE people RENAME TO persons"), in_database, "people"),
    ):
        database = open_database(source, SPECS)
        assert [(p.code, p.file) for p in database.problems] == [(code, file)]
        assert database.given == set()


def test_a_table_given_twice_is_not_chosen_from(tmp_path):
    source = folder(tmp_path / "both", people_csv=CSV, people_parquet=people())
    (problem,) = open_database(source, SPECS).problems
    assert (problem.code, problem.file) == ("table-given-twice", "people.csv")
    assert "people.csv, people.parquet" in str(problem.message)


def test_a_missing_column_says_where_to_add_it(tmp_path, server):
    drop = "ALTER TABLE people DROP COLUMN at"
    for source, code, words in (
        (folder(tmp_path / "csv", people_csv=CSV.replace(",at,", ",when,")), "missing-column",
         "add it to the header"),
        (folder(tmp_path / "parquet", people_parquet=people().drop("at")), "missing-column",
         "add it to the header"),
        (str(duck_with(tmp_path / "b.duckdb", people().drop("at"))), "missing-database-column",
         "make a view"),
        (server(drop), "missing-database-column", "make a view"),
    ):  # fmt: skip
        (problem,) = open_database(source, SPECS).problems
        assert (problem.code, problem.column) == (code, "at")
        assert words in str(problem.message)


# --- types and rows, where only that source has them -------------------------------------------


def test_moments_with_a_zone(tmp_path, server):
    zoned = people().with_columns(pl.col("at").dt.replace_time_zone("UTC"))
    zone = 'ALTER TABLE people ALTER COLUMN "at" TYPE timestamptz'
    for source, file in (
        (folder(tmp_path / "parquet", people_parquet=zoned), "people.parquet"),
        (str(duck_with(tmp_path / "a.duckdb", people(), zone)), "people"),
        (server(zone), "people"),
    ):
        (problem,) = open_database(source, SPECS).problems
        where = (problem.code, problem.file, problem.column)
        assert where == ("time-with-zone", file, "at")
        assert "write the local time" in str(problem.message)


def test_days_as_text_and_numbers_as_codes(tmp_path, server):
    text = "ALTER TABLE people ALTER COLUMN born TYPE text USING born::text"
    number = "ALTER TABLE people ALTER COLUMN note TYPE bigint USING 2"
    wrong = people().with_columns(pl.col("born").cast(pl.String), pl.col("note").cast(pl.Int64))
    parquet = open_database(folder(tmp_path / "parquet", people_parquet=wrong), SPECS)
    assert told(parquet.problems) == [
        ("number-as-code", "people.parquet", "", None, "note", "int64"),
        ("wrong-column-type", "people.parquet", "", None, "born", "string"),
    ]
    duck = str(duck_with(tmp_path / "a.duckdb", wrong))
    for source in (duck, server(text, number)):
        found = told(open_database(source, SPECS).problems)
        assert found == [("wrong-column-type", "people", "", None, "born", "string")]


def test_json_columns_are_text(tmp_path, server):
    note = "ALTER TABLE people ALTER COLUMN note TYPE json USING ('{\"a\":' || visit || '}')::json"
    for source in (str(duck_with(tmp_path / "a.duckdb", people(), note)), server(note)):
        assert rows_of(open_database(source, SPECS), "note")[0] == ('{"a":1}',)


def test_a_faulty_row_is_told_by_row_in_a_file_and_by_key_in_a_database(tmp_path, server):
    wrong = "UPDATE people SET minutes = -5, kind = 'Guest' WHERE person = 'P1'"
    file = people({"person": "P0"}, {"minutes": -5, "kind": "Guest"})
    for source, name, sheet, row in (
        (folder(tmp_path / "parquet", people_parquet=file), "people.parquet", "", 3),
        (str(duck_with(tmp_path / "a.duckdb", people(), wrong)), "people", "P1, 1", None),
        (server(wrong), "people", "P1, 1", None),
    ):
        database = open_database(source, SPECS)
        assert told(database.problems) == [
            ("below-minimum", name, sheet, row, "minutes", "-5"),
            ("not-allowed", name, sheet, row, "kind", "Guest"),
        ]
        assert database.fetch(database.tables["people"], {"person": pl.String}).is_empty()


def test_a_repeated_key(tmp_path, server):
    twice = people({"visit": 1}, {"visit": 1})
    again = "INSERT INTO people SELECT * FROM people WHERE person = 'P1'"
    for source, name, rows in (
        (
            folder(tmp_path / "csv", people_csv=CSV + CSV.splitlines()[1] + "\n"),
            "people.csv",
            [2, 4],
        ),
        (folder(tmp_path / "parquet", people_parquet=twice), "people.parquet", [2, 3]),
        (str(duck_with(tmp_path / "a.duckdb", people(), again)), "people", [None]),
        (sqlite_with(tmp_path / "a.sqlite", twice), "a.sqlite:people", [2, 3]),
        (server(again), "people", [None]),
    ):
        found = told(open_database(source, SPECS).problems)
        assert found == [("repeated-key", name, "", row, "person", "P1, 1") for row in rows]


# --- files that are damaged ---------------------------------------------------------------------


def test_a_parquet_file_that_is_none(tmp_path):
    source = folder(tmp_path / "none", people_parquet="not one")
    (problem,) = open_database(source, SPECS).problems
    assert (problem.code, problem.file) == ("file-not-readable", "people.parquet")


def test_a_parquet_file_damaged_in_the_middle(tmp_path):
    """Its end, where the columns are told, is whole."""
    frame = people(*({"person": f"P{n}"} for n in range(5000)))
    source = folder(tmp_path / "half", people_parquet=frame)
    path = tmp_path / "half" / "people.parquet"
    data = bytearray(path.read_bytes())
    data[100 : len(data) // 2] = b"\xff" * (len(data) // 2 - 100)
    path.write_bytes(bytes(data))
    (problem,) = open_database(source, SPECS).problems
    assert (problem.code, problem.file) == ("table-not-readable", "people.parquet")


def test_a_duckdb_file_damaged_or_of_a_later_version(tmp_path):
    path = duck_with(tmp_path / "base.duckdb", people())
    data = bytearray(path.read_bytes())
    data[12:20] = b"\xff" * 8
    path.write_bytes(bytes(data))
    (problem,) = open_database(str(path), SPECS).problems
    assert (problem.code, problem.file) == ("file-not-readable", "base.duckdb")
    assert "DuckDB" in str(problem.message)


def test_a_view_of_what_has_gone(tmp_path):
    gone = tmp_path / "gone.parquet"
    people().write_parquet(gone)
    view = f"CREATE VIEW doors AS SELECT * FROM read_parquet('{gone}')"
    path = duck_with(tmp_path / "base.duckdb", people(), view)
    gone.unlink()
    (problem,) = open_database(str(path), SPECS).problems
    assert (problem.code, problem.file) == ("table-not-readable", "doors")


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite", bytes(100)])
def test_a_file_that_is_no_database(content, tmp_path):
    (tmp_path / "file.db").write_bytes(content)
    with pytest.raises(UsageError, match="is no folder of tables, no DuckDB or SQLite file"):
        open_database(str(tmp_path / "file.db"), SPECS)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="nowhere is no folder of tables"):
        open_database(str(tmp_path / "nowhere"), SPECS)


def test_an_engine_that_is_none(tmp_path):
    with pytest.raises(UsageError, match="polars is no engine: write one of duckdb, spark"):
        open_database(folder(tmp_path / "csv", people_csv=CSV), SPECS, "polars")


# --- servers ------------------------------------------------------------------------------------


def test_a_server_that_does_not_answer():
    with pytest.raises(MachineError) as refused:
        open_database(ADDRESS, SPECS)
    assert "postgresql://ana@127.0.0.1:1/escola does not answer: connection" in str(refused.value)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("address", [
    f"mysql://ana:{SECRET}@server/base", f"jdbc:sqlserver://server;password={SECRET}",
    f"postgresql//ana:{SECRET}@server/base", f"ana:{SECRET}@server/base",
    f"host=server password={SECRET}", f"Server=s;Pwd={SECRET};", f"postgres:ana:{SECRET}@s",
])  # fmt: skip
def test_an_address_of_nothing_we_know_keeps_its_password(address):
    with pytest.raises(UsageError) as refused:
        open_database(address, SPECS)
    assert "no database address" in str(refused.value)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("password", [f"{SECRET}/1", f"{SECRET}#1", f"1@{SECRET}", f"{SECRET}?1"])
def test_a_password_with_marks_of_an_address_is_refused_before_its_pieces_are_told(password):
    with pytest.raises(UsageError) as refused:
        open_database(f"postgresql://ana:{password}@127.0.0.1:1/escola", SPECS)
    assert "@ as %40" in str(refused.value)
    assert SECRET not in str(refused.value)


def test_a_driver_that_is_not_installed():
    with pytest.raises(UsageError, match="oracle is not installed here"):
        open_database(f"oracle://ana:{SECRET}@server/base", SPECS)


SHOWN = [
    (ADDRESS, "postgresql://ana@127.0.0.1:1/escola"),
    ("postgresql://ana:p%40s%2Fs@server/base", "postgresql://ana@server/base"),
    ("postgresql://server/base", "postgresql://server/base"),
    ("postgresql://ana@server:5432/base", "postgresql://ana@server:5432/base"),
    (f"postgresql:///base?host=/tmp/pg&password={SECRET}&user=ana",
     "postgresql:///base?host=/tmp/pg&password=…&user=ana"),
    (f"postgresql://server/base?sslpassword={SECRET}", "postgresql://server/base?sslpassword=…"),
    ("/data/school", "/data/school"),
    ("school: 2024@home/base.duckdb", "school: 2024@home/base.duckdb"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "shown"), SHOWN)
def test_a_source_as_it_is_shown_and_stored(source, shown):
    assert without_password(source) == shown


def test_the_source_is_known_without_its_password(tmp_path, server):
    for source in (folder(tmp_path / "csv", people_csv=CSV), server()):
        assert open_database(source, SPECS).source == without_password(source)


def test_a_table_that_may_not_be_read(server):
    url = server(
        "DROP ROLE IF EXISTS guest", "CREATE ROLE guest LOGIN",
        "GRANT SELECT (person) ON people TO guest",
    )  # fmt: skip
    scheme, _, rest = url.partition("://")
    as_guest = f"{scheme}://guest@{rest.partition('@')[2]}"
    (problem,) = open_database(as_guest, SPECS).problems
    assert (problem.code, problem.file) == ("table-not-readable", "people")
    assert "permission denied" in str(problem.message)


def test_a_server_that_goes_while_it_is_read(server):
    database = open_database(server(), SPECS)
    assert database.problems == []
    database.backend.con.close()
    with pytest.raises(MachineError, match=r"failed while it was read: the connection is closed"):
        rows_of(database, "person")


def test_a_fault_of_ours_is_not_laid_on_the_database(tmp_path):
    database = open_database(folder(tmp_path / "csv", people_csv=CSV), SPECS)
    with pytest.raises(Exception, match="nowhere") as raised:
        database.fetch(database.tables["people"], {"nowhere": pl.String})
    assert not isinstance(raised.value, MachineError)
