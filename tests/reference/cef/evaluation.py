"""A whole class on one day: the tables of the contract, and the warnings.

Rows are dicts of str, int, bool, day, exact Fraction or None, sorted by student and by the order of
the other key; `written` makes them the text of a file.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from .attendance import LEAST, attendance
from .certification import certification, subject_level
from .course import read_course, seen
from .exclusions import exclusion_rows
from .follow_up import measure_rows
from .grades import component_exact, publish, subject_exact
from .model import COMPONENTS, GENERAL, Course
from .practice import practical_exact
from .recovery import duties, recoveries, unjustified_this_year
from .remarks import warnings_of
from .tables import Row, Tables


@dataclass(frozen=True)
class Evaluation:
    """`course`: as it is known on the day. `year`: the course year of the day, 1 or 2."""

    course: Course
    on: date
    year: int
    tables: dict[str, list[Row]]
    warnings: list[Row]

    def duties(self) -> list[Row]:
        """The days by which recovery is to be told and defined (12/7-8)."""
        return duties(self.course, self.on)

    def answer(self) -> dict[str, list[Row]]:
        """The tables as text and numbers: what a file or JSON would hold."""
        return {
            table: [{name: written(value) for name, value in row.items()} for row in rows]
            for table, rows in self.tables.items()
        }


def written(value: Any) -> Any:
    """An exact number as 9/10, a day as 2025-01-31; "" for nothing."""
    if value is None:
        return ""
    return str(value) if isinstance(value, Fraction | date) else value


def evaluate(tables: Tables, on: date) -> Evaluation:
    """BadCourse with every fault of the tables."""
    course = seen(read_course(tables), on)
    results = {
        "attendance": attendance_rows(course, on),
        "subject_grades": subject_rows(course),
        "component_grades": component_rows(course),
        "certification": certification_rows(course, on),
    }
    if course.measures is not None:
        results["recoveries"] = measure_rows(course, on)
    if course.exclusions is not None:
        results["exclusions"] = exclusion_rows(course)
    year = course.settings.year_of(on)
    return Evaluation(course, on, year, results, warnings_of(course, on))


def attendance_rows(course: Course, on: date) -> list[Row]:
    rows = []
    for student in course.students:
        found = recoveries(course, student.student, on)
        for subject in course.subjects:
            absent, share = attendance(course, student.student, subject, on)
            recovery = found[subject.subject]
            rows.append(
                {
                    **{"student": student.student, "subject": subject.subject},
                    "absent_minutes": absent,
                    "unjustified_minutes": unjustified_this_year(
                        course, student.student, subject.subject, on
                    ),
                    **{"attendance": share, "meets_90": share >= LEAST},
                    **{"recovery": recovery.outcome, "recovery_lessons": recovery.lessons},
                    "clause": recovery.clause,
                }
            )
    return rows


def subject_rows(course: Course) -> list[Row]:
    return [
        {
            **{"student": student.student, "subject": subject.subject},
            "exact": subject_exact(course, student.student, subject.subject),
            "level": subject_level(course, student.student, subject.subject),
        }
        for student in course.students
        for subject in course.subjects
        if subject.component in GENERAL
    ]


def component_rows(course: Course) -> list[Row]:
    rows = []
    for student in course.students:
        for component in COMPONENTS:
            if component == "practical":
                exact = practical_exact(course, student.student)
            else:
                exact = component_exact(course, student.student, component)
            level = None if exact is None else publish(exact, course.settings.readings)
            row = {"student": student.student, "component": component}
            rows.append({**row, "exact": exact, "level": level})
    return rows


def certification_rows(course: Course, on: date) -> list[Row]:
    rows = []
    for student in course.students:
        found = certification(course, student, on)
        rows.append(
            {
                **{"student": student.student, "outcome": found.outcome},
                "components": ";".join(found.components),
                **{"paf": found.paf, "finals": found.finals},
                **{"reason": found.reason, "clause": found.clause},
            }
        )
    return rows
