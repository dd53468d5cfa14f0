"""One fault put into a class of the contract: by its code, what is changed."""

from collections.abc import Callable
from datetime import date
from typing import Any

Tables = dict[str, Any]


def _set(table: str, **values: Any) -> Callable[[Tables], None]:
    """The first row is changed."""
    return lambda tables: tables[table][0].update(values)


def _again(table: str) -> Callable[[Tables], None]:
    return lambda tables: tables[table].append(dict(tables[table][0]))


def _absence(**values: str) -> Callable[[Tables], None]:
    """One row more, of one minute of the first subject."""

    def add(tables: Tables) -> None:
        row = {
            **{"student": tables["students"][0]["student"]},
            **{"subject": tables["subjects"][0]["subject"], "date": "2025-01-15"},
            **{"minutes": "1", "justified": "false", "cause": "ordinary"},
        }
        tables["absences"].append({**row, **values})

    return add


def _too_many(tables: Tables) -> None:
    lesson = int(tables["subjects"][0]["lesson_minutes"])
    planned = sum(int(tables["subjects"][0][f"planned_minutes_{year}"]) for year in (1, 2))
    for _ in range(planned // lesson + 1):
        _absence(minutes=str(lesson))(tables)


def _no_column(tables: Tables) -> None:
    for row in tables["subjects"]:
        del row["lesson_minutes"]


def _internship(**values: str) -> Callable[[Tables], None]:
    def put(tables: Tables) -> None:
        row = {"absent_minutes": "0", "justified_minutes": "0", "made_up_minutes": "0"}
        first = {"student": tables["students"][0]["student"], **row, "level": "3", **values}
        others = [r for r in tables["internship"] if r["student"] != first["student"]]
        tables["internship"] = [*others, first]

    return put


def _paf(**values: str) -> Callable[[Tables], None]:
    def put(tables: Tables) -> None:
        row = {"level": "", "percent": "", "absent": "", "justified": ""}
        first = {"student": tables["students"][0]["student"], **row, **values}
        others = [r for r in tables["paf"] if r["student"] != first["student"]]
        tables["paf"] = [*others, first]

    return put


def _no_load(tables: Tables) -> None:
    row = {"subject": "HIS", "component": "scientific", "lesson_minutes": "50"}
    tables["subjects"].append({**row, "planned_minutes_1": "0", "planned_minutes_2": "0"})


FAULTS: dict[str, Callable[[Tables], None]] = {
    "repeated-key": _again("subjects"),
    "unknown-subject": _absence(subject="HIS"),
    "unknown-student": _absence(student="nobody"),
    "not-a-date": _absence(date="2025-02-29"),
    "before-start": _absence(date="2024-09-12"),
    "longer-than-lesson": _absence(minutes="61"),
    "more-than-planned": _too_many,
    "not-allowed": _set("students", next_path="army"),
    "not-an-integer": _set("subjects", lesson_minutes="a lesson"),
    "below-minimum": _set("subjects", lesson_minutes="0"),
    "no-planned-minutes": _no_load,
    "missing-column": _no_column,
    "not-a-boolean": _absence(justified="perhaps"),
    "blank-cell": _absence(cause=""),
    "more-than-absent": _internship(justified_minutes="1"),
    "above-maximum": _internship(level="6"),
    "two-grades": _paf(level="3", percent="50"),
    "unknown-unit": lambda tables: tables["unit_grades"].append(
        {"student": tables["students"][0]["student"], "unit": "?", "level": "3", "percent": ""}
    ),
    "not-a-number": _paf(percent="x"),
    "missing-table": lambda tables: tables.pop("paf"),
    "bad-cutoffs": lambda tables: tables["course"].update(level_cutoffs=[50, 20, 70, 90]),
    "missing-key": lambda tables: tables["course"].pop("technological_by"),
    "unknown-key": lambda tables: tables["course"].update(colour="blue"),
    "start-outside-year": lambda tables: tables["course"].update(start=date(2024, 8, 31)),
    "unknown-reading": lambda tables: tables["course"].update(policy={"colour": "blue"}),
}


def fault_of(seed: int) -> str:
    """The code of the fault that a faulty class of this seed has."""
    return [*FAULTS][seed % len(FAULTS)]
