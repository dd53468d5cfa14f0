"""Each programme: graded by the engine, compared with the published years, told as a choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from portaria.core.rounding import without_zeros
from portaria.regulations.access.contest import Contest
from portaria.regulations.access.explain.account import Arithmetic, Exam, ExamSet
from portaria.regulations.access.explain.terms import arithmetic
from portaria.regulations.access.grades import graded_pairs
from portaria.regulations.access.plan.account import Choice, Grades, Target, Way, YearStanding
from portaria.regulations.access.plan.missing import missing
from portaria.regulations.access.plan.people import code_of, contest_of
from portaria.regulations.access.plan.requirements import Requirements
from portaria.regulations.access.plan.ways import Question, enough, ways
from portaria.regulations.access.plan.years import (
    points,
    published_rows,
    standing,
    target,
    tenths,
    year_standing,
)
from portaria.regulations.access.reasons import REASONS, VALID_SET

Row = dict[str, Any]


@dataclass(frozen=True)
class _Case:
    """A programme as asked for, as graded, and compared."""

    programme: Row
    row: Row
    sets: tuple[ExamSet, ...]
    years: tuple[YearStanding, ...]

    @property
    def eligible(self) -> bool:
        return self.row["reason"] is None

    @cached_property
    def goal(self) -> Target | None:
        return target(self.years)

    @cached_property
    def needed(self) -> int:
        """The tenths that are enough: the minimum, and the last grade of the target year."""
        last = self.goal.last_grade if self.goal else None
        return max(int(self.row["min_tenths"]), tenths(last) if last is not None else 0)


def choices(grades: Grades, requirements: Requirements, asked: pl.DataFrame) -> list[Choice]:
    """One choice a row of `asked` (rows of the requirements' programmes), in the same order."""
    contest = contest_of(requirements, [grades])
    cases = list(_cases(grades, requirements, contest, asked))
    questions = [
        Question(case.programme, case.row, case.sets, case.needed)
        for case in cases
        if case.goal and not enough(case.row, case.needed) and case.row["prerequisite_met"]
    ]
    found = ways(requirements, grades, questions) if questions else {}
    return [_choice(case, contest, found) for case in cases]


def _cases(
    grades: Grades, requirements: Requirements, contest: Contest, asked: pl.DataFrame
) -> Iterator[_Case]:
    sets = _exam_sets(requirements, asked, grades)
    past = published_rows()
    for programme, row in zip(asked.iter_rows(named=True), _graded(contest, asked), strict=True):
        code = programme["programme"]
        reached = row["tenths"] if row["reason"] is None else None
        years = tuple(year_standing(year, past[year].get(code), reached) for year in past)
        yield _Case(programme, row, sets[code], years)


def _choice(case: _Case, contest: Contest, found: Mapping[str, tuple[Way, ...]]) -> Choice:
    programme, row = case.programme, case.row
    graded = row["state"] == VALID_SET and row["tenths"] is not None
    clauses = REASONS.clauses(contest.edition)
    return Choice(
        programme=programme["programme"],
        course=programme["course_name"] or "",
        institution=programme["institution_name"] or programme["institution"] or "",
        district=programme["district"] or "",
        eligible=case.eligible,
        reason=row["reason"],
        clause=None if case.eligible else clauses[row["reason"]],
        grade=points(row["tenths"]) if graded else None,
        exam_set=row["exam_set"] if graded else None,
        arithmetic=_arithmetic(case, contest) if graded else None,
        min_exam=without_zeros(programme["min_exam"]),
        min_grade=without_zeros(programme["min_grade"]),
        years=case.years,
        standing=standing(case.years) if case.eligible else None,
        missing=None if case.eligible else missing(row, programme, case.sets),
        target=None if enough(row, case.needed) else case.goal,
        ways=found.get(programme["programme"], ()),
    )


def _arithmetic(case: _Case, contest: Contest) -> Arithmetic | None:
    """The terms of the grade, which `explain` checks against what the engine gives."""
    person = contest.tables["candidates"].row(0, named=True)
    told = case.row | {"grade": points(case.row["tenths"])}
    return arithmetic(contest, person, case.programme, case.sets, told)


def _exam_sets(
    requirements: Requirements, asked: pl.DataFrame, grades: Grades
) -> dict[str, tuple[ExamSet, ...]]:
    """By programme its sets, with the candidate's grades."""
    rows = requirements.exam_sets.join(asked, on="programme", how="semi", maintain_order="left")
    sets: dict[str, dict[int, list[Exam]]] = {}
    weights = {weight: without_zeros(weight) for weight in rows["weight"].unique()}
    columns = rows.sort("programme", "set", "exam").select("programme", "set", "exam", "weight")
    for programme, number, exam, weight in columns.iter_rows():
        taken = Exam(exam, weights[weight], grades.exams.get(exam))
        sets.setdefault(programme, {}).setdefault(number, []).append(taken)
    return {
        programme: tuple(ExamSet(number, tuple(exams)) for number, exams in each.items())
        for programme, each in sets.items()
    }


def _graded(contest: Contest, asked: pl.DataFrame) -> list[Row]:
    """The engine's rows of the contest's only candidate at these programmes."""
    pairs = asked.select(candidate=pl.lit(code_of(0, 1)), programme="programme")
    return graded_pairs(contest, pairs).to_dicts()
