"""What the sheets and lists show, as rows: articles 11, 12, 15, 16, 20/3, 25/6 and 29/3.

Nothing is computed here that the evaluation has not; levels are published ones, minutes whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import polars as pl

from portaria.regulations.cef import certification, exam, grades, practice
from portaria.regulations.cef.attendance import KEY
from portaria.regulations.cef.evaluate import Evaluation
from portaria.regulations.cef.outlook import subject_outlook
from portaria.regulations.cef.rule_set import RuleSet
from portaria.regulations.cef.schemas import GENERAL, SCHOOL

TECHNOLOGICAL = grades.TECHNOLOGICAL


@dataclass(frozen=True)
class Entry:
    """A column of the period sheet: a subject, a technological domain, or the whole technological
    component; `levels` by student, None where nothing is assessed yet."""

    component: str
    name: str
    levels: dict[str, int | None]


def period_sheet(evaluation: Evaluation) -> list[Entry]:
    """16/1, 15/2-3: every sociocultural and scientific subject in the order of the table, then the
    technological domains, or the component where it is organised by units."""
    found = []
    for component in GENERAL:
        subjects = evaluation.course.subjects.filter(pl.col("component") == component)
        for subject in subjects["subject"]:
            rows = evaluation.subjects.filter(pl.col("subject") == subject)
            found.append(Entry(component, subject, _levels(rows)))
    if evaluation.course.classes["technological_by"].item() == "domains":
        units = grades.unit_levels(evaluation.course)
        domains = grades.domain_grades(evaluation.course, units)
        for name in sorted(set(domains["domain"])):
            rows = domains.filter(pl.col("domain") == name)
            found.append(Entry(TECHNOLOGICAL, name, _levels(rows)))
    else:
        rows = evaluation.components.filter(pl.col("component") == TECHNOLOGICAL)
        found.append(Entry(TECHNOLOGICAL, "", _levels(rows)))
    return found


def _levels(rows: pl.DataFrame) -> dict[str, int | None]:
    return dict(rows.select("student", "published").iter_rows())


def internship_sheet(evaluation: Evaluation) -> dict[str, int | None]:
    """16/2, 25/6: the level of every student with an internship."""
    rows = evaluation.practice.filter("trained")
    return dict(rows.select("student", "internship").iter_rows())


def paf_sheet(evaluation: Evaluation) -> dict[str, tuple[int | None, int | None]]:
    """16/2, 33/2: the levels of the PAF and of the practical component, of who was admitted."""
    rows = evaluation.practice.filter("admitted").select("student", "paf", "published")
    return {student: (paf, practical) for student, paf, practical in rows.iter_rows()}


def paf_list(evaluation: Evaluation) -> set[str]:
    """29/3: who is admitted to the PAF."""
    return set(practice.paf_list(evaluation.course, evaluation.practice)["student"])


def paf_hours(at: datetime, rules: RuleSet) -> tuple[datetime, datetime, datetime]:
    """29/4-6: when to be there, the last moment to come in, and the end, the same for all."""
    found = exam.arrival(at, at, rules)
    return (
        found.be_there_by,
        at + timedelta(minutes=rules.number("paf_late_minutes")),
        found.ends_at,
    )


def certified_units(evaluation: Evaluation, student: str) -> list[tuple[str, str, int]]:
    """20/3: the technological units with three or more, each with its catalogue and level."""
    units = grades.unit_levels(evaluation.course).filter(pl.col("student") == student)
    catalogues = evaluation.course.frames["units"].select("unit", "catalogue")
    rows = certification.certified_units(units).join(catalogues, on="unit").sort("unit")
    return rows.select("unit", pl.col("catalogue").fill_null(""), "level").rows()


def passed_subjects(evaluation: Evaluation, student: str) -> set[str]:
    """20/5: the sociocultural and scientific subjects that are complete, with three and their own
    attendance."""
    met = evaluation.attendance.filter("meets_90").select("student", "subject")
    passed = evaluation.subjects.filter(
        (pl.col("student") == student)
        & pl.col("complete")
        & grades.reaches_three(evaluation.course)
    )
    return set(passed.join(met, on=["student", "subject"])["subject"])


@dataclass(frozen=True)
class Attendance:
    """A student in a subject, in minutes; `left`: whole lessons that may still be missed by 11/1,
    `left_unjustified`: by 12/1, both 0 where the limit is passed; `share`: attended of planned."""

    absent: int
    unjustified: int
    share: Fraction
    meets: bool
    left: int
    left_unjustified: int
    recovery: str
    recovery_lessons: int


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


def attendance_list(evaluation: Evaluation) -> list[Lessons]:
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
    )
