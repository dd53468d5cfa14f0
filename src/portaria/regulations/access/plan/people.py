"""Grades as a contest that the engine can grade: one candidate, or what she might have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from portaria.regulations.access.contest import Contest
from portaria.regulations.access.plan.account import Grades
from portaria.regulations.access.plan.requirements import Requirements
from portaria.regulations.access.schemas import TABLES
from portaria.tables.schema import columns_of


def contest_of(requirements: Requirements, people: Sequence[Grades]) -> Contest:
    """A contest with these candidates, named by `code`, and no options."""
    rows: dict[str, list[dict[str, Any]]] = {"candidates": [], "exams": [], "prerequisites": []}
    for index, grades in enumerate(people):
        code = code_of(index, len(people))
        rows["candidates"].append(
            {
                "candidate": code,
                "secondary": grades.secondary,
                "secondary_with_pe": grades.secondary_with_pe,
                "two_cycle_a": grades.two_cycle_a,
                "two_cycle_b": grades.two_cycle_b,
                "has_final_grade": True,
            }
        )
        rows["exams"] += [
            {"candidate": code, "exam": exam, "grade": grade}
            for exam, grade in grades.exams.items()
        ]
        rows["prerequisites"] += [
            {"candidate": code, "group": group, "passed": True, "grade": grade}
            for group, grade in grades.prerequisites.items()
        ]
    tables = {name: _frame(name, rows.get(name, [])) for name in TABLES}
    tables |= {"programmes": requirements.programmes, "exam_sets": requirements.exam_sets}
    edition = requirements.edition
    return Contest(edition, 1, edition.choose({}), tables)


def code_of(index: int, count: int) -> str:
    """The code of a candidate among so many: their order is that of the codes."""
    return str(index + 1).zfill(len(str(count)))


def with_exam(grades: Grades, exam: str, grade: int) -> Grades:
    """The same grades but for one exam."""
    return replace(grades, exams={**grades.exams, exam: grade})


def _frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = {column: each.dtype for column, each in columns_of(TABLES[name].schema).items()}
    return pl.DataFrame(rows, schema=schema)
