"""What is told of one student: codes, days and exact numbers, each part with its clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from portaria.core.messages import Message


@dataclass(frozen=True)
class SubjectTold:
    """Minutes of a subject: `base` those that unjustified absences of the course year are counted
    against, `ordinary` those of them that are neither sent-out nor suspension. `passed_on`,
    `owed_on`: the days on which all of them, and ordinary ones alone, passed the limit;
    `recovered`: minutes that count as attended by a reading. `first`: the subjects that the one
    recovery of the year was for, where it is another's; `result`: of the last measure this year.
    """

    subject: str
    component: str
    planned: int
    absent: int
    attendance: Fraction
    meets_90: bool
    attendance_clause: str
    base: int
    unjustified: int
    ordinary: int
    recovery: str
    recovery_lessons: int
    recovery_clause: str
    recovered: int
    first: tuple[str, ...]
    result: str | None
    excluded: bool
    passed_on: date | None
    owed_on: date | None
    inform_by: date | None
    define_by: date | None
    attendance_lessons_left: int | None
    limit_lessons_left: int | None


@dataclass(frozen=True)
class UnitTold:
    """`percent` where a percent was given; `level` that counts, None where it does not yet."""

    unit: str
    subject: str
    domain: str
    catalogue: str
    done: bool
    percent: Fraction | None
    level: int | None


@dataclass(frozen=True)
class GradeTold:
    """A subject or a component: the mean and what is published; `complete`: every unit counts."""

    name: str
    component: str
    exact: Fraction | None
    level: int | None
    complete: bool
    passed: bool
    clause: str


@dataclass(frozen=True)
class PracticeTold:
    """The internship in minutes with its `attendance`, and the PAF; `lost`: missed without a
    justification."""

    planned: int
    absent: int | None
    justified: int | None
    made_up: int | None
    attendance: Fraction | None
    internship: int | None
    admitted: bool
    excluded: bool
    admission_clause: str
    paf_given: int | None
    paf_absent: bool
    paf_justified: bool
    paf: int | None
    exact: Fraction | None
    level: int | None
    passed: bool
    clause: str


@dataclass(frozen=True)
class Explanation:
    """`final_from`: the day before which a course that the records conclude is not yet concluded;
    `lessons_over`: the day is not before it.
    `changed_readings`: those that are not the defaults, by name. `readings`: all."""

    student: str
    class_name: str
    name: str
    on: date
    course_year: int
    edition: str
    title: str
    language: str
    outcome: str
    components: tuple[str, ...]
    final_from: date | None
    lessons_over: bool
    finals: bool
    finals_clause: str
    next_path: str
    reason: str
    clause: str
    next_outcome: str | None
    missing: tuple[str, ...]
    paf_to_certify: int | None
    subjects: tuple[SubjectTold, ...]
    units: tuple[UnitTold, ...]
    subject_grades: tuple[GradeTold, ...]
    component_grades: tuple[GradeTold, ...]
    practice: PracticeTold
    retained_clause: str
    attends_clause: str
    recoveries: tuple[Mapping[str, Any], ...]
    exclusions: tuple[Mapping[str, Any], ...]
    warnings: tuple[Message, ...]
    readings: Mapping[str, str]
    changed_readings: Mapping[str, str]
