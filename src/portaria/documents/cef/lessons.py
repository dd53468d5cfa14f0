"""What the attendance list shows, as rows: articles 11 and 12, in whole minutes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from portaria.regulations.cef.attendance import KEY
from portaria.regulations.cef.evaluate import Evaluation
from portaria.regulations.cef.outlook import subject_outlook
from portaria.regulations.cef.schemas import SCHOOL


@dataclass(frozen=True)
class Attendance:
    """A student in a subject, in minutes; `left`: whole lessons that may still be missed by 11/1,
    `left_unjustified`: by 12/1, both 0 where the limit is passed; `share`: attended of planned;
    `excluded` by the class council (12/19)."""

    absent: int
    unjustified: int
    share: Fraction
    meets: bool
    left: int
    left_unjustified: int
    recovery: str
    recovery_lessons: int
    excluded: bool


@dataclass(frozen=True)
class Lessons:
    """A subject, in minutes: its load, that which unjustified absences are counted against, and a
    lesson; its students."""

    subject: str
    component: str
    planned: int
    base: int
    lesson: int
    students: dict[str, Attendance]


def lessons_of(evaluation: Evaluation) -> list[Lessons]:
    """11/1, 12/1: every subject, by component and in the order of the table."""
    left = subject_outlook(evaluation).select(*KEY, "attendance_lessons_left", "limit_lessons_left")
    joined = evaluation.attendance.join(left, on=KEY).sort(KEY)
    by_subject = {key: rows.to_dicts() for (key,), rows in joined.group_by("subject")}
    subjects = evaluation.course.subjects.select("component", "subject").rows()
    subjects.sort(key=lambda row: SCHOOL.index(row[0]))
    return [
        _lessons(subject, component, by_subject[subject])
        for component, subject in subjects
        if subject in by_subject
    ]


def _lessons(subject: str, component: str, rows: list[dict[str, Any]]) -> Lessons:
    first = rows[0]
    numbers = (first["planned"], first["base"], first["lesson_minutes"])
    return Lessons(subject, component, *numbers, {r["student"]: _attendance(r) for r in rows})


def _attendance(row: dict[str, Any]) -> Attendance:
    return Attendance(
        absent=row["absent_minutes"],
        unjustified=row["unjustified"],
        share=Fraction(row["attended"], row["planned"]),
        meets=row["meets_90"],
        left=row["attendance_lessons_left"] or 0,
        left_unjustified=row["limit_lessons_left"] or 0,
        recovery=row["recovery"],
        recovery_lessons=row["recovery_lessons"],
        excluded=row["excluded"],
    )
