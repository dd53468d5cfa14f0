"""A table of schools from a file to hours, with every problem at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl

from portaria.core.messages import Message
from portaria.core.numbers import written
from portaria.core.problem import Problem, errors
from portaria.core.rule_set import RuleSet
from portaria.regulations.qualifica import figures, roles
from portaria.regulations.qualifica.check import faults
from portaria.regulations.qualifica.hours import check_day, hours
from portaria.regulations.qualifica.model import Hours, School
from portaria.regulations.qualifica.schemas import Schools
from portaria.tables.canonical import canonical_text
from portaria.tables.folder import read_table
from portaria.tables.parse import REPEATED_KEY
from portaria.tables.raw import cut
from portaria.tables.schema import SOURCE_ROW

COLUMNS = (
    "school", "centre", "role", "hours", "exact", "base", "points_above", "points_counted",
    "need_bonus", "performance", "fives_below", "performance_cut", "proportion", "capped",
    "excluded", "new_until", "measured_on", "arithmetic", "clauses", "warnings",
)  # fmt: skip
"""The table that is written: the answer first, then how it came."""


@dataclass(frozen=True)
class Answered:
    """A row of the table with its hours."""

    school: str
    centre: str
    found: Hours


def answer(
    path: Path, on: date | None, rules: RuleSet
) -> tuple[list[Answered] | None, list[Problem]]:
    """Every school with its hours, in the order of the table; none where a problem is an error.

    UsageError for a day before the order.
    """
    check_day(on, rules)
    frame, problems = read_table(path, Schools)
    if frame is None:
        return None, problems
    problems += [*_repeated(path.name, frame), *_across(path.name, frame, problems, on, rules)]
    if errors(problems):
        return None, problems
    return [_answered(row, on, rules) for row in frame.iter_rows(named=True)], problems


def _repeated(file: str, frame: pl.DataFrame) -> Iterator[Problem]:
    """Every row after the first of a school: it has one credit."""
    rows = frame.drop_nulls("school")
    again = rows.filter(~pl.col("school").is_first_distinct())
    for row, school in again.select(SOURCE_ROW, "school").iter_rows():
        key = cut(school)
        yield Problem(file, Message(REPEATED_KEY, {"key": key}), "", row, "school", key)


def _across(
    file: str, frame: pl.DataFrame, known: list[Problem], on: date | None, rules: RuleSet
) -> Iterator[Problem]:
    """Faults across cells; what hangs on a cell that could not be read is not told again."""
    missing = {problem.column for problem in errors(known) if problem.row == 1}
    unread = {(problem.row, problem.column) for problem in errors(known)}
    for row in frame.iter_rows(named=True):
        number = row[SOURCE_ROW]
        unknown = missing | {column for place, column in unread if place == number}
        for column, message in faults(row, unknown, on, rules):
            given = None if row[column] is None else cut(_shown(row[column]))
            yield Problem(file, message, "", number, column, given)


def _answered(row: dict[str, Any], on: date | None, rules: RuleSet) -> Answered:
    school = School(
        role=row["role"],
        points_above=_points(row),
        performance=_performance(row),
        proportion=_fraction(row["proportion"]),
        authorised_on=row["authorised_on"],
        did_not_apply=roles.excluded(bool(row["could_apply"]), bool(row["applied"])),
    )
    return Answered(row["school"], row["centre"] or "", hours(school, on, rules))


def _points(row: dict[str, Any]) -> Fraction | None:
    if row["region_percent"] is None:
        return _fraction(row["points_above"])
    region, nation = Fraction(row["region_percent"]), Fraction(row["nation_percent"])
    return figures.points_above(region, nation, row["nuts"])


def _performance(row: dict[str, Any]) -> Fraction | None:
    if row["registered"] is None:
        return _fraction(row["performance"])
    return figures.performance(row["registered"], row["expected"])


def _fraction(value: Any) -> Fraction | None:
    return None if value is None else Fraction(value)


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, bool | date | str) else written(Fraction(value))


def table_csv(rows: list[Answered], arithmetic: list[str]) -> bytes:
    """The hours as canonical CSV; `arithmetic`: of each row, in words of the documents."""
    cells = [
        {"school": each.school, "centre": each.centre, "arithmetic": sum_, **_cells(each.found)}
        for each, sum_ in zip(rows, arithmetic, strict=True)
    ]
    columns = {name: [row[name] or None for row in cells] for name in COLUMNS}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(COLUMNS, pl.String))
    return canonical_text(frame).write_csv(line_terminator="\n").encode()


def _cells(found: Hours) -> dict[str, str]:
    """Numbers exact, with a point; what there is not is empty."""
    need, less = found.need, found.cut
    values: dict[str, object] = {
        "role": found.role,
        "hours": found.hours,
        "exact": found.exact,
        "base": found.base,
        "points_above": need and need.above,
        "points_counted": need and need.counted,
        "need_bonus": found.need_bonus,
        "performance": less and less.performance,
        "fives_below": less and less.blocks,
        "performance_cut": found.performance_cut,
        "proportion": found.proportion,
        "capped": found.capped,
        "excluded": found.excluded,
        "new_until": found.new_until,
        "measured_on": found.measured_on,
        "clauses": "; ".join(found.clauses),
        "warnings": "; ".join(found.warnings),
    }
    return {name: _cell(value) for name, value in values.items()}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return written(value) if isinstance(value, Fraction) else str(value)
