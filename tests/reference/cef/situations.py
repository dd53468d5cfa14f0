"""How a case is written short: the parts of a class that it need not repeat.

One student, ana, with a Portuguese, a maths and a technical subject of 3000 + 3000 minutes in
lessons of 50; every unit has level 3, so have internship and PAF; year 1 is 2024/25. An
exclusion has no other path, and is from the practical component where it names no subject.
"""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

Row = dict[str, Any]

CASES = Path(__file__).parent / "cases"
ON = date(2026, 7, 25)
COURSE = {
    "start": date(2024, 9, 13),
    "school_year_start": date(2024, 9, 1),
    "level_cutoffs": [20, 50, 70, 90],
    "technological_by": "units",
}
STUDENT = {"student": "ana", "birth_date": "2009-03-01", "next_path": "professional"}
SUBJECT = {"planned_minutes_1": "3000", "planned_minutes_2": "3000", "lesson_minutes": "50"}
SUBJECTS = [
    {"subject": "POR", "component": "sociocultural"},
    {"subject": "MAT", "component": "scientific"},
    {"subject": "TEC", "component": "technological"},
]
INTERNSHIP = {"absent_minutes": "0", "justified_minutes": "0", "made_up_minutes": "0", "level": "3"}
MEASURE = {"told_on": "", "result": "", "attends": "", "effective": "", "possible": ""}
EXCLUSION = {
    **{"subject": "", "other_path": "impossible", "redirected_on": ""},
    **{"recovery_worked": "", "school_fault": ""},
}
PAF = {"level": "", "percent": "", "absent": "false", "justified": "false"}


def read_cases() -> Iterator[Row]:
    """`like` takes everything of an earlier case that is not said anew."""
    known: dict[str, Row] = {}
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            whole = {**known.get(case.get("like", ""), {}), **case}
            known[case["id"]] = whole
            yield whole


def tables_of(case: Row) -> Row:
    """The tables of the contract, every cell a text. `recorded` and `excluded` are the rows given
    of the tables `recoveries` and `exclusions`, which in a case name their answers."""
    students = [cells({**STUDENT, **row}) for row in case.get("students", [{}])]
    subjects = [cells({**SUBJECT, **row}) for row in case.get("subjects", SUBJECTS)]
    names = [row["student"] for row in students]
    units, grades = units_of(case, names)
    tables = {
        "course": {**COURSE, **case.get("course", {}), "policy": case.get("policy", {})},
        "students": [{"name": f"Aluna {row['student']}", **row} for row in students],
        "subjects": subjects,
        "units": units,
        "unit_grades": grades,
        "absences": absences_of(case, {row["subject"]: row for row in subjects}),
        "internship": rows_of(case, "internship", INTERNSHIP, names, {}),
        "paf": rows_of(case, "paf", PAF, names, {"level": "3"}),
    }
    if "recorded" in case:
        tables["recoveries"] = rows_of(case, "recorded", MEASURE, names, {})
    if "excluded" in case:
        tables["exclusions"] = rows_of(case, "excluded", EXCLUSION, names, {})
    for table, rows in case.get("tables", {}).items():
        tables[table] = [cells(row) for row in rows]
    return tables


def rows_of(case: Row, table: str, default: Row, names: list[str], usual: Row) -> list[Row]:
    """One row a student, or those of the case."""
    if table not in case:
        return [{"student": name, **default, **usual} for name in names]
    return [{"student": "ana", **default, **cells(row)} for row in case[table]]


def cells(row: Row) -> Row:
    return {name: cell(value) for name, value in row.items()}


def cell(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def units_of(case: Row, names: list[str]) -> tuple[list[Row], list[Row]]:
    """`grades`: by subject, or subject/domain, the grades of its units in order: `3`, `49.5%`,
    `-` for no row, `_` for an empty one; an `x` after it: the unit is not done."""
    written = {"POR": "3", "MAT": "3", "TEC": "3"} | case.get("grades", {})
    known = {row["subject"] for row in case.get("subjects", SUBJECTS)}
    units, grades = [], []
    for key, text in written.items():
        subject, _, domain = key.partition("/")
        if subject not in known:
            continue
        for number, grade in enumerate(text.split(), 1):
            unit = f"{subject}{domain}{number}"
            units.append(
                {
                    **{"unit": unit, "subject": subject, "domain": domain},
                    **{"planned_minutes": "1500", "catalogue": "2024"},
                    "done": cell(not grade.endswith("x")),
                }
            )
            for name in names:
                one = case.get("grades_of", {}).get(name, {}).get(key, text).split()[number - 1]
                grades += grade_row(name, unit, one.removesuffix("x"))
    return units, grades


def grade_row(student: str, unit: str, grade: str) -> list[Row]:
    if grade == "-":
        return []
    percent = grade[:-1] if grade.endswith("%") else ""
    level = "" if percent or grade == "_" else grade
    return [{"student": student, "unit": unit, "level": level, "percent": percent}]


def absences_of(case: Row, subjects: Row) -> list[Row]:
    """`lessons`: so many rows of that day; `minutes` of each, a whole lesson if not said."""
    rows = []
    for given in case.get("absences", []):
        row = {"student": "ana", "justified": False, "cause": "ordinary", **given}
        row.setdefault("minutes", subjects[row["subject"]]["lesson_minutes"])
        times = row.pop("lessons", 1)
        rows += [cells(row)] * times
    return rows
