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


def _measure(**values: str) -> Callable[[Tables], None]:
    """One row more, of a day that no other has."""

    def add(tables: Tables) -> None:
        row = {
            **{"student": tables["students"][0]["student"]},
            **{"subject": tables["subjects"][0]["subject"], "recorded_on": "2025-01-15"},
            **{"told_on": "", "result": "", "attends": "", "effective": "", "possible": ""},
        }
        tables.setdefault("recoveries", []).append({**row, **values})

    return add


def _exclusion(**values: str) -> Callable[[Tables], None]:
    """The first student's, and no other one of hers."""

    def put(tables: Tables) -> None:
        row = {"subject": "", "decided_on": "2025-01-15", "other_path": "possible"}
        row |= {"redirected_on": "", "recovery_worked": "", "school_fault": ""}
        first = {"student": tables["students"][0]["student"], **row, **values}
        others = [r for r in tables.get("exclusions", []) if r["student"] != first["student"]]
        tables["exclusions"] = [*others, first]

    return put


def _measure_twice(tables: Tables) -> None:
    _measure()(tables)
    _measure(result="satisfaz")(tables)


def _excluded_twice(tables: Tables) -> None:
    _exclusion()(tables)
    tables["exclusions"].append({**tables["exclusions"][-1], "decided_on": "2025-01-16"})


def _no_load(tables: Tables) -> None:
    row = {"subject": "HIS", "component": "scientific", "lesson_minutes": "50"}
    tables["subjects"].append({**row, "planned_minutes_1": "0", "planned_minutes_2": "0"})


def _named_practical(tables: Tables) -> None:
    row = {"subject": "practical", "component": "scientific", "lesson_minutes": "50"}
    tables["subjects"].append({**row, "planned_minutes_1": "90", "planned_minutes_2": "0"})


FAULTS: dict[str, Callable[[Tables], None]] = {
    "repeated-key": _again("subjects"),
    "unknown-subject": _absence(subject="HIS"),
    "unknown-student": _absence(student="nobody"),
    "not-a-date": _absence(date="2025-02-29"),
    "before-start": _absence(date="2024-09-12"),
    "after-end": _absence(date="2026-09-01"),
    "after-end:recoveries": _measure(recorded_on="2062-01-15"),
    "after-end:exclusions": _exclusion(decided_on="2026-09-01"),
    "after-end:redirected": _exclusion(other_path="redirected", redirected_on="2026-09-01"),
    "before-start:redirected": _exclusion(other_path="redirected", redirected_on="2024-09-12"),
    "longer-than-lesson": _absence(minutes="61"),
    "more-than-planned": _too_many,
    "not-allowed": _set("students", next_path="army"),
    "not-an-integer": _set("subjects", lesson_minutes="a lesson"),
    "below-minimum": _set("subjects", lesson_minutes="0"),
    "no-planned-minutes": _no_load,
    "reserved-name": _named_practical,
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
    "born-later": _set("students", birth_date="2024-09-14"),
    "start-outside-year": lambda tables: tables["course"].update(start=date(2024, 8, 31)),
    "unknown-reading": lambda tables: tables["course"].update(policy={"colour": "blue"}),
    "told-before": _measure(told_on="2025-01-14"),
    "redirected-on": _exclusion(other_path="redirected"),
    "redirected-on:not-redirected": _exclusion(redirected_on="2025-02-01"),
    "before-start:recoveries": _measure(recorded_on="2024-09-12"),
    "before-start:exclusions": _exclusion(decided_on="2024-09-12"),
    "repeated-key:recoveries": _measure_twice,
    "repeated-key:exclusions": _excluded_twice,
    "unknown-student:recoveries": _measure(student="nobody"),
    "unknown-student:exclusions": _exclusion(student="nobody"),
    "unknown-subject:recoveries": _measure(subject="HIS"),
    "unknown-subject:exclusions": _exclusion(subject="HIS"),
    "not-allowed:recoveries": _measure(result="done"),
    "not-allowed:exclusions": _exclusion(other_path="none"),
    "blank-cell:recoveries": _measure(recorded_on=""),
    "blank-cell:exclusions": _exclusion(other_path=""),
    "not-a-date:recoveries": _measure(told_on="2025-02-29"),
    "not-a-date:exclusions": _exclusion(other_path="redirected", redirected_on="soon"),
    "not-a-boolean:recoveries": _measure(attends="perhaps"),
    "not-a-boolean:exclusions": _exclusion(school_fault="perhaps"),
}
"""By the code of the fault; what follows a colon tells two of one code apart."""


def put_fault(tables: Tables, seed: int) -> None:
    """Give the class the fault of this seed."""
    [*FAULTS.values()][seed % len(FAULTS)](tables)


def fault_of(seed: int) -> str:
    """The code of the fault that a faulty class of this seed has."""
    return [*FAULTS][seed % len(FAULTS)].partition(":")[0]
