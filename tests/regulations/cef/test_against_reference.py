"""The engine and the plain reference give the same tables for the same class."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from reference.cef import BadCourse
from reference.cef import evaluate as plainly
from reference.cef.folder import write
from reference.cef.random_courses import random_course, random_day
from reference.cef.readings import READINGS
from reference.cef.situations import ON, read_cases, tables_of

from portaria.core.messages import Message
from portaria.core.problem import errors
from portaria.regulations.cef.evaluate import evaluate, result_tables
from portaria.regulations.cef.read import read_course
from portaria.regulations.cef.warnings import warnings_of

CASES = [case for case in read_cases() if "call" not in case]
ABOUT_THE_CLASS = ("cef-before-course", "cef-before-end", "cef-day-after-end")
CLASS_READINGS = {name: r for name, r in READINGS.items() if r.course}
POLICIES = [{name: choice} for name, r in CLASS_READINGS.items() for choice in r.choices[1:]]


@pytest.mark.rules(
    "school-attendance", "planned-load", "internship-attendance", "internship-made-up",
    "recovery-due", "recovery-not-owed", "recovery-once", "recovery-council", "recovery-size",
    "percent-to-level", "subject-grade", "technological-grade", "technological-by-domains",
    "technological-by-units", "component-grade", "practical-grade", "failed-internship",
    "paf-admission", "paf-new-date", "paf-lost", "course-certificate", "school-certificate",
    "component-certificate", "subject-statement", "no-professional-certificate", "final-exams",
    "final-exams-spared",
)  # fmt: skip
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_worked_case(case, tmp_path):
    same(tables_of(case), case.get("on", ON), tmp_path)


@pytest.mark.parametrize("seed", range(60))
def test_random_classes(seed, tmp_path):
    same(random_course(seed), random_day(seed), tmp_path)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: "=".join(*policy.items()))
def test_random_classes_under_every_reading(policy, tmp_path):
    for seed in range(6):
        tables = random_course(seed)
        tables["course"]["policy"] = policy
        same(tables, random_day(seed), tmp_path / str(seed))


@pytest.mark.parametrize("seed", range(75))
def test_faulty_classes(seed, tmp_path):
    same(random_course(seed, faulty=True), random_day(seed), tmp_path)


@pytest.mark.long
def test_thousands_of_random_classes(tmp_path):
    for seed in range(1000, 3000):
        tables, rng = random_course(seed, faulty=seed % 10 == 0), Random(seed)
        tables["course"]["policy"] = {
            name: rng.choice(r.choices) for name, r in CLASS_READINGS.items() if rng.random() < 0.3
        }
        same(tables, random_day(seed), tmp_path / str(seed))


def same(tables: Any, on: date, folder: Path) -> None:
    """Both refuse, at the same places, or both give the same rows."""
    write(tables, folder)
    course, problems = read_course(folder)
    expected, warned, faults = answer(tables, on)
    if faults:
        assert course is None
        # A table without a column is not looked at further: its problem is that.
        headers = {fault.table for fault in faults if fault.row == 1}
        wanted = {place(f) for f in faults if f.row == 1 or f.table not in headers}
        assert places(problems) >= wanted
        return
    assert course is not None, [(p.file, p.row, p.column, str(p.message)) for p in problems]
    evaluation = evaluate(course, on)
    told = {
        (p.code.removeprefix("cef-"), p.message.params["student"], where_of(p))
        for p in warnings_of(evaluation)
        if p.code not in ABOUT_THE_CLASS
    }
    assert told == warned
    for name, rows in result_tables(evaluation).items():
        assert [plain(row) for row in rows.iter_rows(named=True)] == expected[name], name


def where_of(problem: Any) -> str:
    where = problem.message.params["where"]
    return "practical" if isinstance(where, Message) else where


def answer(tables: Any, on: date) -> tuple[dict[str, Any], set[Any], tuple[Any, ...]]:
    """The tables and the warnings of the reference, or its faults."""
    try:
        found = plainly(tables, on)
    except BadCourse as refused:
        return {}, set(), refused.faults
    warned = {(row["code"], row["student"], row["where"]) for row in found.warnings}
    return found.answer(), warned, ()


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """As the reference writes it: nothing is "", days in ISO, clauses without the text's name."""
    row = {name: "" if value is None else value for name, value in row.items()}
    row = {name: str(value) if isinstance(value, date) else value for name, value in row.items()}
    if "clause" in row:
        row["clause"] = row["clause"].replace("CEF ", "")
    return row


def places(problems: Any) -> set[tuple[str, int, str]]:
    found = errors(problems)
    return {(p.file.partition(".")[0], p.row or 0, p.column) for p in found}


def place(fault: Any) -> tuple[str, int, str]:
    return (fault.table, fault.row, fault.column)
