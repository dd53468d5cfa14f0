"""What a careful review asked of the engine that the slow reference does not have: records that
stay open unseen, rows that belong to nothing, the findings of a filtered load, the key of an
isolated record, a class transfer without a ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from portaria.regulations.scae.layout import find_layout, render
from portaria.regulations.scae.ledger import LEDGER
from portaria.regulations.scae.load import LOAD
from portaria.regulations.scae.results import Made, result_tables
from portaria.tables.canonical import write_csv
from regulations.scae.engine import add, empty_ledger, load_with, open_tables
from regulations.scae.made_loads import situation

STATE = {"state": "SP"}
NO_HOURS = {**STATE, "readings": {"hours_source": "none"}}
YEAR = {"start": date(2024, 2, 5), "end": date(2024, 12, 13)}
Row = dict[str, Any]


def moved(enrolment: str, day: date, left: str, to: str, **more: str) -> Row:
    """A movement at nine in the morning."""
    at = datetime(day.year, day.month, day.day, 9)
    return {"enrolment": enrolment, "at": at, "from": left, "to": to, **more}


def told(made: Made, code: str, *names: str) -> list[tuple[Any, ...]]:
    """The findings of a code: the named columns, nothing as the empty text."""
    rows = result_tables(made)["findings"].filter(pl.col("code") == code).select(*names).rows()
    return [tuple("" if cell is None else cell for cell in row) for row in rows]


def months(
    tables: dict[str, list[Row]], folder: Path, *names: str, config: Mapping[str, Any] = NO_HOURS
) -> Iterator[tuple[str, Made]]:
    """The loads of the months, each against the ledger of those before."""
    database, ledger = open_tables(tables, dict(config), folder), empty_ledger()
    for name in names:
        made = load_with(database, config, name, ledger)
        ledger = add(ledger, made)
        yield name, made


# --- I-STILL-OPEN: what no later load will close -------------------------------------------------


def left_open(end: date | None) -> dict[str, list[Row]]:
    """All sent in April, all but E1 and E2 for the last time. In April E3 is suspended, E4 drops
    out, the class of E6 ends; in May E5 is cancelled, and E1 is Reprovado in 8A, which ends `end`.
    """
    people = [
        ("E1", "8A", "2"), ("E2", "7A", "2"), ("E3", "7A", "5"), ("E4", "7A", "6"),
        ("E5", "7A", "CANC"), ("E6", "6A", "2"),
    ]  # fmt: skip
    return situation(
        classes=[
            {"class": "6A", **YEAR, "end": date(2024, 4, 30)},
            {"class": "7A", **YEAR},
            {"class": "8A", **YEAR, "end": end},
        ],
        enrolments=[
            {"enrolment": name, "student": f"RA{name}", "class": klass, "situation": code}
            for name, klass, code in people
        ],
        movements=[
            moved("E1", date(2024, 5, 8), "", "10", column="result"),
            moved("E3", date(2024, 4, 10), "2", "5"),
            moved("E4", date(2024, 4, 10), "2", "6"),
            moved("E5", date(2024, 5, 10), "2", "CANC"),
        ],
    )


E1 = ("P:E1:8A", "E1", "2024-04")
E6 = ("P:E6:6A", "E6", "2024-04")


@pytest.mark.rules("every-month", "movement-in-month")
def test_what_was_withheld_in_the_month_of_its_exit_is_told_in_every_later_one(tmp_path):
    """The exit of May is withheld (E-CLASS-NOEND) and goes in no later load. Trancado, an exit, a
    DELETE leave nothing open; of the month before the reconciliation speaks."""
    expected = {
        "2024-03": [], "2024-04": [], "2024-05": [], "2024-06": [E1, E6], "2024-07": [E1, E6],
    }  # fmt: skip
    for month, made in months(left_open(end=None), tmp_path / "source", *expected):
        assert told(made, "I-STILL-OPEN", "record", "enrolment", "value") == expected[month], month
        may = month == "2024-05"
        assert told(made, "E-CLASS-NOEND", "record") == ([("P:E1:8A",)] if may else []), month
        assert told(made, "W-ORPHAN", "record") == ([("P:E6:6A",)] if may else []), month


def test_the_month_of_the_exit_made_again_closes_the_record(tmp_path):
    wrong = open_tables(left_open(end=None), NO_HOURS, tmp_path / "wrong")
    right = open_tables(left_open(end=YEAR["end"]), NO_HOURS, tmp_path / "right")
    ledger = empty_ledger()
    for month, source, expected in (
        ("2024-04", wrong, []),
        ("2024-05", wrong, []),
        ("2024-06", wrong, [E1, E6]),
        ("2024-05", right, []),
        ("2024-06", right, [E6]),
    ):
        made = load_with(source, NO_HOURS, month, ledger)
        assert told(made, "I-STILL-OPEN", "record", "enrolment", "value") == expected, month
        ledger = add(ledger, made)


def test_nothing_is_told_to_be_open_without_a_ledger_or_in_a_filtered_load(tmp_path):
    source = open_tables(left_open(end=None), NO_HOURS, tmp_path / "source")
    ledger = empty_ledger()
    for month in ("2024-04", "2024-05"):
        ledger = add(ledger, load_with(source, NO_HOURS, month, ledger))
    filtered = {**NO_HOURS, "filters": {"class": "8A"}}
    for config, known, expected in (
        (NO_HOURS, ledger, [E1, E6]),
        (NO_HOURS, None, []),
        (filtered, ledger, []),
    ):
        made = load_with(source, config, "2024-06", known)
        assert told(made, "I-STILL-OPEN", "record", "enrolment", "value") == expected


# --- W-STRAY: rows that belong to nothing --------------------------------------------------------

STRAYS = [
    ("class_disciplines", "class", "7Z", 3),
    ("discipline_enrolments", "class_discipline", "7A/GEO", 4),
    ("discipline_enrolments", "enrolment", "E9", 3),
    ("discipline_enrolments", "enrolment", "M4", 5),  # of nobody, and not isolated
    ("discipline_movements", "discipline_enrolment", "M9", 2),
    ("lessons", "class_discipline", "7A/HIS", 3),
    ("movements", "class", "7Z", 3),
    ("movements", "enrolment", "E9", 4),
]


def with_strays() -> dict[str, list[Row]]:
    """One enrolment in 7A; the class 7Z, the enrolment E9 and two disciplines are nowhere."""
    day = date(2024, 4, 2)
    return situation(
        classes=[{"class": "7A", **YEAR}],
        enrolments=[{"enrolment": "E1", "class": "7A"}],
        movements=[
            moved("E1", date(2024, 2, 1), "", "2", **{"class": "7A"}),
            moved("E1", date(2024, 2, 9), "2", "31", **{"class": "7Z"}),
            moved("E9", date(2024, 2, 9), "", "2", **{"class": "7A"}),
        ],
        class_disciplines=[
            {"class_discipline": "7A/MAT", "class": "7A", "discipline": "MAT"},
            {"class_discipline": "7Z/MAT", "class": "7Z", "discipline": "MAT"},
        ],
        discipline_enrolments=[
            {"discipline_enrolment": "M1", "enrolment": "E1", "class_discipline": "7A/MAT"},
            {"discipline_enrolment": "M2", "enrolment": "E9", "class_discipline": "7A/MAT"},
            {"discipline_enrolment": "M3", "enrolment": "E1", "class_discipline": "7A/GEO"},
            {"discipline_enrolment": "M4", "class_discipline": "7A/MAT"},
            {"discipline_enrolment": "I5", "class_discipline": "7A/MAT", "isolated": True,
             "enrolled_on": day},
        ],
        discipline_movements=[
            {"discipline_enrolment": "M9", "at": datetime(2024, 4, 2, 9), "from": "2", "to": "9"},
        ],
        lessons=[
            {"class_discipline": "7A/MAT", "date": day, "minutes": 60},
            {"class_discipline": "7A/HIS", "date": day, "minutes": 60},
        ],
    )  # fmt: skip


def test_every_row_that_names_something_that_is_nowhere_is_told_with_its_row(tmp_path):
    """An isolated enrolment stands alone: it needs no period enrolment and is no stray."""
    made = load_with(open_tables(with_strays(), STATE, tmp_path / "source"), STATE, "2024-04")
    assert told(made, "W-STRAY", "table", "field", "value", "row") == STRAYS
    assert set(told(made, "W-STRAY", "record", "enrolment")) == {("", "")}
    load = result_tables(made)["load"]
    assert load.select("record", "student_hours").rows() == [("P:E1:7A", "1.00")]


# --- a filtered load (R01) -----------------------------------------------------------------------


def two_classes() -> dict[str, list[Row]]:
    """One fault in each of three classes, one row of the source that belongs to nothing."""
    return situation(
        classes=[
            {"class": "7A", **YEAR},
            {"class": "7B", "unit": "U2", **YEAR, "start": None},
            {"class": "NR", "level": "continuing", "course": "NR10", "series": "NR10", **YEAR},
            {"class": "EA", "modality": "3", "course": "EJA-EM", "series": "1", **YEAR},
        ],
        enrolments=[
            {"enrolment": "E1", "class": "7A", "municipality": "404"},
            {"enrolment": "E2", "student": "RA2", "class": "7B"},
            {"enrolment": "E3", "student": "RA3", "class": "NR", "situation": "2"},
            {"enrolment": "E4", "student": "RA4", "class": "EA"},
        ],
        movements=[moved("E9", date(2024, 2, 9), "", "2")],
        municipalities=[{"municipality": "1", "scae_code": "0001"}],
    )


@pytest.mark.rules("reference-month")
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"class": "7A"}, {("E-MUN", "E1"), ("I-NOLOG", "E1")}),
        ({"unit": "U2"}, {("E-CLASS-NOSTART", "E2")}),
        ({"level": "continuing"}, {("E-SIT-UNMAPPED", "E3")}),
        ({"course": "EJA-EM"}, {("E-EJA-NOREF", "E4")}),
        ({"class": "8A"}, set()),
    ],
    ids=["class", "unit", "level", "course", "nothing"],  # sets have no order of their own
)
def test_a_filtered_load_tells_what_is_of_its_records_and_of_the_source(
    filters, expected, tmp_path
):
    """Of the other classes nothing is said; a stray row is of no class and stands in every load."""
    database = open_tables(two_classes(), NO_HOURS, tmp_path / "source")
    made = load_with(database, {**NO_HOURS, "filters": filters}, "2024-04")
    found = result_tables(made)["findings"].select("code", "enrolment").rows()
    assert {(code, name) for code, name in found if name} == expected
    assert [code for code, name in found if not name] == ["W-STRAY"]


# --- the key of an isolated record (R16) ---------------------------------------------------------


def twice_isolated() -> dict[str, list[Row]]:
    """Finished in May; isolated in June in two disciplines of the class, I1 cancelled in July."""
    return situation(
        classes=[{"class": "NR", "level": "continuing", "course": "NR10", "series": "NR10",
                  "start": date(2024, 5, 6), "end": date(2024, 8, 30)}],
        enrolments=[{"enrolment": "E1", "class": "NR", "enrolled_on": date(2024, 5, 2),
                     "situation": "42"}],
        movements=[moved("E1", date(2024, 5, 31), "39", "42")],
        class_disciplines=[
            {"class_discipline": name, "class": "NR", "discipline": name} for name in ("900", "901")
        ],
        discipline_enrolments=[
            {"discipline_enrolment": "I1", "class_discipline": "900", "situation": "CANC",
             "isolated": True, "enrolled_on": date(2024, 6, 3)},
            {"discipline_enrolment": "I2", "class_discipline": "901", "situation": "39",
             "isolated": True, "enrolled_on": date(2024, 6, 4)},
        ],
        discipline_movements=[
            {"discipline_enrolment": "I1", "at": datetime(2024, 7, 2, 9), "from": "39",
             "to": "CANC"},
        ],
    )  # fmt: skip


@pytest.mark.rules("isolated-record")
def test_the_class_discipline_stands_in_the_load_of_an_isolated_enrolment_only(tmp_path):
    expected = {
        "2024-05": [("P:E1:NR", "UPSERT", None)],
        "2024-06": [("I:I1:NR", "UPSERT", "900"), ("I:I2:NR", "UPSERT", "901")],
        "2024-07": [("I:I1:NR", "DELETE", "900"), ("I:I2:NR", "UPSERT", "901")],
    }
    for month, made in months(twice_isolated(), tmp_path / "source", *expected):
        load = result_tables(made)["load"]
        assert load.select("record", "operation", "class_discipline").rows() == expected[month]
        assert result_tables(made)["withheld"].columns == [*LOAD, "codes"]


def test_it_is_the_last_column_of_the_table(tmp_path):
    *_, (_, made) = months(twice_isolated(), tmp_path / "source", "2024-07")
    write_csv(result_tables(made)["load"], tmp_path / "load.csv")
    first, *rows = (tmp_path / "load.csv").read_text(encoding="utf-8").splitlines()
    assert first.split(",")[-1] == "class_discipline"
    assert [row.rsplit(",", 1)[1] for row in rows] == ["900", "901"]
    assert "class_discipline" not in LEDGER


@pytest.mark.parametrize("name", ["unofficial-delimited", "unofficial-fixed"])
def test_the_file_tells_the_two_apart_and_warns_of_nothing(name, tmp_path):
    """The exclusion of I1 goes beside I2: one student, class and kind, another discipline."""
    *_, (_, made) = months(twice_isolated(), tmp_path / "source", "2024-07")
    load, disciplines = made.load.load, made.load.disciplines
    files, problems = render(find_layout(name), load, disciplines, "2024-07")
    assert problems == []
    lines = next(iter(files.values())).decode("latin-1").splitlines()
    deleted, current = (line for line in lines if "RA1" in line)
    assert deleted.rstrip().endswith("900")
    assert current.rstrip().endswith("901")


# --- a class transfer without class in the log, and without a ledger (R12) -----------------------


@pytest.mark.rules("one-record-a-class")
def test_without_a_ledger_the_lost_class_is_told_in_the_month_of_the_transfer(tmp_path):
    """The row is Matriculado in 7B after 31: the class before was overwritten. The record that is
    sent is named, for the one of the class before has no name."""
    tables = situation(
        classes=[{"class": "7A", **YEAR}, {"class": "7B", **YEAR}],
        enrolments=[{"enrolment": "E1", "class": "7B"}],
        movements=[moved("E1", date(2024, 4, 10), "2", "31")],
    )
    database = open_tables(tables, NO_HOURS, tmp_path / "source")
    expected = {
        "2024-03": ([], []),
        "2024-04": ([("P:E1:7B", 1)], [("P:E1:7B", "E1", "movements", "class")]),
        "2024-05": ([("P:E1:7B", 1)], []),
        "2024-12": ([("P:E1:7B", 1)], []),
    }
    for month, (records, lost) in expected.items():
        made = load_with(database, NO_HOURS, month)
        assert result_tables(made)["load"].select("record", "situation").rows() == records, month
        assert told(made, "W-CLASS-CHANGED", "record", "enrolment", "table", "field") == lost, month
