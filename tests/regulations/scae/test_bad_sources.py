"""Sources with faults: each is told with its table, row, column and value, all at once.

Every case changes one thing of the small source and lists all that must be told, so that one fault
never brings others that are not there.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from cli import read_problems, to_xlsx
from postgres import has_postgres, postgres_url

from portaria.core.problem import errors
from portaria.regulations.scae.schemas import TABLES as SPECS
from portaria.regulations.scae.settings import read_settings
from portaria.regulations.scae.source import open_source, settings_file
from portaria.tables.schema import columns_of

from .small_source import (
    MONTH,
    SETTINGS,
    TABLES,
    SmallSource,
    changed,
    frames,
    write_duckdb,
    write_parquet,
    write_postgres,
    write_small_source,
    write_sqlite,
)

Change = Callable[[SmallSource], object]
Found = tuple[str, str, int | None, str, str]
"""Code, file, row, column and value of a problem."""

CLASSES, ENROLMENTS, MOVEMENTS = "classes.csv", "enrolments.csv", "movements.csv"
OFFERS, TAKEN, LOG = (
    "class_disciplines.csv",
    "discipline_enrolments.csv",
    "discipline_movements.csv",
)
LESSONS, SERIES, PLACES = "lessons.csv", "course_series.csv", "municipalities.csv"


@pytest.fixture
def source(tmp_path: Path) -> SmallSource:
    return write_small_source(tmp_path / "source")


def told(address: str) -> list[Found]:
    """Every problem of a source."""
    problems = open_source(address).problems
    return sorted(((p.code, p.file, p.row, p.column, p.value or "") for p in problems), key=str)


@dataclass(frozen=True)
class Case:
    """What is changed, every problem that must be told, and words that name what to do."""

    words: str
    change: Change
    problems: list[Found]
    says: str


def swap(file: str, old: str, new: str) -> Change:
    """One text of one file for another."""
    return lambda source: source.change(file, old, new)


def add(file: str, line: str) -> Change:
    return lambda source: source.add(file, line)


def write(file: str, content: bytes | str) -> Change:
    return lambda source: source.write(file, content)


def encode(file: str, encoding: str) -> Change:
    return lambda source: source.write(file, source.text(file).encode(encoding))


def both_kinds(source: SmallSource) -> None:
    frames()["lessons"].write_parquet(source.path("lessons.parquet"))


def cell(
    file: str, old: str, new: str, code: str, row: int, column: str, value: str, says: str
) -> Case:
    """A cell that is not what its column means."""
    words = f"{file}: {column} = {value or 'blank'}"
    return Case(words, swap(file, old, new), [(code, file, row, column, value)], says)


E1 = "E1,RA1,7A,EF,7,2024-02-01,2"
M2 = "E2,2,2024-05-08T09:30:00,situation,2,6,7A"

CASES = [
    # tables and columns
    *(Case(f"no {name}", lambda s, name=name: s.remove(f"{name}.csv"),
           [("missing-table", f"{name}.csv", None, "", "")], f"add {name}.csv, .xlsx or .parquet")
      for name in ("classes", "enrolments", "movements")),
    Case("a table given twice", both_kinds,
         [("table-given-twice", LESSONS, None, "", "")], "keep one"),
    Case("a missing column", swap(MOVEMENTS, "at,column,", "when,column,"),
         [("missing-column", MOVEMENTS, 1, "at", "")], "add it to the header"),
    Case("a column twice", swap(CLASSES, "start,end", "start,start"),
         [("duplicate-header", CLASSES, 1, "start", "")], "keep one"),
    Case("an empty file", write(MOVEMENTS, ""),
         [("empty-file", MOVEMENTS, None, "", "")], "the line of column names"),
    Case("a file of blank lines", write(MOVEMENTS, " \n\n"),
         [("empty-file", MOVEMENTS, None, "", "")], "the line of column names"),
    Case("a line too short", swap(MOVEMENTS, M2, "E2,2,2024-05-08T09:30:00,situation,2,6"),
         [("ragged-line", MOVEMENTS, 4, "", "")], "a missing or spare separator"),
    Case("Latin-1",
         lambda s: (s.change(CLASSES, "U2", "Uberlândia"), encode(CLASSES, "latin-1")(s)),
         [("wrong-encoding", CLASSES, 4, "", "")], "save it again as “CSV UTF-8”"),
    Case("UTF-16", encode(ENROLMENTS, "utf-16"),
         [("wrong-encoding", ENROLMENTS, 1, "", "")], "UTF-16"),
    Case("a spreadsheet that is none", lambda s: (s.remove(CLASSES), s.write("classes.xlsx", "PK")),
         [("file-not-readable", "classes.xlsx", None, "", "")], "save it again"),
    Case("a folder with the name of a table", lambda s: (s.remove(LOG), s.path(LOG).mkdir()),
         [("file-unreadable", LOG, None, "", "")], "cannot be opened"),
    # blanks and words
    cell(CLASSES, "7A,U1", ",U1", "blank-cell", 2, "class", "", "needs a value"),
    cell(CLASSES, "7A,U1,2024,basic", "7A,U1,2024,", "blank-cell", 2, "level", "", "needs a value"),
    cell(CLASSES, "7A,U1,2024,basic", "7A,U1,2024,medio", "not-allowed", 2, "level", "medio",
         "basic, continuing"),
    cell(ENROLMENTS, "E1,RA1", "E1,  ", "blank-cell", 2, "student", "", "needs a value"),
    cell(MOVEMENTS, M2, M2.replace("2024-05-08T09:30:00", ""), "blank-cell", 4, "at", "",
         "needs a value"),
    cell(MOVEMENTS, M2, M2.replace(",situation", ",status"), "not-allowed", 4, "column", "status",
         "situation, result"),
    cell(MOVEMENTS, M2, M2.replace("E2,2", "E2,b"), "not-an-integer", 4, "seq", "b",
         "a whole number"),
    cell(OFFERS, "101,P\nEJ", "101,X\nEJ", "not-allowed", 2, "type", "X", "P, S, D"),
    cell(TAKEN, "D1,E1,RA1,7A/MAT", "D1,E1,RA1,", "blank-cell", 2, "class_discipline", "",
         "needs a value"),
    cell(TAKEN, "39,true", "39,talvez", "not-a-boolean", 5, "isolated", "talvez", "sim, não"),
    cell(ENROLMENTS, "E1,RA1", "E1,=RA1", "formula-in-text", 2, "student", "=RA1",
         "remove that first character"),
    # days and moments
    cell(CLASSES, "2024-02-05,2024-12-13", "2023-02-29,2024-12-13", "not-a-date", 2, "start",
         "2023-02-29", "a day that exists"),
    cell(ENROLMENTS, E1, E1.replace("2024-02-01", "29/02/2023"), "not-a-date", 2, "enrolled_on",
         "29/02/2023", "29/02/2024"),
    cell(ENROLMENTS, E1, E1.replace("2024-02-01", "2/1/24"), "not-a-date", 2, "enrolled_on",
         "2/1/24", "29/02/2024"),
    *(cell(MOVEMENTS, M2, M2.replace("T09:30:00", f"T09:30:00{zone}"), "time-with-zone", 4, "at",
           f"2024-05-08T09:30:00{zone}", "write the local time")
      for zone in ("Z", "+00:00", "-03:00")),
    cell(MOVEMENTS, M2, M2.replace("T09:30", "T24:30"), "not-a-moment", 4, "at",
         "2024-05-08T24:30:00", "a day and time that exist"),
    # minutes
    cell(LESSONS, "EJ/MAT,2024-05-06,60", "EJ/MAT,2024-05-06,-60", "below-minimum", 5, "minutes",
         "-60", "the least allowed, 0"),
    cell(LESSONS, "EJ/MAT,2024-05-06,60", "EJ/MAT,2024-05-06,1441", "above-maximum", 5, "minutes",
         "1441", "the most allowed"),
    cell(LESSONS, "EJ/MAT,2024-05-06,60", "EJ/MAT,2024-05-06,0.83", "not-an-integer", 5, "minutes",
         "0.83", "a whole number"),
    cell(LESSONS, "EJ/MAT,2024-05-06,60", "EJ/MAT,2024-05-06,", "blank-cell", 5, "minutes", "",
         "needs a value"),
    # keys
    *(Case(f"a key twice in {file}", add(file, line),
           [("repeated-key", file, row, column, key) for row in rows], "keep one of the rows")
      for file, line, rows, column, key in (
          (CLASSES, "7A,U9,2024,basic,EF,1,7,SP,2024-02-05,2024-12-13", (2, 5), "class", "7A"),
          (ENROLMENTS, "E6,RA9,NR,NR10,NR10,2024-04-01,39,,,,,", (7, 8), "enrolment", "E6"),
          (MOVEMENTS, "E2,2,2024-05-09T10:00:00,situation,6,2,7A", (4, 11), "enrolment", "E2, 2"),
          (OFFERS, "NR/SEG,NR,SEG,202,P", (4, 5), "class_discipline", "NR/SEG"),
          (TAKEN, "D1,E2,RA2,7A/MAT,2,false,2024-02-01,", (2, 6), "discipline_enrolment", "D1"),
          (LOG, "D4,1,2024-05-21T10:00:00,9,2", (2, 4), "discipline_enrolment", "D4, 1"),
          (SERIES, "NEJA,1,3", (2, 4), "course", "NEJA, 1"),
          (PLACES, "100,9999", (2, 4), "municipality", "100"),
      )),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.words)
def test_a_fault_is_told_and_nothing_else(case, source):
    case.change(source)
    problems = open_source(str(source.folder)).problems
    assert sorted(told(str(source.folder)), key=str) == sorted(case.problems, key=str)
    assert all(case.says in str(problem.message) for problem in problems)
    assert errors(problems) == problems


def test_all_faults_are_told_at_once(source, portaria, tmp_path):
    """Of tables and settings together, in the terminal and in the file of problems."""
    source.change(CLASSES, "basic,EF", "medio,EF")
    source.change(MOVEMENTS, "T09:30:00", "T09:30:00Z")
    source.change(LESSONS, ",60", ",-60")
    source.change("scae.toml", 'denied = "NEG"', 'denied = "2"')
    source.add(ENROLMENTS, "E1,RA9,7A,EF,7,2024-02-01,2,,,,,")
    answer = portaria(
        "scae", "extract", source.folder, "--month", MONTH, "--state", "SP",
        "--out", tmp_path / "load", "--ledger", tmp_path / "ledger.csv",
        "--problems", tmp_path / "problems.csv",
    )  # fmt: skip
    found = [(p["code"], p["file"], p["row"], p["column"], p["value"])
             for p in read_problems(tmp_path / "problems.csv")]  # fmt: skip
    assert found == [
        ("not-allowed", CLASSES, "2", "level", "medio"),
        ("repeated-key", ENROLMENTS, "2", "enrolment", "E1"),
        ("repeated-key", ENROLMENTS, "8", "enrolment", "E1"),
        ("below-minimum", LESSONS, "5", "minutes", "'-60"),  # no formula for a spreadsheet
        ("time-with-zone", MOVEMENTS, "4", "at", "2024-05-08T09:30:00Z"),
        ("scae-code-taken", "scae.toml", "", "codes.denied", "2"),
    ]
    assert (answer.code, answer.out) == (1, "")
    assert "Errors: 6. Warnings: 0." in answer.err
    assert "Nothing was written." in answer.err
    assert {path.name for path in tmp_path.iterdir()} == {"source", "problems.csv"}


# --- forms that are no fault --------------------------------------------------------------------


def every(change: Callable[[str], str], encoding: str = "utf-8") -> Change:
    """Every table through a change of its text."""

    def rewrite(source: SmallSource) -> None:
        for name in TABLES:
            source.write(f"{name}.csv", change(source.text(f"{name}.csv")).encode(encoding))

    return rewrite


def semicolons(text: str) -> str:
    rows = csv.reader(io.StringIO(text))
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\n").writerows(rows)
    return written.getvalue()


def days_first(text: str) -> str:
    return re.sub(r"(\d{4})-(\d\d)-(\d\d)(T(\d\d:\d\d):00)?", _day_first, text)


def _day_first(found: re.Match[str]) -> str:
    clock = f" {found[5]}" if found[5] else ""
    return f"{found[3]}/{found[2]}/{found[1]}{clock}"


SAME = {
    "a byte order mark": every(str, "utf-8-sig"),
    "CRLF": every(lambda text: text.replace("\n", "\r\n")),
    "CR": every(lambda text: text.replace("\n", "\r")),
    "blank lines": every(lambda text: text.replace("\n", "\n\n")),
    "semicolons": every(semicolons),
    "days first": every(days_first),
    "further columns": every(lambda text: re.sub("(?m)$", ",more", text.strip()) + "\n"),
    "columns in another order": every(
        lambda text: "\n".join(",".join(reversed(line.split(","))) for line in text.splitlines())
        if '"' not in text else text
    ),
}  # fmt: skip


def everything(address: str) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table, without their numbers."""
    database = open_source(address)
    found = {}
    for name, spec in SPECS.items():
        types = {n: c.dtype for n, c in columns_of(spec.schema).items()}
        types = {n: pl.String if isinstance(t, pl.Enum) else t for n, t in types.items()}
        found[name] = database.fetch(database.tables[name], types).sort(pl.all()).rows()
    return found


@pytest.mark.parametrize("form", SAME)
def test_a_form_that_is_no_fault_gives_the_same_rows(form, source):
    before = everything(str(source.folder))
    SAME[form](source)
    assert told(str(source.folder)) == []
    assert everything(str(source.folder)) == before


def test_the_29th_of_february_is_a_day_of_2024_only(source):
    source.change(CLASSES, "2024-02-05,2024-12-13", "2024-02-29,2024-12-13")
    source.change(MOVEMENTS, "2024-05-08T09:30:00", "29/02/2024 23:59")
    assert told(str(source.folder)) == []
    source.change(CLASSES, "2024-02-29", "2023-02-29")
    source.change(MOVEMENTS, "29/02/2024 23:59", "29/02/2023 23:59")
    assert told(str(source.folder)) == [
        ("not-a-date", CLASSES, 2, "start", "2023-02-29"),
        ("not-a-moment", MOVEMENTS, 4, "at", "29/02/2023 23:59"),
    ]


def test_optional_tables_and_columns_may_be_missing(source):
    for name in ("class_disciplines", "discipline_enrolments", "discipline_movements", "lessons",
                 "course_series", "municipalities"):  # fmt: skip
        source.remove(f"{name}.csv")
    assert told(str(source.folder)) == []
    assert "code" not in TABLES["classes"].splitlines()[0].split(",")


def test_an_empty_folder_lacks_three_tables(tmp_path):
    (tmp_path / "empty").mkdir()
    assert told(str(tmp_path / "empty")) == [
        ("missing-table", f"{name}.csv", None, "", "")
        for name in ("classes", "enrolments", "movements")
    ]


# --- the same faults in Parquet, DuckDB, SQLite, XLSX, PostgreSQL -------------------------------

FAULTY = {
    "classes": lambda t: t.with_columns(
        level=pl.when(pl.col("class") == "EJ").then(pl.lit("medio")).otherwise("level")),
    "enrolments": lambda t: pl.concat([
        t.with_columns(student=pl.when(pl.col("enrolment") == "E2").then(pl.lit(" "))
                       .otherwise("student")),
        t.filter(enrolment="E6")]),
    "movements": lambda t: pl.concat([t, t.filter(enrolment="E2", seq=2)]),
    "lessons": lambda t: t.with_columns(
        minutes=pl.when(pl.col("class_discipline") == "NR/SEG").then(-45).otherwise("minutes")),
    "discipline_enrolments": lambda t: pl.concat([t, t.filter(discipline_enrolment="D1")]),
}  # fmt: skip
FAULTS = [
    # code, table, rows (where they are known), column, value
    ("below-minimum", "lessons", (6,), "minutes", "-45"),
    ("blank-cell", "enrolments", (3,), "student", ""),
    ("not-allowed", "classes", (3,), "level", "medio"),
    ("repeated-key", "discipline_enrolments", (2, 6), "discipline_enrolment", "D1"),
    ("repeated-key", "enrolments", (7, 8), "enrolment", "E6"),
    ("repeated-key", "movements", (4, 11), "enrolment", "E2, 2"),
]


def expected(file: str, rows: bool) -> list[Found]:
    """The faults as a kind of source tells them; `file` has the table's name in it."""
    return sorted(
        (
            (code, file.format(table), row, column, value)
            for code, table, places, column, value in FAULTS
            for row in (places if rows else (None,))
        ),
        key=str,
    )


def test_faults_in_parquet(tmp_path):
    folder = write_parquet(changed(frames(), FAULTY), tmp_path / "parquet")
    assert told(str(folder)) == expected("{}.parquet", rows=True)


def test_faults_in_duckdb(tmp_path):
    path = write_duckdb(changed(frames(), FAULTY), tmp_path / "base.duckdb")
    assert told(str(path)) == expected("{}", rows=False)
    keys = {(p.file, p.sheet) for p in open_source(str(path)).problems}
    assert {("classes", "EJ"), ("enrolments", "E2"), ("lessons", "NR/SEG, 2024-05-06, -45")} <= keys


def test_faults_in_sqlite(tmp_path):
    path = write_sqlite(changed(frames(), FAULTY), tmp_path / "base.sqlite")
    assert told(str(path)) == expected("base.sqlite:{}", rows=True)


def test_faults_in_postgres(needs):
    needs(has_postgres(), "PostgreSQL")
    url = write_postgres(changed(frames(), FAULTY), postgres_url("faults"))
    assert told(url) == expected("{}", rows=False)


def test_faults_in_xlsx(source):
    source.change(CLASSES, "EJ,U1,2024,basic", "EJ,U1,2024,medio")
    source.change(LESSONS, ",60", ",-60")
    source.add(MOVEMENTS, "E1,1,2024-02-01T10:00:00,situation,,2,7A")
    for table in ("classes", "movements"):
        to_xlsx(source, table)
    to_xlsx(source, "lessons", numbers=("minutes",))
    assert told(str(source.folder)) == [
        ("below-minimum", "lessons.xlsx", 5, "minutes", "-60"),
        ("not-allowed", "classes.xlsx", 3, "level", "medio"),
        ("repeated-key", "movements.xlsx", 11, "enrolment", "E1, 1"),
        ("repeated-key", "movements.xlsx", 2, "enrolment", "E1, 1"),
    ]


def test_numbers_in_columns_of_codes(source, tmp_path):
    """A situation 02 that became 2 is another situation."""
    to_xlsx(source, "class_disciplines", numbers=("scae_code",))
    assert told(str(source.folder)) == [
        ("number-as-code", "class_disciplines.xlsx", row, "scae_code", value)
        for row, value in ((2, "101"), (3, "101"), (4, "201"))
    ]
    code = {"enrolments": lambda t: t.with_columns(pl.col("situation").replace("CANC", "5")
                                                   .cast(pl.Int64))}  # fmt: skip
    folder = write_parquet(changed(frames(), code), tmp_path / "parquet")
    problem = ("number-as-code", "enrolments.parquet", None, "situation", "int64")
    assert told(str(folder)) == [problem]


def test_moments_with_a_zone_in_every_kind(tmp_path, needs):
    needs(has_postgres(), "PostgreSQL")
    zoned = {
        "movements": lambda t: t.with_columns(pl.col("at").dt.replace_time_zone("UTC")),
        "enrolments": lambda t: t.with_columns(
            pl.col("enrolled_on").cast(pl.Datetime("us")).dt.replace_time_zone("UTC")),
    }  # fmt: skip
    tables = changed(frames(), zoned)
    sources = [
        ("{}.parquet", str(write_parquet(tables, tmp_path / "parquet"))),
        ("{}", str(write_duckdb(tables, tmp_path / "base.duckdb"))),
        ("{}", write_postgres(tables, postgres_url("zones"))),
    ]
    for file, address in sources:
        assert [problem[:4] for problem in told(address)] == [
            ("time-with-zone", file.format("enrolments"), None, "enrolled_on"),
            ("time-with-zone", file.format("movements"), None, "at"),
        ]


# --- texts that only the rules read -------------------------------------------------------------


def test_complements_that_are_no_json_object(source, portaria, tmp_path):
    source.change(ENROLMENTS, '"{""categoria"":""1""}"', "categoria=1")
    source.change(
        ENROLMENTS, "E2,RA2,7A,EF,7,2024-02-01,6,,,,,", "E2,RA2,7A,EF,7,2024-02-01,6,,,,,[]"
    )
    source.change(ENROLMENTS, "E6,RA6,NR,NR10,NR10,2024-04-01,39,,,,,",
                  "E6,RA6,NR,NR10,NR10,2024-04-01,39,,,,,{}")  # fmt: skip
    problems = tmp_path / "problems.csv"
    answer = portaria("scae", "check", source.folder, "--month", MONTH, "--problems", problems)
    assert answer.code == 1
    told = read_problems(problems)
    assert all("not a JSON object such as" in p["message"] for p in told)
    assert [(p["code"], p["file"], p["row"], p["column"], p["value"]) for p in told] == [
        ("scae-bad-complements", ENROLMENTS, "2", "complements", "categoria=1"),
        ("scae-bad-complements", ENROLMENTS, "3", "complements", "[]"),
    ]  # fmt: skip
    assert "Nothing was written." in answer.err


# --- faults that withhold a record, not the load ------------------------------------------------


def findings(source: SmallSource, portaria: Callable[..., Any]) -> set[tuple[Any, ...]]:
    """Code, record, table, row, field and value of the errors of May."""
    answer = portaria("scae", "check", source.folder, "--month", MONTH, "--json")
    assert answer.err == ""
    names = ("code", "record", "table", "row", "field", "value")
    found = {tuple(line[name] for name in names) for line in json.loads(answer.out)
             if line["severity"] == "error"}  # fmt: skip
    return {each for each in found if each[0] != "E-HA-NODATA"}


def test_faults_of_classes_and_codes_withhold_their_records(source, portaria):
    source.add(CLASSES, "NS,U1,2024,basic,EF,1,7,SP,,2024-12-13",
               "OP,U1,2024,basic,EF,1,7,SP,2024-02-05,",
               "RJ,U1,2024,basic,EF,1,7,RJ,2024-02-05,2024-12-13")  # fmt: skip
    source.add(ENROLMENTS, *(f"X{n},RB{n},{cells},,,,," for n, cells in enumerate((
        "NS,EF,7,2024-02-01,2", "OP,EF,7,2024-02-01,2", "NOWHERE,EF,7,2024-02-01,2",
        ",EF,7,2024-02-01,2", "7A,EF,7,,2", "7A,EF,7,2024-02-01,99", "7A,EF,7,2024-02-01,39",
        "RJ,EF,7,2024-02-01,2", "OP,EF,7,2024-02-01,9", "7A,EF,7,2024-02-01,"), 1)))  # fmt: skip
    source.add(MOVEMENTS, "X9,1,2024-05-15T10:00:00,situation,2,9,OP",
               "GONE,1,2024-05-15T10:00:00,situation,2,9,7A")  # fmt: skip
    source.change(ENROLMENTS, ",100,", ",404,")
    assert findings(source, portaria) == {
        ("E-CLASS-NOSTART", "P:X1:NS", "classes", 5, "start", "NS"),
        ("E-CLASS-MISSING", "P:X3:NOWHERE", "enrolments", 10, "class", "NOWHERE"),
        ("E-CLASS-MISSING", "P:X4:", "enrolments", 11, "class", None),
        ("E-REQ", "P:X5:7A", "enrolments", 12, "enrolled_on", None),
        ("E-SIT-UNMAPPED", "P:X6:7A", "enrolments", 13, "situation", "99"),
        ("E-SIT-UNMAPPED", "P:X7:7A", "enrolments", 14, "situation", "39"),
        ("E-SIT-UNMAPPED", "P:X10:7A", "enrolments", 17, "situation", None),
        ("E-STATE", "P:X8:RJ", "classes", 7, "state", "RJ"),
        ("E-CLASS-NOEND", "P:X9:OP", "classes", 6, "end", None),
        ("E-MUN", "P:E1:7A", "enrolments", 2, "municipality", "404"),
    }


def test_references_in_a_circle_in_a_chain_foreign_and_missing(source, portaria):
    """R15: a chain leads to its first enrolment; nothing else that is not the student's does."""
    source.add(ENROLMENTS, *(f"{cells},,,{{}}" for cells in (
        "C1,RC,EJ,NEJA,1,2024-02-01,2,,C2", "C2,RC,EJ,NEJA,1,2024-02-01,2,,C1",
        "K1,RK,EJ,NEJA,1,2024-02-01,2,,K1", "K2,RK,EJ,NEJA,2,2024-02-02,2,,K1",
        "K3,RK,EJ,NEJA,2,2024-02-03,2,,K2", "F1,RF,EJ,NEJA,1,2024-02-01,2,,E4",
        "N1,RN,EJ,NEJA,1,2024-02-01,2,,NOBODY", "B1,RB,EJ,NEJA,1,2024-02-01,2,,",
        "O1,RO,EJ,NEJA,1,2019-01-31,2,,")))  # fmt: skip
    found = findings(source, portaria)
    assert found == {
        ("E-EJA-BADREF", "P:C1:EJ", "enrolments", 8, "reference", "C2"),
        ("E-EJA-BADREF", "P:C2:EJ", "enrolments", 9, "reference", "C1"),
        ("E-EJA-BADREF", "P:F1:EJ", "enrolments", 13, "reference", "E4"),
        ("E-EJA-BADREF", "P:N1:EJ", "enrolments", 14, "reference", "NOBODY"),
        ("E-EJA-NOREF", "P:B1:EJ", "enrolments", 15, "reference", None),
    }


# --- scae.toml ----------------------------------------------------------------------------------

CODES = SETTINGS.partition("[codes]\n")[2]


def settings_problems(text: str | bytes, path: Path) -> list[tuple[str, str, str, str, str]]:
    """Code, file, key, severity and words of each problem."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(p.code, p.file, p.column, p.severity, str(p.message)) for p in read_settings(path)[1]]


BAD = "scae-wrong-setting"
WRONG_SETTINGS = [
    # text, then code, key and words of its one problem
    ('state = "SP', "scae-bad-settings", "", "Unterminated string"),
    ("[codes]\n[codes]\n", "scae-bad-settings", "", "line 2"),
    ("state = 'S\xe3o'".encode("latin-1"), "scae-bad-settings", "", "utf-8"),
    ("[codes]\ncanceled = 'CANC'", "scae-unknown-key", "codes.canceled", "codes.canceled"),
    ("[readings]\nsuspend = 'once'", "unknown-reading", "readings.suspend", "suspended"),
    ("[readings]\nsuspended = 'weekly'", "unknown-choice", "readings.suspended", "monthly"),
    ("[readings]\nsuspended = true", BAD, "readings.suspended", "a text in quotes"),
    ("readings = 'all'", BAD, "readings", "a table of names and values"),
    ("[codes]\ndenied = 'CANC'", "scae-code-twice", "codes.cancelled", "denied"),
    ("[codes]\ndenied = ['N', 'N']", "scae-code-twice", "codes.denied", "keep one"),
    ("[codes]\ncancelled = '2'", "scae-code-taken", "codes.cancelled", "situation table"),
    ("[codes]\ncancelled = 2", "scae-code-taken", "codes.cancelled", "situation table"),
    ("[codes]\ncancelled = ''", BAD, "codes.cancelled", "none of them blank"),
    ("[codes]\ncancelled = ['C', ' ']", BAD, "codes.cancelled", "none of them blank"),
    ("[codes]\ncancelled = true", BAD, "codes.cancelled", "a code, or several"),
    ("codes = ['CANC']", BAD, "codes", "a table of names and values"),
    ("[required]\nmedio = ['categoria']", "scae-unknown-key", "required.medio", "medio"),
    ("[required]\nbasic = 5", BAD, "required.basic", "a name"),
    ('[required]\nbasic = ["it\'s"]', BAD, "required.basic", "without quotes"),
    ("required = true", BAD, "required", "a table of names and values"),
    ("[situation_names]\n30 = 5", BAD, "situation_names.30", "a text in quotes"),
    ("state = ['SP']", BAD, "state", "a text in quotes"),
    ("state = 1.5", BAD, "state", "a text in quotes"),
    ("evaded_early_days = -1", BAD, "evaded_early_days", "0 or more"),
    ("evaded_early_days = '30'", BAD, "evaded_early_days", "a whole number"),
    ("evaded_early_days = true", BAD, "evaded_early_days", "a whole number"),
    ('dependency_field = "it\'s"', BAD, "dependency_field", "without quotes"),
    ("mapping_version = 1.0", BAD, "mapping_version", "a text in quotes"),
]


@pytest.mark.parametrize(("text", "code", "key", "words"), WRONG_SETTINGS)
def test_a_fault_of_the_settings_names_file_key_and_what_is_meant(text, code, key, words, tmp_path):
    ((found, file, column, severity, message),) = settings_problems(text, tmp_path / "own.toml")
    assert (found, file, column, severity) == (code, "own.toml", key, "error")
    assert words in message


def test_a_key_that_means_nothing_is_a_warning(tmp_path):
    """It may be of a later version; what it meant may be missed."""
    ((code, _, key, severity, message),) = settings_problems("colour = 1", tmp_path / "scae.toml")
    assert (code, key, severity) == ("scae-unknown-key", "colour", "warning")
    assert "a slip of the pen" in message


def test_all_faults_of_the_settings_are_told_at_once(tmp_path):
    text = (
        "state = 5.5\nevaded_early_days = -1\n[readings]\nsuspended = 'x'\nnolog = 1\nother = 'y'\n"
        "[situation_names]\n30 = 1\n31 = 2\n[codes]\ndenied = ''\nmore = 'Z'\n"
        "[required]\nbasic = ['a', 1, \"b'\"]\n"
    )
    keys = [key for _, _, key, _, _ in settings_problems(text, tmp_path / "scae.toml")]
    assert sorted(keys) == [
        "codes.denied", "codes.more", "evaded_early_days", "readings.nolog", "readings.other",
        "readings.suspended", "required.basic", "required.basic", "situation_names.30",
        "situation_names.31", "state",
    ]  # fmt: skip


def test_settings_that_are_no_fault(tmp_path):
    lists = "[required]\nbasic = 'categoria'\ncontinuing = []"
    for text in ("", SETTINGS, CODES, "mapping_version = 2", "\ufeffstate = 'SP'", lists):
        assert settings_problems(text, tmp_path / "scae.toml") == []
    several = "[codes]\ncancelled = ['A', ' B ', 77]\n"
    (tmp_path / "scae.toml").write_text(several, encoding="utf-8")
    assert read_settings(tmp_path / "scae.toml")[0].cancelled == ("A", "B", "77")


@pytest.mark.parametrize("write", [write_duckdb, write_sqlite])
def test_settings_lie_in_the_folder_or_beside_the_file(write, tmp_path):
    base = write(frames(), tmp_path / "escola.base")
    there = tmp_path / "scae.toml"
    assert settings_file(str(base), None) is None
    there.write_text(SETTINGS, encoding="utf-8")
    assert settings_file(str(base), None) == there
    assert settings_file(str(tmp_path), None) == there
    assert settings_file("postgresql://reader@server/base", None) is None
    named = tmp_path / "other.toml"
    assert settings_file(str(base), named) == named
