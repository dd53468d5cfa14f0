"""The grade in one exam that alone would have been enough: the formula of art. 33 the other way.

What it gives is tried with the engine before it is told: that grade must be enough, and one point
less must not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import polars as pl

from portaria.core.edition import Edition
from portaria.core.errors import ConfigurationError
from portaria.core.rounding import Rounding, divide_ceiling, round_to
from portaria.regulations.access.explain.account import ExamSet
from portaria.regulations.access.grades import TENTH, UNIT, graded_pairs
from portaria.regulations.access.plan.account import Grades, Way
from portaria.regulations.access.plan.asked import MOST
from portaria.regulations.access.plan.missing import least_exam
from portaria.regulations.access.plan.people import code_of, contest_of, with_exam
from portaria.regulations.access.plan.requirements import Requirements

Row = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """A programme (its `row` as the engine graded it) and the tenths that would be enough."""

    programme: Row
    row: Row
    sets: tuple[ExamSet, ...]
    tenths: int


@dataclass(frozen=True)
class Trial:
    """A grade in one exam, as the inverted formula gives it."""

    question: Question
    exam: str
    grade: int


def ways(
    requirements: Requirements, grades: Grades, questions: Sequence[Question]
) -> dict[str, tuple[Way, ...]]:
    """By programme the exams that alone are enough, those already taken first.

    ConfigurationError where the engine does not confirm a grade and that it is the least.
    """
    trials = [t for q in questions for t in _trials(q, grades, requirements.edition)]
    rows = _graded(requirements, grades, [(t, t.grade) for t in trials])
    less = [(t, t.grade - 1) for t in trials if t.grade > 0]
    for (trial, grade), row in zip(less, _graded(requirements, grades, less), strict=True):
        if enough(row, trial.question.tenths):
            raise _unconfirmed(trial, grade)
    found: dict[str, list[Way]] = {}
    for trial, row in zip(trials, rows, strict=True):
        if not enough(row, trial.question.tenths):
            raise _unconfirmed(trial, trial.grade)
        way = Way(trial.exam, trial.grade, grades.exams.get(trial.exam), row["exam_set"])
        found.setdefault(row["programme"], []).append(way)
    return {programme: tuple(sorted(each, key=_effort)) for programme, each in found.items()}


def enough(row: Row, tenths: int) -> bool:
    """Whether an option is valid with an application grade of at least so many tenths."""
    return row["reason"] is None and bool(row["tenths"] >= tenths)


def _effort(way: Way) -> tuple[bool, int, str]:
    return way.now is None, way.grade - (way.now or 0), way.exam


def _trials(question: Question, grades: Grades, edition: Edition) -> Iterator[Trial]:
    points = _points_needed(question, grades, edition)
    least = least_exam(question.programme)
    for exam in sorted({exam.exam for each in question.sets for exam in each.exams}):
        given = [_inverted(each, exam, points, least) for each in question.sets]
        possible = [grade for grade in given if grade is not None and grade <= MOST]
        if possible:
            yield Trial(question, exam, min(possible))


def _points_needed(question: Question, grades: Grades, edition: Edition) -> int:
    """The least exam part, in ten-thousandths of a point, that is enough with S and R as they are.

    A grade of n tenths begins half a tenth below them: (S ws + exam part + R wr) / 100 rounded half
    up (33/1).
    """
    programme = question.programme
    total = TENTH * question.tenths - TENTH // 2
    total -= _secondary(question, grades, edition) * _hundredths(programme["w_secondary"])
    if programme["w_prerequisite"]:
        r = grades.prerequisites[programme["prerequisite"]] or Decimal(0)
        total -= _whole(Fraction(r) * UNIT) * _hundredths(programme["w_prerequisite"])
    return divide_ceiling(total, UNIT)


def _secondary(question: Question, grades: Grades, edition: Edition) -> int:
    """S in `UNIT`, from the grades that break ties: S itself, or Sb and Sa of two cycles (34/5)."""
    row, programme = question.row, question.programme
    with_pe = programme["sport"] and grades.secondary_with_pe is not None
    if grades.two_cycle_a is None or with_pe:
        return int(row["tie_1"])
    a, b = (Fraction(edition.number(f"two_cycle_{cycle}_weight")) for cycle in "ab")
    return _whole(a * row["tie_2"] + b * row["tie_1"])


def _inverted(tried: ExamSet, exam: str, points: int, least: int) -> int | None:
    """The least grade in `exam` with which this set alone is enough; None where it cannot be."""
    weight = next((_hundredths(each.weight) for each in tried.exams if each.exam == exam), None)
    if weight is None:
        return None
    for other in tried.exams:
        if other.exam != exam:
            if other.grade is None or other.grade < least:
                return None
            points -= other.grade * _hundredths(other.weight)
    if weight == 0:
        return least if points <= 0 else None
    return max(least, divide_ceiling(points, weight))


def _graded(
    requirements: Requirements, grades: Grades, trials: Sequence[tuple[Trial, int]]
) -> list[Row]:
    """The rows of the engine for the same candidate with another grade in one exam, in order."""
    variants = sorted({(trial.exam, grade) for trial, grade in trials})
    codes = {variant: code_of(index, len(variants)) for index, variant in enumerate(variants)}
    contest = contest_of(requirements, [with_exam(grades, *variant) for variant in variants])
    pairs = pl.DataFrame(
        {
            "candidate": [codes[trial.exam, grade] for trial, grade in trials],
            "programme": [trial.question.row["programme"] for trial, _ in trials],
        },
        schema={"candidate": pl.String, "programme": pl.String},
    )
    return graded_pairs(contest, pairs).to_dicts()


@cache
def _hundredths(percent: Decimal) -> int:
    """A weight in hundredths of a percent; there are few different ones."""
    return _whole(Fraction(percent) * 100)


def _whole(value: Fraction) -> int:
    """A number that is whole already."""
    return round_to(value, 1, Rounding.FLOOR)


def _unconfirmed(trial: Trial, grade: int) -> ConfigurationError:
    return ConfigurationError(
        f"{trial.question.row['programme']}: {grade} in exam {trial.exam} contradicts the engine"
    )
